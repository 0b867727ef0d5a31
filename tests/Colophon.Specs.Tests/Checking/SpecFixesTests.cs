using System.Text;
using Colophon.Specs.Checking;
using Colophon.Specs.Checking.Fixing;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Specs.Tests.Checking;

public sealed class SpecFixesTests
{
    private const string Delta = "openspec/changes/c/specs/cap/spec.md";
    private const string Scenario = "#### Scenario: One\n- **WHEN** a\n- **THEN** b\n";

    private static readonly string[] s_lines =
    [
        "## ADDED Requirements", "##ADDED Requirements", "## MODIFIED  Requirements", " ## REMOVED Requirements", "## RENAMED Requirements", "## Purpose", "## Requirements", "## Notes",
        "### Requirement: A", "###Requirement: A", " ### Requirement: B", "### Requirement: B", "### Notes", "#### Scenario: One", "##### Scenario: One", "####Scenario: Two", "### Scenario: Two",
        "The system SHALL do it.", "- **WHEN** a", "- **THEN** b", "", "", "```", "~~~", "<!--", "-->", "- From: `### Requirement: A`", "- TO: `### requirement: B`", "- `### requirement: A`",
        "- [] 1.1 x", "- [ ] 1.2 y", "# T", "\u00e9\u4e2d", "text",
    ];

    [Theory]
    [InlineData("##ADDED  Requirements\n\n###Requirement: New\nIt SHALL.\n\n##### Scenario: One\n- **WHEN** a\n- **THEN** b\n")]
    [InlineData("\uFEFF##ADDED  Requirements\r\n\r\n###Requirement: New\r\nIt SHALL.\r\n##### Scenario: One\r\n- **WHEN** a\r\n- **THEN** b\r\n")]
    public void A_delta_is_mended_and_nothing_else_of_it_changes(string text)
    {
        using var tree = new TemporaryTree().Add(Delta, text);
        var fix = Assert.Single(SpecFixes.Plan(tree.Open(), new CheckOptions()));
        SpecFixes.Write(tree.Open(), fix);
        var mended = text.Replace("##ADDED  ", "## ADDED ", StringComparison.Ordinal).Replace("###Req", "### Req", StringComparison.Ordinal).Replace("##### S", "#### S", StringComparison.Ordinal)
            .Replace("SHALL.\r\n####", "SHALL.\r\n\r\n####", StringComparison.Ordinal);
        Assert.Equal(mended, Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(tree.Path, Delta))));
        Assert.Empty(SpecFixes.Plan(tree.Open(), new CheckOptions()));
        Assert.True(SpecCheck.Run(tree.Open(), new CheckOptions { Specs = [] }).Valid);
    }

    [Fact]
    public void A_fix_that_would_make_something_worse_is_left_alone()
    {
        // As it stands, the second scenario is hidden; mended, the delta would lose a scenario that it does not repeat.
        using var tree = new TemporaryTree()
            .Add("openspec/specs/cap/spec.md", $"# cap\n\n## Purpose\nThis capability is here so that a test has something to look at.\n\n## Requirements\n\n### Requirement: A\nIt SHALL.\n\n{Scenario}\n##### Scenario: Two\n- **WHEN** a\n- **THEN** b\n")
            .Add(Delta, $"## MODIFIED Requirements\n\n### Requirement: A\nIt SHALL differ.\n\n{Scenario}");
        Assert.Empty(SpecFixes.Plan(tree.Open(), new CheckOptions()));
    }

    [Fact]
    public void A_file_that_could_not_be_written_back_as_it_was_is_left_alone()
    {
        using var tree = new TemporaryTree().Add(Delta, [.. "##ADDED Requirements\n"u8, 0xFF]).Add("openspec/changes/c/specs/two/spec.md", "##ADDED Requirements\rx\n");
        Assert.Empty(SpecFixes.Plan(tree.Open(), new CheckOptions()));
    }

    [Fact]
    public void A_file_that_changed_meanwhile_is_not_written()
    {
        using var tree = new TemporaryTree().Add(Delta, $"##ADDED Requirements\n\n### Requirement: A\nIt SHALL.\n\n{Scenario}");
        var fix = Assert.Single(SpecFixes.Plan(tree.Open(), new CheckOptions()));
        tree.Add(Delta, "mine");
        Assert.Equal(SpecError.FixFailed, Assert.Throws<SpecException>(() => SpecFixes.Write(tree.Open(), fix)).Error);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(tree.Path, Delta)));
    }

    [Fact]
    public void A_second_fix_changes_nothing_and_no_fix_makes_an_item_worse()
    {
        using var tree = new TemporaryTree();
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            tree.Add(Delta, Text(random)).Add("openspec/specs/cap/spec.md", Text(random)).Add("openspec/changes/c/tasks.md", Text(random));
            var before = Counts(tree);
            foreach (var fix in SpecFixes.Plan(tree.Open(), new CheckOptions()))
                SpecFixes.Write(tree.Open(), fix);
            var after = Counts(tree);
            Assert.Empty(SpecFixes.Plan(tree.Open(), new CheckOptions()));
            Assert.True(after.Errors <= before.Errors && after.OpenSpec <= before.OpenSpec, $"{before} -> {after}");
        }).QuickCheckThrowOnFailure();
    }

    private static (int Errors, int OpenSpec) Counts(TemporaryTree tree) =>
        (SpecCheck.Run(tree.Open(), new CheckOptions()).Items.Sum(static item => item.Findings.Count(static f => f.Level == IssueLevel.Error)),
            Validation.All(tree.Open()).Items.Sum(static item => item.Issues.Count(static issue => issue.Level == IssueLevel.Error)));

    private static string Text(Random random)
    {
        var text = new StringBuilder(random.Next(8) == 0 ? "\uFEFF" : "");
        var end = random.Next(3) == 0 ? "\r\n" : "\n";
        for (var i = random.Next(30); i > 0; i--)
            text.Append(s_lines[random.Next(s_lines.Length)]).Append(end);
        return text.ToString();
    }
}
