using Colophon.Specs.Parsing;

namespace Colophon.Specs.Validating;

/// <summary>Names that one delta file uses against itself.</summary>
internal static class DeltaConflicts
{
    internal static void Check(DeltaPlan plan, string path, List<string> added, List<string> modified, List<string> removed, Issues issues)
    {
        CheckRenames(plan, path, issues);
        if (added.Count + modified.Count + removed.Count == 0)
            return;
        var (addedSet, modifiedSet, removedSet) = (Set(added), Set(modified), Set(removed));
        foreach (var name in modified)
        {
            if (removedSet.Contains(name))
                issues.Error(path, "delta-conflict", $"Requirement present in both MODIFIED and REMOVED: \"{name}\"", at: plan.LineOf(name));
            if (addedSet.Contains(name))
                issues.Error(path, "delta-conflict", $"Requirement present in both MODIFIED and ADDED: \"{name}\"", at: plan.LineOf(name));
        }

        foreach (var name in added)
        {
            if (removedSet.Contains(name))
                issues.Error(path, "delta-conflict", $"Requirement present in both ADDED and REMOVED: \"{name}\"", at: plan.LineOf(name));
        }

        if (plan.Renamed.Count > 0)
            CheckAgainstRenames(plan, path, addedSet, modifiedSet, removed, issues);
    }

    private static void CheckRenames(DeltaPlan plan, string path, Issues issues)
    {
        if (plan.Renamed.Count == 0)
            return;
        var (froms, tos) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < plan.Renamed.Count; i++)
        {
            var (from, to) = plan.Renamed[i];
            if (!froms.Add(Key(from)))
                issues.Error(path, "delta-duplicate", $"Duplicate FROM in RENAMED: \"{from}\"", at: plan.RenameLines[i]);
            if (!tos.Add(Key(to)))
                issues.Error(path, "delta-duplicate", $"Duplicate TO in RENAMED: \"{to}\"", at: plan.RenameLines[i]);
        }
    }

    private static void CheckAgainstRenames(
        DeltaPlan plan, string path, HashSet<string> added, HashSet<string> modified, List<string> removed, Issues issues)
    {
        // The first spelling of each folded name, as the CLI finds it.
        var folded = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in removed)
            folded.TryAdd(NameFold.Of(name), name);
        for (var i = 0; i < plan.Renamed.Count; i++)
        {
            var (from, to) = plan.Renamed[i];
            var key = Key(from);
            if (modified.Contains(key))
                issues.Error(path, "delta-rename-conflict", $"MODIFIED references old name from RENAMED. Use new header for \"{to}\"", at: plan.LineOf(key));
            if (added.Contains(Key(to)))
                issues.Error(path, "delta-rename-conflict", $"RENAMED TO collides with ADDED for \"{to}\"", at: plan.RenameLines[i]);
            if (folded.TryGetValue(NameFold.Of(key), out var match))
            {
                var spelling = match == key ? "" : $" (REMOVED spells it \"{match}\")";
                issues.Error(path, "delta-rename-conflict", $"Requirement present in both RENAMED and REMOVED: \"{from}\"{spelling}", at: plan.RenameLines[i]);
            }
        }
    }

    private static string Key(string name) => Headers.NormaliseName(name).ToString();

    private static HashSet<string> Set(List<string> names) => new(names, StringComparer.Ordinal);
}
