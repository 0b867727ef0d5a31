using Colophon.Specs.Parsing;

namespace Colophon.Specs.Merging;

/// <summary>What contradicts itself within one delta, in the order in which archive looks.</summary>
internal static class PlanConflicts
{
    /// <summary>The first contradiction, or null.</summary>
    internal static string? Find(DeltaPlan plan, string id, List<string>? warnings)
    {
        if (plan.Unpaired.Count > 0)
        {
            var first = plan.Unpaired[0];
            return $"{id} validation failed - RENAMED entry on line {first.Line} has no matching {(first.IsFrom ? "TO" : "FROM")}: for header \"### Requirement: {first.Name}\". "
                + "Write each rename as a FROM: line followed immediately by its TO: line.";
        }

        foreach (var orphan in plan.Orphans)
        {
            var where = string.IsNullOrEmpty(orphan.Section) ? "above the first \"## \" section" : $"under \"## {orphan.Section}\"";
            warnings?.Add($"{id} - requirement \"{orphan.Name}\" (line {orphan.Line}) is {where}, which is not a delta section, so it was not applied. "
                + "Move it under ADDED/MODIFIED/REMOVED/RENAMED Requirements.");
        }

        var (added, modified, removed) = (new OrderedNames(), new OrderedNames(), new OrderedNames());
        return Duplicate(id, "ADDED", added, plan.Added.Select(static block => block.Name))
            ?? Duplicate(id, "MODIFIED", modified, plan.Modified.Select(static block => block.Name))
            ?? Duplicate(id, "REMOVED", removed, plan.Removed.Select(static entry => entry.Name))
            ?? DuplicateRename(id, plan)
            ?? RenameConflict(id, plan, added, modified, removed)
            ?? Cross(id, added, modified, removed)
            ?? (plan.Operations > 0
                ? null
                : $"Delta parsing found no operations for {id}. Provide ADDED/MODIFIED/REMOVED/RENAMED sections in change spec.");
    }

    private static string? Duplicate(string id, string operation, OrderedNames seen, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (!seen.Add(Key(name)))
                return $"{id} validation failed - duplicate requirement in {operation} for header \"### Requirement: {name}\"";
        }

        return null;
    }

    private static string? DuplicateRename(string id, DeltaPlan plan)
    {
        var (sources, targets) = (new OrderedNames(), new OrderedNames());
        foreach (var (from, to) in plan.Renamed)
        {
            // Both sides are taken even where the first is refused: only the first refusal is told.
            if (!sources.Add(Key(from)))
                return $"{id} validation failed - duplicate FROM in RENAMED for header \"### Requirement: {from}\"";
            if (!targets.Add(Key(to)))
                return $"{id} validation failed - duplicate TO in RENAMED for header \"### Requirement: {to}\"";
        }

        return null;
    }

    private static string? RenameConflict(string id, DeltaPlan plan, OrderedNames added, OrderedNames modified, OrderedNames removed)
    {
        foreach (var (from, to) in plan.Renamed)
        {
            var key = Key(from);
            if (removed.FindFolded(key) is { } match)
            {
                var spelling = match == key ? "" : $" (REMOVED spells it \"{match}\")";
                return $"{id} validation failed - requirement present in multiple sections (RENAMED and REMOVED) for header \"### Requirement: {from}\"{spelling}";
            }

            if (modified.Contains(key))
                return $"{id} validation failed - when a rename exists, MODIFIED must reference the NEW header \"### Requirement: {to}\"";
            if (added.Contains(Key(to)))
                return $"{id} validation failed - RENAMED TO header collides with ADDED for \"### Requirement: {to}\"";
        }

        return null;
    }

    private static string? Cross(string id, OrderedNames added, OrderedNames modified, OrderedNames removed)
    {
        foreach (var name in modified.Names)
        {
            if (removed.Contains(name))
                return Both("MODIFIED", "REMOVED", name);
            if (added.Contains(name))
                return Both("MODIFIED", "ADDED", name);
        }

        foreach (var name in added.Names)
        {
            if (removed.Contains(name))
                return Both("ADDED", "REMOVED", name);
        }

        return null;

        string Both(string one, string other, string name) =>
            $"{id} validation failed - requirement present in multiple sections ({one} and {other}) for header \"### Requirement: {name}\"";
    }

    private static string Key(string name) => Headers.NormaliseName(name).ToString();

    /// <summary>Distinct names in order, found by their folded form as well.</summary>
    private sealed class OrderedNames
    {
        private readonly HashSet<string> _known = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _folded = new(StringComparer.Ordinal);

        internal List<string> Names { get; } = [];

        internal bool Add(string name)
        {
            if (!_known.Add(name))
                return false;
            Names.Add(name);
            _folded.TryAdd(NameFold.Of(name), name);
            return true;
        }

        internal bool Contains(string name) => _known.Contains(name);

        internal string? FindFolded(string name) => _folded.GetValueOrDefault(NameFold.Of(name));
    }
}
