using System.Text;
using Colophon.Specs.Merging;
using Colophon.Specs.Parsing;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Specs.Tests.Merging;

/// <summary>What is printed reads as what it was printed from, and the order of changes that have nothing to do with each other does not matter.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] s_fragments =
    [
        "\n", " ", "# T", "## Purpose\n", "## Requirements\n", "## Notes\n", "### Requirement: A\n", "### Requirement: B ##\n", "### requirement: a\n", "### Other\n", "#### Scenario: S\n", "- **WHEN** x\n",
        "It SHALL work.\n", "```\n", "~~~\n", "\n\n\n", "é\u2028", "\r\n", "\t", "<!--", "## ADDED Requirements\n", "text",
    ];

    private static readonly Gen<string> s_name = Gen.Elements("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta");

    private static readonly Gen<string> s_body = Gen.Elements(
        "It SHALL work.", "It MUST work\n\nand rest.", "It SHALL:\n```\n## Requirements\n### Requirement: not one\n```\nso.", "**Note**: it SHALL\n- list\n  - deeper", "Ünïcode SHALL \ud83d\ude80.");

    private static readonly Gen<string> s_scenarios = Gen.Elements("One", "Two", "One ##", "  spaced ").ListOf().Select(static names =>
        string.Concat(names.Take(3).Select(static name => $"\n\n#### Scenario: {name}\n- **WHEN** x\n- **THEN** y")));

    private static readonly Gen<string> s_block = s_name.SelectMany(name => s_body.SelectMany(body => s_scenarios.Select(scenarios => $"### Requirement: {name}\n{body}{scenarios}")));

    [Fact]
    public void A_spec_that_is_printed_reads_as_it_did_and_prints_as_it_does() =>
        Prop.ForAll(Gen.Elements(s_fragments).ListOf().Select(static parts => string.Concat(parts)).ToArbitrary(), text =>
        {
            var spec = MainSpec.Read(text);
            // Without the section nothing is a requirement; a merge then adds one at the end, inside a fence that nobody closed if need be.
            if (!Enumerable.Range(0, spec.Lines.Count).Any(i => !spec.Lines.IsFenced(i) && Headers.IsSectionNamed(spec.Lines[i], "Requirements")))
                return true;
            var printed = Print(spec);
            var again = MainSpec.Read(printed);
            Assert.Equal(printed, Print(again));
            Assert.Equal(Describe(spec), Describe(again));
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(60));

    [Fact]
    public void Empty_lines_at_the_beginning_of_a_file_become_one_as_everywhere() =>
        Assert.Equal("\n# T\n\n## Requirements\n", Print(MainSpec.Read("\n\n# T\n## Requirements\n")));

    [Fact]
    public void A_delta_that_is_printed_reads_as_it_did() =>
        Prop.ForAll(Delta().ToArbitrary(), text =>
        {
            var plan = DeltaReader.Read(text);
            var again = DeltaReader.Read(Print(plan));
            return Blocks(plan.Added).SequenceEqual(Blocks(again.Added)) && Blocks(plan.Modified).SequenceEqual(Blocks(again.Modified))
                && plan.Removed.Select(static removed => removed.Name).SequenceEqual(again.Removed.Select(static removed => removed.Name)) && plan.Renamed.SequenceEqual(again.Renamed)
                && Print(plan) == Print(again);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(40));

    [Fact]
    public void Changes_archived_in_any_legal_order_give_the_same_requirements() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var names = Enumerable.Range(0, 9).Select(static i => $"R{i}").ToArray();
            var target = $"## Purpose\nx\n\n## Requirements\n\n{string.Join("\n\n", names.Select(static name => Requirement(name, "stands")))}\n";
            // Every change takes requirements that no other takes: then every order is legal.
            var plans = new List<DeltaPlan>();
            for (var i = 0; i < 3; i++)
                plans.Add(DeltaReader.Read(Change(names.AsSpan(3 * i, 3), i, random)));
            string? first = null;
            foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
            {
                var text = target;
                foreach (var i in order)
                {
                    if (SpecMerge.TryApply(plans[i], "cap", "c", MainSpec.Read(text), null, out var merge) is { } refusal || merge is null)
                        return false;
                    text = merge.Text();
                }

                // New requirements stand in the order in which they came; nothing else depends on it.
                var blocks = string.Join('\n', MainSpec.Read(text).Blocks.Select(static block => block.Raw).Order(StringComparer.Ordinal));
                if ((first ??= blocks) != blocks)
                    return false;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static string Requirement(string name, string verb) => $"### Requirement: {name}\nIt SHALL {verb}.\n\n#### Scenario: S\n- **THEN** x";

    private static string Change(Span<string> names, int number, Random random)
    {
        random.Shuffle(names);
        var text = new StringBuilder($"## ADDED Requirements\n\n{Requirement($"New {number}", "come")}\n\n");
        text.Append($"## MODIFIED Requirements\n\n{Requirement(names[0], $"differ {number}")}\n\n");
        if (random.Next(2) == 0)
            text.Append($"## REMOVED Requirements\n\n### Requirement: {names[1]}\n\n");
        if (random.Next(2) == 0)
            text.Append($"## RENAMED Requirements\n\n- FROM: `### Requirement: {names[2]}`\n- TO: `### Requirement: Called {number}`\n");
        return text.ToString();
    }

    private static Gen<string> Delta() => s_block.ListOf().SelectMany(added => s_block.ListOf().SelectMany(modified => s_name.ListOf().SelectMany(removed => s_name.ListOf().Select(renamed =>
        $"## ADDED Requirements\n\n{string.Join("\n\n", added)}\n\n## modified requirements\n{string.Join("\n", modified)}\n\n## REMOVED Requirements\n{string.Concat(removed.Select(static name => $"- `### Requirement: {name}`\n"))}"
        + $"## RENAMED Requirements\n{string.Concat(renamed.Select(static name => $"- FROM: `### Requirement: {name}`\n- TO: `### Requirement: {name} 2`\n"))}"))));

    private static string Print(MainSpec spec) => SpecText.Join(spec, [.. spec.Blocks.Select(static block => new MergedBlock(block, block.Name))]);

    private static string Print(DeltaPlan plan)
    {
        var text = new StringBuilder("## ADDED Requirements\n\n");
        plan.Added.ForEach(block => text.Append(block.Raw).Append("\n\n"));
        text.Append("## MODIFIED Requirements\n\n");
        plan.Modified.ForEach(block => text.Append(block.Raw).Append("\n\n"));
        text.Append("## REMOVED Requirements\n\n");
        plan.Removed.ForEach(removed => text.Append("- `### Requirement: ").Append(removed.Name).Append("`\n"));
        text.Append("\n## RENAMED Requirements\n\n");
        plan.Renamed.ForEach(rename => text.Append("- FROM: `### Requirement: ").Append(rename.From).Append("`\n- TO: `### Requirement: ").Append(rename.To).Append("`\n"));
        return text.ToString();
    }

    private static IEnumerable<string> Describe(MainSpec spec) => Blocks(spec.Blocks);

    private static IEnumerable<string> Blocks(List<RequirementBlock> blocks) => blocks.Select(static block => $"{block.Key}|{Collapsed(block.Raw)}|{string.Join(',', block.ScenarioNames())}|{block.Body()}");

    /// <summary>Printing makes one empty line of several outside fences; inside a body that is no difference.</summary>
    private static string Collapsed(string text) => string.Join('\n', text.Split('\n').Where(static line => line.Length > 0));
}
