using Colophon.Specs.Merging;
using Colophon.Specs.Parsing;
using Colophon.Specs.Validating;

namespace Colophon.Specs.Checking.Conflicts;

/// <summary>The main specs after some changes were archived, in memory.</summary>
/// <param name="mainOf">The main spec of a capability today, or null.</param>
internal sealed class MergeState(Func<string, MainSpec?> mainOf)
{
    private readonly Dictionary<string, MainSpec?> _merged = new(StringComparer.Ordinal);

    /// <summary>Archives a change; all of it or nothing.</summary>
    /// <returns>Why archive refuses, or null.</returns>
    internal string? Archive(ChangeDeltas change, IEnumerable<string>? capabilities = null)
    {
        var done = new List<(string Id, MainSpec? Spec)>();
        foreach (var id in capabilities ?? change.Plans.Keys)
        {
            if (Merge(change, id, out var spec) is { } refusal)
                return refusal;
            done.Add((id, spec));
        }

        foreach (var (id, spec) in done)
            _merged[id] = spec;
        return null;
    }

    /// <summary>The text of a capability's spec now; empty where there is none.</summary>
    internal string TextOf(string id) => Find(id)?.Lines.Text ?? "";

    private MainSpec? Find(string id) => _merged.TryGetValue(id, out var merged) ? merged : mainOf(id);

    private string? Merge(ChangeDeltas change, string id, out MainSpec? result)
    {
        var target = Find(id);
        result = null;
        if (SpecMerge.TryApply(change.Plans[id], id, change.Change, target, id, out var merge) is { } refusal || merge is null)
            return SpecMerge.TryApply(change.Plans[id], id, change.Change, target, id, out _);
        var spec = MainSpec.Read(merge.Text(), change.Plans[id].Lines.Keywords);
        var issues = new Issues();
        SpecRules.Check(spec, issues);
        var error = issues.Found.FirstOrDefault(static issue => issue.Level == IssueLevel.Error);
        if (error is not null && change.MayRetire && merge.IsEmpty && merge.Unaccounted().Count == 0)
            return null;
        result = spec;
        return error is null ? null : $"{id} would not be valid afterwards: {error.Message.Split('\n')[0]}";
    }
}
