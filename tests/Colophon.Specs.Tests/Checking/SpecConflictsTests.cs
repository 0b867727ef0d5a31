using Colophon.Specs.Checking.Conflicts;

namespace Colophon.Specs.Tests.Checking;

public sealed class SpecConflictsTests
{
    private const string Scenario = "#### Scenario: One\n- **WHEN** a\n- **THEN** b\n";
    private const string Main = $"# cap\n\n## Purpose\nThis capability is here so that a test has something to look at.\n\n## Requirements\n\n### Requirement: A\nIt SHALL.\n\n{Scenario}\n### Requirement: B\nIt SHALL.\n\n{Scenario}";

    [Theory]
    [InlineData("mod A 1", "mod A 2", ConflictOutcome.LastOneWins)]
    [InlineData("add N 1", "add N 2", ConflictOutcome.OneMustGive)]
    [InlineData("add N 1", "mod N 2", ConflictOutcome.FirstThenSecond)]
    [InlineData("mod N 2", "add N 1", ConflictOutcome.SecondThenFirst)]
    [InlineData("ren A to C", "mod A 1", ConflictOutcome.SecondThenFirst)]
    [InlineData("ren A to C", "mod C 1", ConflictOutcome.FirstThenSecond)]
    [InlineData("ren A to C", "ren A to D", ConflictOutcome.OneMustGive)]
    [InlineData("rem A", "mod A 1", ConflictOutcome.SecondThenFirst)]
    [InlineData("add n 1", "add N 1", ConflictOutcome.OneMustGive)]
    public void Two_changes_that_touch_one_requirement_are_found_with_what_the_order_makes_of_it(string one, string other, ConflictOutcome outcome)
    {
        var report = Find(Delta(one), Delta(other));
        Assert.Equal(outcome, report.Conflicts[0].Outcome);
        Assert.Equal(("c1", "c2"), (report.Conflicts[0].First.Change, report.Conflicts[0].Second.Change));
        var expected = outcome switch { ConflictOutcome.SecondThenFirst => "c2, c1", ConflictOutcome.OneMustGive => "c1, !c2", _ => "c1, c2" };
        Assert.Equal(expected, string.Join(", ", report.Order.Select(static change => $"{(change.Refusal is null ? "" : "!")}{change.Change}")));
        Assert.Contains("'c2'", Assert.Single(report.FindingsOf("c1"), f => f.Related[0].Path.Contains("/c2/", StringComparison.Ordinal) && f.Line >= 1).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mod A 1", "mod B 1")]
    [InlineData("mod A 1", "mod A 1")]
    [InlineData("add N 1", "add N 1")]
    [InlineData("rem A", "rem A")]
    [InlineData("ren A to C", "ren A to C")]
    public void Changes_that_say_the_same_or_touch_others_do_not_conflict(string one, string other) => Assert.Empty(Find(Delta(one), Delta(other)).Conflicts);

    [Fact]
    public void Giving_up_a_capability_is_in_the_way_of_whoever_adds_to_it()
    {
        using var tree = new TemporaryTree().Add("openspec/specs/cap/spec.md", Main)
            .Add("openspec/changes/c1/specs/cap/spec.md", "## REMOVED Requirements\n\n### Requirement: A\n\n### Requirement: B\n").Add("openspec/changes/c1/.openspec.yaml", "schema: spec-driven\nretire_capabilities: true\n")
            .Add("openspec/changes/c2/specs/cap/spec.md", Delta("add N 1"));
        var conflict = Assert.Single(SpecConflicts.Find(tree.Open()).Conflicts);
        Assert.Equal(("retires the capability", "adds"), (conflict.First.Does, conflict.Second.Does));
    }

    [Fact]
    public void The_suggested_order_of_a_chain_works_from_end_to_end()
    {
        var report = Find(Delta("mod Z 1"), Delta("ren Y to Z"), Delta("ren X to Y"), Delta("add X 1"));
        Assert.Equal(["c4", "c3", "c2", "c1"], report.Order.Where(static change => change.Refusal is null).Select(static change => change.Change));
    }

    private static ConflictReport Find(params string[] deltas)
    {
        using var tree = new TemporaryTree().Add("openspec/specs/cap/spec.md", Main);
        for (var i = 0; i < deltas.Length; i++)
            tree.Add($"openspec/changes/c{i + 1}/specs/cap/spec.md", deltas[i]);
        return SpecConflicts.Find(tree.Open());
    }

    private static string Delta(string words) => words.Split(' ') switch
    {
        ["mod", var name, var text] => $"## MODIFIED Requirements\n\n### Requirement: {name}\nIt SHALL {text}.\n\n{Scenario}",
        ["add", var name, var text] => $"## ADDED Requirements\n\n### Requirement: {name}\nIt SHALL {text}.\n\n{Scenario}",
        ["rem", var name] => $"## REMOVED Requirements\n\n### Requirement: {name}\n",
        ["ren", var from, _, var to] => $"## RENAMED Requirements\n\n- FROM: `### Requirement: {from}`\n- TO: `### Requirement: {to}`\n",
        _ => words,
    };
}
