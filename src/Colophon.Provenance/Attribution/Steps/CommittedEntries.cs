using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution.Absent;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Attribution.Steps;

/// <summary>The entries that the commit which is checked out holds: as files of their own, or packed.</summary>
internal sealed class CommittedEntries
{
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly List<SegmentName> _segments = [];

    /// <summary>Lists them.</summary>
    /// <exception cref="Kernel.Errors.KernelException">git failed.</exception>
    public static async Task<CommittedEntries> OfAsync(GitRepository repository, string? head, CancellationToken cancellationToken)
    {
        var committed = new CommittedEntries();
        if (head is null)
            return committed;
        var listed = await repository.Git.RunAsync(["ls-tree", "-r", "-z", "--name-only", head, "--", CodePaths.Audit], cancellationToken: cancellationToken).ConfigureAwait(false);
        foreach (var path in listed.NulSeparated)
        {
            if (ClaimIndex.FileKey(path) is { } key)
                committed._files.Add(key);
            else if (EntryPath.TryParse(path, SegmentFile.LeavesSuffix, out var segment))
                committed._segments.Add(segment);
        }

        return committed;
    }

    /// <summary>Whether an entry is one of them; all others are the working tree's own.</summary>
    public bool Holds(Entry entry) =>
        _files.Contains(ClaimIndex.FileKey(entry))
        || _segments.Exists(s => s.Change == entry.Predicate.Change && s.Stream == entry.Predicate.Stream && entry.Predicate.Seq >= s.First && entry.Predicate.Seq <= s.Last);
}
