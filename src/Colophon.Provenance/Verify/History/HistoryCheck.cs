using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance.Anchors;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Verify;

/// <summary>
/// Checks the log against the commits it travelled in: no file of it that history holds may be gone, and what an entry says was written must be what was committed with it.
/// Where history is not all here, it says so.
/// </summary>
internal sealed class HistoryCheck(GitRepository repository, AuditLayout layout, int parallelism, Action<EntryStatus, string, string> report)
{
    // Enough that neither git nor a core waits for the other at every commit, few enough to hold in memory.
    private const int EntriesAtOnce = 256;

    /// <summary>Every file that a commit brought into the log's folders, or null where there is no commit. Begun early: git works while entries are checked.</summary>
    internal async Task<IReadOnlyList<AddedFiles>?> ListAsync(CancellationToken cancellationToken) =>
        await repository.HeadAsync(cancellationToken).ConfigureAwait(false) is { } head
            ? await AddedFiles.ListAsync(repository, head, [Folder(layout.Streams), Folder(layout.Heads), Folder(layout.Trust), Folder(layout.Segments), Folder(layout.Anchors), Folder(layout.Disclosures)], cancellationToken).ConfigureAwait(false)
            : null;

    internal async Task RunAsync(Task<IReadOnlyList<AddedFiles>?> listed, IEnumerable<EntryFacts> entries, bool subjects, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(repository.CommonDirectory, "shallow")))
            report(EntryStatus.Gap, layout.Audit, "This is a shallow clone: whether entries were taken away, or files committed otherwise than accepted, cannot be known before its oldest commit. Run `git fetch --unshallow`.");
        try
        {
            if (await listed.ConfigureAwait(false) is not { } added)
                return;
            EntryFacts[] all = [.. entries];
            Gone(added, all);
            Undisclosed(added, DisclosureCheck.Erased(all));
            if (subjects)
                await SubjectsAsync(added, all, cancellationToken).ConfigureAwait(false);
        }
        catch (KernelException e) when (e.Error == KernelError.GitFailed)
        {
            report(EntryStatus.Gap, layout.Audit, $"A part of git's history is not here, so the log cannot be compared with it: {e.Message}");
        }
    }

    private void Gone(IReadOnlyList<AddedFiles> added, EntryFacts[] entries)
    {
        // An entry that was packed lost its file; one whose content went as well needs an entry that says so.
        var here = entries.Where(static e => e.Name.Segment is null || !e.IsLeafOnly || e.Status == EntryStatus.ValidArchived).Select(e => Relative(e.Name.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var path in added.SelectMany(static a => a.Paths).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (IsKept(path) && !here.Contains(path) && !File.Exists(Path.Combine(repository.Root, path)))
                report(EntryStatus.Truncated, Path.Combine(repository.Root, path), "It was committed once and is not here any more.");
        }
    }

    // A project that commits disclosures promised to keep them: taking one away is for a redaction to say.
    private void Undisclosed(IReadOnlyList<AddedFiles> added, HashSet<string> erased)
    {
        var folder = Folder(layout.Disclosures);
        foreach (var path in added.SelectMany(static a => a.Paths).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (path.StartsWith(folder, StringComparison.Ordinal) && !erased.Contains(Path.GetFileName(path)) && !File.Exists(Path.Combine(repository.Root, path)))
                report(EntryStatus.Gap, Path.Combine(repository.Root, path), "This content was committed and is not here any more, and no entry says that it was erased.");
        }
    }

    // A change of trust that waits is dropped or becomes a version.
    private static bool IsKept(string path) => (path.EndsWith(".json", StringComparison.Ordinal) || path.EndsWith(".note", StringComparison.Ordinal) || path.EndsWith(SegmentFile.LeavesSuffix, StringComparison.Ordinal)
        || path.EndsWith(AuditAnchors.StatementSuffix, StringComparison.Ordinal) || path.EndsWith(AuditAnchors.TokenSuffix, StringComparison.Ordinal)) && !path.Contains("/trust/pending/", StringComparison.Ordinal);

    private async Task SubjectsAsync(IReadOnlyList<AddedFiles> added, IEnumerable<EntryFacts> entries, CancellationToken cancellationToken)
    {
        // What nobody we know signed excuses nothing, and a stranger's branch may hold any number of it.
        var byPath = entries.Where(static e => e is { ChangesFiles: true, IsSigned: true }).ToDictionary(e => Relative(e.Name.Path), StringComparer.Ordinal);
        var brought = new Dictionary<string, AddedFiles>(StringComparer.Ordinal);
        // A merge only counts for what no other commit brought.
        foreach (var commit in added.OrderBy(static a => a.Parents.Count > 1))
        {
            foreach (var path in commit.Paths.Where(byPath.ContainsKey))
                brought.TryAdd(path, commit);
        }

        var groups = brought.GroupBy(static b => b.Value, b => byPath[b.Key]).ToArray();
        var check = new SubjectCheck(repository, parallelism);
        await using var closing = check.ConfigureAwait(false);
        var (i, batch, size) = (0, new List<CommitEntries>(), 0);
        await foreach (var commit in CommitHistory.ReadAsync(repository, [.. groups.Select(static g => (string[])[g.Key.Commit, .. g.Key.Parents])], cancellationToken).ConfigureAwait(false))
        {
            EntryFacts[] group = [.. groups[i++]];
            if (commit.IsCut)
                continue;
            batch.Add(new CommitEntries(commit, group));
            if ((size += group.Length) < EntriesAtOnce)
                continue;
            await check.RunAsync(batch, cancellationToken).ConfigureAwait(false);
            (batch, size) = ([], 0);
        }

        await check.RunAsync(batch, cancellationToken).ConfigureAwait(false);
        if (check.Missing is [var (missedIn, missed), ..])
            report(EntryStatus.Gap, layout.Audit, $"The content of {check.Missing.Count} committed file(s) that entries are about is not in this clone, so it was not compared; the first is '{missed}' in {missedIn[..12]}. {(repository.Partial is null ? "`git fsck` says what is missing." : "`git fetch --refetch --no-filter` brings the rest of a partial clone.")}");
    }

    private string Folder(string path) => Relative(path) + "/";

    private string Relative(string path) => layout.Relative(path);
}
