using Colophon.Specs.Parsing;

namespace Colophon.Specs.Validating;

/// <summary>Names that one delta file uses against itself.</summary>
internal static class DeltaConflicts
{
    internal static void Check(DeltaPlan plan, string path, List<string> added, List<string> modified, List<string> removed, Issues issues)
    {
        CheckRenames(plan.Renamed, path, issues);
        if (added.Count + modified.Count + removed.Count == 0)
            return;
        var (addedSet, modifiedSet, removedSet) = (Set(added), Set(modified), Set(removed));
        foreach (var name in modified)
        {
            if (removedSet.Contains(name))
                issues.Error(path, "delta-conflict", $"Requirement present in both MODIFIED and REMOVED: \"{name}\"");
            if (addedSet.Contains(name))
                issues.Error(path, "delta-conflict", $"Requirement present in both MODIFIED and ADDED: \"{name}\"");
        }

        foreach (var name in added)
        {
            if (removedSet.Contains(name))
                issues.Error(path, "delta-conflict", $"Requirement present in both ADDED and REMOVED: \"{name}\"");
        }

        if (plan.Renamed.Count > 0)
            CheckAgainstRenames(plan.Renamed, path, addedSet, modifiedSet, removed, issues);
    }

    private static void CheckRenames(List<RequirementRename> renames, string path, Issues issues)
    {
        if (renames.Count == 0)
            return;
        var (froms, tos) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (from, to) in renames)
        {
            if (!froms.Add(Key(from)))
                issues.Error(path, "delta-duplicate", $"Duplicate FROM in RENAMED: \"{from}\"");
            if (!tos.Add(Key(to)))
                issues.Error(path, "delta-duplicate", $"Duplicate TO in RENAMED: \"{to}\"");
        }
    }

    private static void CheckAgainstRenames(
        List<RequirementRename> renames, string path, HashSet<string> added, HashSet<string> modified, List<string> removed, Issues issues)
    {
        // The first spelling of each folded name, as the CLI finds it.
        var folded = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in removed)
            folded.TryAdd(NameFold.Of(name), name);
        foreach (var (from, to) in renames)
        {
            var key = Key(from);
            if (modified.Contains(key))
                issues.Error(path, "delta-rename-conflict", $"MODIFIED references old name from RENAMED. Use new header for \"{to}\"");
            if (added.Contains(Key(to)))
                issues.Error(path, "delta-rename-conflict", $"RENAMED TO collides with ADDED for \"{to}\"");
            if (folded.TryGetValue(NameFold.Of(key), out var match))
            {
                var spelling = match == key ? "" : $" (REMOVED spells it \"{match}\")";
                issues.Error(path, "delta-rename-conflict", $"Requirement present in both RENAMED and REMOVED: \"{from}\"{spelling}");
            }
        }
    }

    private static string Key(string name) => Headers.NormaliseName(name).ToString();

    private static HashSet<string> Set(List<string> names) => new(names, StringComparer.Ordinal);
}
