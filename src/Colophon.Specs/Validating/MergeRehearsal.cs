using Colophon.Specs.Parsing;

namespace Colophon.Specs.Validating;

/// <summary>
/// Applies a delta to its main spec in memory, as an archive would, to say why it would refuse. Order: RENAMED, REMOVED, MODIFIED, ADDED. Deltas with
/// errors of their own are not rehearsed.
/// </summary>
internal static class MergeRehearsal
{
    /// <summary>The archive's refusal, or null.</summary>
    internal static string? Refusal(DeltaPlan plan, string id, MainSpec? target)
    {
        if (target is null)
        {
            if (plan.Modified.Count + plan.Renamed.Count > 0)
            {
                return $"{id}: target spec does not exist; only ADDED requirements are allowed for new specs. MODIFIED and RENAMED operations require an existing spec.";
            }
        }
        else if (SpecStructure.Find(target.RawLines) is { Count: > 0 } faults)
        {
            var lines = string.Join('\n', faults.Select(static fault => $"line {fault.Line}: {fault.Message}"));
            return $"{id}: target spec is structurally invalid and cannot be updated until fixed:\n{lines}";
        }

        var table = new MergeTable(target?.Blocks ?? []);
        return Rename(plan, id, table) ?? Remove(plan, id, table, target is null) ?? Modify(plan, id, table) ?? Add(plan, id, table);
    }

    private static string? Rename(DeltaPlan plan, string id, MergeTable table)
    {
        foreach (var (oldName, newName) in plan.Renamed)
        {
            var (from, to) = (Headers.NormaliseName(oldName).ToString(), Headers.NormaliseName(newName).ToString());
            if (!table.Contains(from))
            {
                if (!table.Contains(to))
                    return $"{id} RENAMED failed for header \"### Requirement: {oldName}\" - source not found";
                if (table.NearMiss(from, except: to) is { } source)
                    return $"{id} RENAMED failed for header \"### Requirement: {oldName}\" - source not found, but \"### Requirement: {source}\" exists; fix the header to match it exactly";
                continue;
            }

            if (table.Contains(to))
                return $"{id} RENAMED failed for header \"### Requirement: {newName}\" - target already exists";
            if (table.NearMiss(to, except: from) is { } near)
                return $"{id} RENAMED failed for header \"### Requirement: {newName}\" - \"### Requirement: {near}\" already exists and differs only in case or spacing; choose a distinct name";
            table.Rename(from, to);
        }

        return null;
    }

    private static string? Remove(DeltaPlan plan, string id, MergeTable table, bool isNew)
    {
        foreach (var (name, _) in plan.Removed)
        {
            var key = Headers.NormaliseName(name).ToString();
            if (!table.Remove(key) && !isNew && table.NearMiss(key) is { } near)
                return $"{id} REMOVED failed for header \"### Requirement: {name}\" - not found, but \"### Requirement: {near}\" exists; fix the header to match it exactly";
        }

        return null;
    }

    private static string? Modify(DeltaPlan plan, string id, MergeTable table)
    {
        foreach (var block in plan.Modified)
        {
            if (table.Find(block.Key) is not { } current)
                return $"{id} MODIFIED failed for header \"### Requirement: {block.Name}\" - not found";
            if (ScenarioLoss.Describe(current, block) is { } loss)
            {
                return $"{id} MODIFIED failed for header \"### Requirement: {block.Name}\" - current spec contains scenario(s) not present in the modified block: "
                    + $"{loss} Refresh the change spec before archiving to avoid dropping scenarios.";
            }

            table.Replace(block.Key, block);
        }

        return null;
    }

    private static string? Add(DeltaPlan plan, string id, MergeTable table)
    {
        foreach (var block in plan.Added)
        {
            if (table.Find(block.Key) is { } existing)
            {
                if (existing.RawSpan.SequenceEqual(block.RawSpan))
                    continue;
                return $"{id} ADDED failed for header \"### Requirement: {block.Name}\" - already exists";
            }

            if (table.NearMiss(block.Key) is { } near)
            {
                return $"{id} ADDED failed for header \"### Requirement: {block.Name}\" - \"### Requirement: {near}\" already exists and differs only in case or spacing; "
                    + "use MODIFIED with that exact header to change it, or choose a distinct name";
            }

            table.Add(block);
        }

        return null;
    }
}
