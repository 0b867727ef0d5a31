using System.Diagnostics;
using System.Text;
using Colophon.Specs.Merging;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;
using Colophon.Specs.Tests.Golden;
using Colophon.Specs.Validating;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Specs.Tests.Parsing;

public sealed class ReaderFuzzTests
{
    private static readonly string[] s_fragments =
    [
        "\n", "\r\n", "\r", " ", "\t", "\u00a0", "\u2028", "\ufeff", "#", "## ", "### ", "#### ", "```", "~~~", "- ", "[ ]", "[x]", "1.1 ", "FROM: ", "TO: ", "`", "SHALL", "é", "\ud83d",
        "### Requirement: ", "## ADDED Requirements", "## MODIFIED Requirements", "## REMOVED Requirements", "## RENAMED Requirements", "## Purpose", "## Requirements", "TBD", "<!--",
        "-->", "---", "## 1. ", "**A:** ", "key: value", "{", "[", ": ", "#### Scenario: ", "x",
    ];

    private static readonly Arbitrary<string> s_text =
        Gen.Elements(s_fragments).ListOf().Select(parts => string.Concat(parts)).ToArbitrary();

    [Fact]
    public void Readers_never_throw() =>
        Prop.ForAll(s_text, text =>
        {
            ReadEverything(text);
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(200));

    [Fact]
    public void Mutated_recorded_trees_are_validated_without_an_exception()
    {
        var random = new Random(20261120);
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures/openspec-kit"), "*.json"))
        {
            using var folder = GoldenCase.Load(file).Unpack();
            for (var round = 0; round < 8; round++)
            {
                Mutate(folder.Path, random);
                var tree = folder.Open();
                Assert.NotNull(Validation.All(tree, strict: true));
                foreach (var name in tree.Changes.Concat(tree.ArchivedChanges))
                    Assert.NotNull(tree.Change(name).DeltaMarkdown);
            }
        }
    }

    [Fact]
    public void Ticking_any_bytes_changes_at_most_one() =>
        Prop.ForAll(s_text, text =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            foreach (var task in TaskList.Parse(Encoding.UTF8.GetString(bytes)).Items)
            {
                var ticked = TaskList.Tick(bytes, task.Id);
                if (ticked.Bytes is null)
                    continue;
                var changed = Enumerable.Range(0, bytes.Length).Count(i => bytes[i] != ticked.Bytes[i]);
                var done = TaskList.Parse(Encoding.UTF8.GetString(ticked.Bytes));
                if (changed != 1 || !done.Items.Single(item => item.Line == task.Line).Done)
                    return false;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(120));

    [Theory]
    [InlineData("### Requirement: same\nMUST\n#### Scenario: s\n- x\n")]
    [InlineData("#### ####\n")]
    [InlineData("- [ ] 1.1 task\n   deeper\n\n\n")]
    [InlineData("```\n")]
    [InlineData("- FROM: `### Requirement: a`\n")]
    [InlineData("TBD - created by archiving change \n")]
    [InlineData(". Update Purpose after archive.\n")]
    [InlineData("                                                                \n")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n")]
    public void Time_grows_with_the_text_and_not_with_its_square(string line)
    {
        const string heads = "## Purpose\nx\n## Requirements\n## RENAMED Requirements\n## MODIFIED Requirements\n## 1. X\n";
        var text = heads + string.Concat(Enumerable.Repeat(line, 1_000_000 / line.Length));
        var clock = Stopwatch.StartNew();
        ReadEverything(text);
        // A quadratic reader would take minutes here; a loaded machine gets room.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
    }

    private static void ReadEverything(string text)
    {
        var plan = DeltaReader.Read(text);
        var spec = MainSpec.Read(text);
        var issues = new Issues();
        DeltaRules.Check(plan, "p", spec, null, issues);
        SpecRules.Check(spec, issues);
        _ = SpecMerge.Refusal(plan, "id", spec);
        _ = SpecMerge.Refusal(plan, "id", null);
        _ = ProposalReader.Read(text);
        _ = ProposalReader.Title(text, "n");
        TaskDocument[] documents = [new("tasks.md", text)];
        TaskRules.CheckBoxes([.. documents], issues);
        TaskRules.CheckNumbers([.. documents], issues);
        if (text.Length < 10_000)
            _ = Yaml.TryRead(text, out _);
        foreach (var task in TaskList.Parse(text).Items.Take(3))
            _ = TaskList.Tick(Encoding.UTF8.GetBytes(text), task.Id);
    }

    private static void Mutate(string folder, Random random)
    {
        var files = Directory.GetFiles(Path.Combine(folder, "openspec"), "*", SearchOption.AllDirectories);
        if (files.Length == 0)
            return;
        Array.Sort(files, StringComparer.Ordinal);
        var file = files[random.Next(files.Length)];
        var bytes = File.ReadAllBytes(file).ToList();
        for (var i = 0; i < 4; i++)
        {
            var at = random.Next(bytes.Count + 1);
            if (random.Next(3) == 0 && at < bytes.Count)
                bytes[at] = (byte)random.Next(256);
            else
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(s_fragments[random.Next(s_fragments.Length)]));
        }

        File.WriteAllBytes(file, [.. bytes]);
    }
}
