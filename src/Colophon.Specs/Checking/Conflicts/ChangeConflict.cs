namespace Colophon.Specs.Checking.Conflicts;

/// <summary>What two changes that touch one requirement do to each other when one is archived after the other.</summary>
public enum ConflictOutcome
{
    /// <summary>Only the first can come first.</summary>
    FirstThenSecond,

    /// <summary>Only the second can come first.</summary>
    SecondThenFirst,

    /// <summary>Both orders work, and whichever comes last replaces what the other wrote.</summary>
    LastOneWins,

    /// <summary>Whichever comes second is refused: one of them has to be written anew.</summary>
    OneMustGive,
}

/// <summary>One side of a conflict.</summary>
/// <param name="Change">The change.</param>
/// <param name="Does">What it does to the requirement: <c>adds</c>, <c>modifies</c>, <c>removes</c>, <c>renames</c>, <c>renames to it</c>, or <c>retires the capability</c>.</param>
/// <param name="Path">The delta file, relative to the root of the tree.</param>
/// <param name="Line">The line of it.</param>
public sealed record ConflictSide(string Change, string Does, string Path, int Line);

/// <summary>A requirement that two open changes touch.</summary>
/// <param name="Capability">The capability.</param>
/// <param name="Requirement">The requirement's name.</param>
/// <param name="First">One change: the one whose name sorts first.</param>
/// <param name="Second">The other.</param>
/// <param name="Outcome">What the order makes of it, by merging both ways.</param>
public sealed record ChangeConflict(string Capability, string Requirement, ConflictSide First, ConflictSide Second, ConflictOutcome Outcome);

/// <summary>A change at its place in the suggested order.</summary>
/// <param name="Change">The change.</param>
/// <param name="Refusal">Why archive refuses it at this place; null where it goes through.</param>
public sealed record OrderedChange(string Change, string? Refusal);

/// <summary>The conflicts between the open changes.</summary>
/// <param name="Conflicts">The conflicts, by capability and requirement.</param>
/// <param name="Order">The changes that have conflicts, in an order that was tried: each merge was done in memory.</param>
public sealed record ConflictReport(IReadOnlyList<ChangeConflict> Conflicts, IReadOnlyList<OrderedChange> Order)
{
    private const int MostNamed = 3;

    /// <summary>The findings about one change: a warning for each of its entries that others touch, with the first of them and how many more.</summary>
    public IReadOnlyList<SpecFinding> FindingsOf(string change) =>
    [
        .. Conflicts.Where(conflict => conflict.First.Change == change || conflict.Second.Change == change)
            .Select(conflict => conflict.First.Change == change ? (Conflict: conflict, Own: conflict.First, Other: conflict.Second) : (Conflict: conflict, Own: conflict.Second, Other: conflict.First))
            .GroupBy(static side => (side.Own, side.Conflict.Capability, side.Conflict.Requirement))
            .Select(static group => Finding(group.Key.Own, [.. group.Select(static side => (side.Conflict, side.Other))])),
    ];

    private static SpecFinding Finding(ConflictSide own, IReadOnlyList<(ChangeConflict Conflict, ConflictSide Side)> others)
    {
        var named = string.Join(", ", others.Take(MostNamed).Select(static other => $"'{other.Side.Change}' {Doing(other.Side)}"));
        var more = others.Count > MostNamed ? $", and {others.Count - MostNamed} more {(others.Count == MostNamed + 1 ? "touches" : "touch")} it" : "";
        var first = others[0].Conflict;
        return new SpecFinding
        {
            Rule = SpecRule.ChangesConflict,
            Level = IssueLevel.Warning,
            Path = own.Path,
            Line = own.Line,
            Message = $"This change {own.Does} \"{first.Requirement}\" of {first.Capability}, and {named}{more}.",
            Hint = others.Count > 1 ? "`colophon conflicts` shows them all, and an order in which most can be archived." : first.Outcome switch
            {
                ConflictOutcome.LastOneWins => "Whichever is archived last replaces the other's text without a word: make one text of the two.",
                ConflictOutcome.OneMustGive => "Whichever is archived second is refused: write one of them against the other's text.",
                var outcome => $"Archive '{(outcome == ConflictOutcome.FirstThenSecond ? first.First.Change : first.Second.Change)}' first; `colophon conflicts` shows the whole order.",
            },
            Related = [.. others.Take(MostNamed).Select(static other => new RelatedPlace(other.Side.Path, other.Side.Line, $"'{other.Side.Change}' {Doing(other.Side)}"))],
        };
    }

    private static string Doing(ConflictSide side) => $"{side.Does}{(side.Does.EndsWith('s') ? " it" : "")}";
}
