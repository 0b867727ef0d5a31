using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution.Absent;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Attribution.Steps;

/// <summary>E(C): the entries a commit adds relative to every parent.</summary>
/// <param name="Entries">Those at hand.</param>
/// <param name="IsLost">Whether it brought others, whose bytes are nowhere and which may have changed files.</param>
/// <param name="IsUnsearched">Whether it brought some that nobody has looked for.</param>
internal readonly record struct AddedEntries(IReadOnlyList<Entry> Entries, bool IsLost, bool IsUnsearched)
{
    public static AddedEntries Of(HistoryCommit commit, ClaimIndex index, AbsentLog absent)
    {
        var added = Files(commit.Changes[0]);
        foreach (var changes in commit.Changes.Skip(1))
            added.IntersectWith(Files(changes));
        var (entries, lost, unsearched) = (new List<Entry>(), false, false);
        foreach (var path in added)
        {
            if (ClaimIndex.FileKey(path) is { } key && index.Find(key) is { } entry)
                entries.Add(entry);
            else if (EntryPath.TryParse(path, out var place) && place.MayChangeFiles)
                (lost, unsearched) = (true, unsearched || !absent.IsComplete);
            lost |= absent.LostNames.Contains(path);
        }

        return new AddedEntries(entries, lost, unsearched);
    }

    private static HashSet<string> Files(IReadOnlyList<TreeChange> changes) =>
        changes.Where(static c => c.Status is 'A' or 'R' or 'C' && c.Path.StartsWith(CodePaths.Audit, StringComparison.Ordinal)).Select(static c => c.Path).ToHashSet(StringComparer.Ordinal);
}
