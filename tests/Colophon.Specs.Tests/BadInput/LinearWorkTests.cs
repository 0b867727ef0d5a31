using Colophon.Specs.Merging;
using Colophon.Specs.Parsing;
using Colophon.Specs.Validating;

namespace Colophon.Specs.Tests.BadInput;

/// <summary>Twice the text makes at most twice the work. What is counted is memory asked for and processor time, never the wall clock.</summary>
public sealed class LinearWorkTests
{
    private const string Heads = "## Purpose\nx\n## Requirements\n## RENAMED Requirements\n## MODIFIED Requirements\n## 1. X\n";

    public static TheoryData<string> Nasty => new(
        "```\n", "~~~~\n```\n", "#", "# ", "######## x\n", "[[[[", "- [ ", "- [x](", " ", "\t", "`", "\u2028", "\uFEFF", "<!--", "-->", "## ADDED Requirements\n", "### Requirement: same\n",
        "### Requirement: `\n#### Scenario:\n", "**a**:", "**", "TBD - created by archiving change ", "- FROM: `### Requirement: a`\n", "\r", "#### #### ####\n", "1.1.1.1.", "## Requirements\n", "\ud83d");

    [Theory]
    [MemberData(nameof(Nasty))]
    public void Twice_the_text_asks_for_at_most_about_twice_the_memory(string piece)
    {
        // One warm-up, so that tables that are made once are not counted.
        _ = Allocated(piece, 20_000);
        var (once, twice) = (Allocated(piece, 200_000), Allocated(piece, 400_000));
        Assert.True(twice < once * 2.5 + 200_000, $"{once:N0} bytes, then {twice:N0}");
    }

    [Fact]
    public void One_line_of_ten_megabytes_is_read()
    {
        foreach (var piece in (string[])["#", " ", "[", "`", "x", "### Requirement: "])
        {
            var text = string.Concat(Enumerable.Repeat(piece, 10_000_000 / piece.Length));
            ReadEverything(text);
        }
    }

    private static long Allocated(string piece, int length)
    {
        var text = Heads + string.Concat(Enumerable.Repeat(piece, length / piece.Length));
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReadEverything(text);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void ReadEverything(string text)
    {
        var plan = DeltaReader.Read(text);
        var spec = MainSpec.Read(text);
        var issues = new Issues();
        DeltaRules.Check(plan, "p", spec, null, issues);
        SpecRules.Check(spec, issues);
        _ = SpecMerge.Refusal(plan, "id", spec);
        _ = ProposalReader.Read(text);
        _ = ProposalReader.Title(text, "n");
        TaskRules.CheckBoxes([new("tasks.md", text)], issues);
        TaskRules.CheckNumbers([new("tasks.md", text)], issues);
        _ = TaskList.Parse(text).Items.Count;
    }
}
