using Colophon.Specs.Parsing;
using Colophon.Specs.Validating;

namespace Colophon.Specs.Merging;

/// <summary>How many requirements of each kind a merge changed.</summary>
internal readonly record struct MergeCounts(int Added, int Modified, int Removed, int Renamed)
{
    internal int All => Added + Modified + Removed + Renamed;

    public static MergeCounts operator +(MergeCounts one, MergeCounts other) =>
        new(one.Added + other.Added, one.Modified + other.Modified, one.Removed + other.Removed, one.Renamed + other.Renamed);
}

/// <summary>
/// Applies a delta to a main spec in memory: RENAMED, REMOVED, MODIFIED, ADDED. What was applied before is no change; what would lose or double something
/// is refused. Validation asks for the refusal alone, archive for the new text.
/// </summary>
internal sealed class SpecMerge
{
    private readonly string _id;
    private readonly DeltaPlan _plan;
    private readonly MainSpec _base;
    private readonly MergeTable _table;
    private readonly string[] _keys;
    private int _added;
    private int _modified;
    private int _removed;
    private int _renamed;

    private SpecMerge(string id, DeltaPlan plan, MainSpec target, bool isNew)
    {
        (_id, _plan, _base, IsNew) = (id, plan, target, isNew);
        _table = new MergeTable(target.Blocks);
        _keys = new string[target.Blocks.Count];
        for (var i = 0; i < _keys.Length; i++)
            _keys[i] = target.Blocks[i].Key;
    }

    internal bool IsNew { get; }

    internal MergeCounts Counts => new(_added, _modified, _removed, _renamed);

    /// <summary>What was noticed and did not stop the merge, in order.</summary>
    internal List<string> Warnings { get; } = [];

    /// <summary>Whether no requirement is left.</summary>
    internal bool IsEmpty { get; private set; }

    /// <summary>The archive's refusal, or null: what validation tells beforehand. Deltas with errors of their own are not asked.</summary>
    internal static string? Refusal(DeltaPlan plan, string id, MainSpec? target) => TryApply(plan, id, "", target, null, out _);

    /// <summary>Applies a delta.</summary>
    /// <param name="plan">The delta.</param>
    /// <param name="id">The capability.</param>
    /// <param name="change">The change's name, for the Purpose of a new spec.</param>
    /// <param name="target">The main spec, or null where there is none.</param>
    /// <param name="path">The main spec's path as warnings name it; null where nobody reads warnings.</param>
    /// <param name="merge">The merge where it was not refused.</param>
    /// <returns>Why the merge was refused, or null.</returns>
    internal static string? TryApply(DeltaPlan plan, string id, string change, MainSpec? target, string? path, out SpecMerge? merge)
    {
        merge = null;
        var warnings = new List<string>();
        if (PlanConflicts.Find(plan, id, path is null ? null : warnings) is { } conflict)
            return conflict;
        if (target is null && plan.Modified.Count + plan.Renamed.Count > 0)
            return $"{id}: target spec does not exist; only ADDED requirements are allowed for new specs. MODIFIED and RENAMED operations require an existing spec.";
        var purpose = path is null ? null : NewSpec.PurposeOf(plan.Lines, plan.HasMark);
        if (target is not null && purpose is not null && NewSpec.PurposeOf(target.Lines, target.Lines != target.RawLines) is { } existing && existing != purpose)
            warnings.Add($"{id} - delta Purpose ignored; {id} already has one. Edit {path} directly to change it.");
        if (target is null && plan.Removed.Count > 0)
            warnings.Add($"{id} - {plan.Removed.Count} REMOVED requirement(s) ignored for new spec (nothing to remove).");
        var basis = target ?? NewSpec.Create(id, change, purpose, plan.Lines.Keywords, warnings);
        if (SpecStructure.Find(basis.RawLines) is { Count: > 0 } faults)
        {
            var lines = string.Join('\n', faults.Select(static fault => $"line {fault.Line}: {fault.Message}"));
            return $"{id}: target spec is structurally invalid and cannot be updated until fixed:\n{lines}";
        }

        merge = new SpecMerge(id, plan, basis, target is null);
        merge.Warnings.AddRange(warnings);
        return merge.Rename() ?? merge.Remove() ?? merge.Modify() ?? merge.Add();
    }

    /// <summary>The new text of the spec, with line ends LF.</summary>
    internal string Text()
    {
        var kept = new List<MergedBlock>(_keys.Length + _plan.Added.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < _keys.Length; i++)
        {
            var replacement = _table.Find(_keys[i]);
            if (replacement is not null)
            {
                kept.Add(replacement);
                seen.Add(_keys[i]);
            }

            var original = _base.Blocks[i];
            if (replacement?.Header is null && replacement?.Source != original && ForeignTail.IsLost(original, replacement) is { } heading)
                Warnings.Add($"{_id} - \"{heading}\" sits inside requirement \"{original.Name}\" and goes with it. Move it under its own requirement, or above `## Requirements`, to keep it.");
        }

        foreach (var (key, block) in _table.InOrder)
        {
            if (!seen.Contains(key))
                kept.Add(block);
        }

        IsEmpty = kept.Count == 0;
        return SpecText.Join(_base, kept);
    }

    /// <summary>The lines that deleting the spec would take along though the merge cannot name them.</summary>
    internal List<string> Unaccounted() => UnaccountedContent.Find(_base);

    private string? Rename()
    {
        foreach (var (oldName, newName) in _plan.Renamed)
        {
            var (from, to) = (Headers.NormaliseName(oldName).ToString(), Headers.NormaliseName(newName).ToString());
            if (!_table.Contains(from))
            {
                if (!_table.Contains(to))
                    return Refuse("RENAMED", oldName, "source not found");
                if (_table.NearMiss(from, except: to) is { } source)
                    return Refuse("RENAMED", oldName, $"source not found, but \"### Requirement: {source}\" exists; fix the header to match it exactly");
                continue;
            }

            if (_table.Contains(to))
                return Refuse("RENAMED", newName, "target already exists");
            if (_table.NearMiss(to, except: from) is { } near)
                return Refuse("RENAMED", newName, $"\"### Requirement: {near}\" already exists and differs only in case or spacing; choose a distinct name");
            _table.Rename(from, to);
            if (Array.IndexOf(_keys, from) is >= 0 and var index)
                _keys[index] = to;
            _renamed++;
        }

        return null;
    }

    private string? Remove()
    {
        foreach (var (name, _) in _plan.Removed)
        {
            var key = Headers.NormaliseName(name).ToString();
            if (_table.Remove(key))
            {
                _removed++;
                continue;
            }

            if (IsNew)
                continue;
            if (_table.NearMiss(key) is { } near)
                return Refuse("REMOVED", name, $"not found, but \"### Requirement: {near}\" exists; fix the header to match it exactly");
            Warnings.Add($"{_id} - REMOVED requirement \"{name}\" is not in the current spec; treating it as already removed.");
        }

        return null;
    }

    private string? Modify()
    {
        foreach (var block in _plan.Modified)
        {
            if (_table.Find(block.Key) is not { } current)
                return Refuse("MODIFIED", block.Name, "not found");
            // A name that ends in two closing runs is looked up without either and written with one.
            if (block.Name != block.Key)
                return Refuse("MODIFIED", block.Name, "header mismatch in content");
            if (ScenarioLoss.Describe(current.Source, block) is { } loss)
            {
                return Refuse(
                    "MODIFIED", block.Name, $"current spec contains scenario(s) not present in the modified block: {loss} Refresh the change spec before archiving to avoid dropping scenarios.");
            }

            if (!current.SameAs(block))
                _modified++;
            _table.Set(block.Key, block);
        }

        return null;
    }

    private string? Add()
    {
        foreach (var block in _plan.Added)
        {
            if (_table.Find(block.Key) is { } existing)
            {
                if (existing.SameAs(block))
                    continue;
                return Refuse("ADDED", block.Name, "already exists");
            }

            if (_table.NearMiss(block.Key) is { } near)
            {
                return Refuse(
                    "ADDED",
                    block.Name,
                    $"\"### Requirement: {near}\" already exists and differs only in case or spacing; use MODIFIED with that exact header to change it, or choose a distinct name");
            }

            _table.Set(block.Key, block);
            _added++;
        }

        return null;
    }

    private string Refuse(string operation, string name, string why) => $"{_id} {operation} failed for header \"### Requirement: {name}\" - {why}";
}
