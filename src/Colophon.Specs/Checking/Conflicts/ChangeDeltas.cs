using Colophon.Specs.Parsing;

namespace Colophon.Specs.Checking.Conflicts;

/// <summary>A change's deltas, as far as conflicts need them.</summary>
/// <param name="Change">The change's name.</param>
/// <param name="MayRetire">Whether it declares that it gives capabilities up.</param>
/// <param name="Plans">Its deltas by capability.</param>
internal sealed record ChangeDeltas(string Change, bool MayRetire, IReadOnlyDictionary<string, DeltaPlan> Plans)
{
    /// <summary>Every requirement of a capability it touches: the folded name, the name, what it does, the text it wants (null where none) and the line.</summary>
    internal IEnumerable<(string Fold, string Name, string Does, string? Text, int Line)> Touches(string capability)
    {
        var plan = Plans[capability];
        foreach (var block in plan.Added)
            yield return (NameFold.Of(block.Key), block.Name, "adds", block.Raw, block.Line);
        foreach (var block in plan.Modified)
            yield return (NameFold.Of(block.Key), block.Name, "modifies", block.Raw, block.Line);
        foreach (var (name, line) in plan.Removed)
            yield return (NameFold.Of(name), name, "removes", "", line);
        for (var i = 0; i < plan.Renamed.Count; i++)
        {
            yield return (NameFold.Of(plan.Renamed[i].From), plan.Renamed[i].From, "renames", $"to {plan.Renamed[i].To}", plan.RenameLines[i]);
            yield return (NameFold.Of(plan.Renamed[i].To), plan.Renamed[i].To, "renames to it", $"from {plan.Renamed[i].From}", plan.RenameLines[i]);
        }
    }

    internal string PathOf(string capability) => $"openspec/changes/{Change}/specs/{capability}/spec.md";
}
