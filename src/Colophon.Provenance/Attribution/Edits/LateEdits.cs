using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution.Lines;
using Colophon.Provenance.Attribution.Steps;
using Colophon.Provenance.Log;
using Colophon.Text.Diff;

namespace Colophon.Provenance.Attribution;

/// <summary>A file that is about to be committed.</summary>
/// <param name="Path">Relative to the repository's root.</param>
/// <param name="Head">Its blob in the commit that is checked out; null where it has none there.</param>
/// <param name="Staged">Its staged blob; null where it is deleted.</param>
public sealed record StagedFile(string Path, string? Head, string? Staged);

/// <summary>What was found of edits after acceptance.</summary>
/// <param name="Edits">The edits, ready to be recorded as a person's.</param>
/// <param name="Change">The change whose entries they follow.</param>
/// <param name="Partial">Files of which only a part of what was accepted is staged; nothing is to be recorded about them.</param>
/// <param name="Unclear">Files that differ from what was accepted in a way that cannot be told line by line.</param>
public sealed record LateEdits(string Change, IReadOnlyList<FileChange> Edits, IReadOnlyList<string> Partial, IReadOnlyList<string> Unclear)
{
    /// <summary>
    /// Compares what is staged with what the entries that no commit holds yet say was accepted. The accepted content is replayed as line keys from the commit that is checked out,
    /// so it need not have been kept.
    /// </summary>
    /// <param name="repository">The repository.</param>
    /// <param name="entries">The entries that no commit holds yet.</param>
    /// <param name="staged">What is staged.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <returns>One result for each change that has something to say.</returns>
    /// <exception cref="Kernel.Errors.KernelException">git failed.</exception>
    public static async Task<IReadOnlyList<LateEdits>> FindAsync(
        GitRepository repository, IReadOnlyList<Entry> entries, IReadOnlyList<StagedFile> staged, CancellationToken cancellationToken)
    {
        var claims = entries.SelectMany(Claim.Of).ToList();
        claims.Sort(Claim.Compare);
        var blobs = new BlobReader(repository);
        await using var closing = blobs.ConfigureAwait(false);
        var found = new Dictionary<string, LateEdits>(StringComparer.Ordinal);
        foreach (var file in staged)
        {
            Claim[] chain = [.. claims.Where(c => c.File.Path == file.Path)];
            if (chain.Length == 0 || chain[^1].After == (file.Staged ?? Claim.Absent))
                continue;
            var change = chain[^1].Entry.Predicate.Change;
            var sum = found.GetValueOrDefault(change) ?? new LateEdits(change, [], [], []);
            found[change] = await AddAsync(sum, repository, blobs, file, chain, cancellationToken).ConfigureAwait(false);
        }

        return [.. found.Values.Where(static f => f.Edits.Count + f.Partial.Count + f.Unclear.Count > 0)];
    }

    private static async Task<LateEdits> AddAsync(LateEdits sum, GitRepository repository, BlobReader blobs, StagedFile file, Claim[] chain, CancellationToken cancellationToken)
    {
        var accepted = chain[^1].File.After;
        var working = Working(repository, file.Path);
        if (accepted is not null && working is not null && FileDigest.Of(working).Sha256 == accepted.Sha256)
        {
            // The working tree has what was accepted; the index holds a part of it, or the same with other line ends.
            var content = file.Staged is { } id ? await blobs.ReadAsync(id, cancellationToken).ConfigureAwait(false) : null;
            return content is { } same && FileLines.Of(same.Span).Keys.AsSpan().SequenceEqual(FileLines.Of(working).Keys) ? sum : sum with { Partial = [.. sum.Partial, file.Path] };
        }

        var head = file.Head is { } old ? (await blobs.ReadAsync(old, cancellationToken).ConfigureAwait(false))?.ToArray() : [];
        var staged = file.Staged is { } fresh ? (await blobs.ReadAsync(fresh, cancellationToken).ConfigureAwait(false))?.ToArray() : [];
        return head is null || staged is null || Replay(head, file.Head ?? Claim.Absent, chain) is not { } keys || FileLines.Of(staged) is not { Skipped: null } lines
            ? sum with { Unclear = [.. sum.Unclear, file.Path] }
            : sum with { Edits = [.. sum.Edits, Edit(file, accepted, keys, staged, lines.Keys)] };
    }

    /// <summary>The keys of the lines as they were accepted, or null where the entries do not start from the commit that is checked out or do not follow one another.</summary>
    private static List<ulong>? Replay(byte[] head, string headBlob, Claim[] chain)
    {
        if (FileLines.Of(head) is not { Skipped: null } lines)
            return null;
        var keys = lines.Keys.ToList();
        var at = headBlob;
        foreach (var claim in chain)
        {
            if (claim.Before != at || !claim.IsSound)
                return null;
            foreach (var hunk in claim.Hunks.Reverse())
            {
                keys.RemoveRange(hunk.OldStart, hunk.OldLines);
                keys.InsertRange(hunk.OldStart, hunk.Keys);
            }

            at = claim.After;
        }

        return keys;
    }

    private static FileChange Edit(StagedFile file, FileDigest? before, List<ulong> accepted, byte[] content, ulong[] keys) => new()
    {
        Path = file.Path,
        Action = before is null ? FileAction.Create : file.Staged is null ? FileAction.Delete : FileAction.Modify,
        Before = before,
        After = file.Staged is null ? null : FileDigest.Of(content),
        Hunks =
        [
            .. LineDiff.Compute([.. accepted], keys).Select(h => new HunkRecord
            {
                OldStart = h.OldStart + (h.OldLines > 0 ? 1 : 0),
                OldLines = h.OldLines,
                NewStart = h.NewStart + (h.NewLines > 0 ? 1 : 0),
                NewLines = h.NewLines,
                By = HunkAuthor.Human,
                Lines = LineHash.Pack(keys.AsSpan(h.NewStart, h.NewLines)),
            }),
        ],
    };

    private static byte[]? Working(GitRepository repository, string path)
    {
        var file = new FileInfo(Path.Combine(repository.Root, path));
        try
        {
            return file.Exists && file.LinkTarget is null && file.Length <= AttributionOptions.LargestFile ? File.ReadAllBytes(file.FullName) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
