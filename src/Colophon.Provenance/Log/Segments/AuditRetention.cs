using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Kernel.Paths;
using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Log;

/// <summary>
/// Makes old entries smaller, moves them away, deletes them. Each step is recorded by a signed entry before anything goes, so entries stay accounted for by their leaves, and a crash
/// at any moment leaves a log that verifies and that the next run finishes. A stream's last entry, and what no checkpoint covers, always keeps a file of its own.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="repository">Its repository.</param>
/// <param name="options">How the log is opened.</param>
public sealed class AuditRetention(AuditLog log, GitRepository repository, AuditOptions options)
{
    /// <summary>No payload is deleted before it is this old, whatever the configuration says.</summary>
    public static readonly TimeSpan PruneAtLeast = TimeSpan.FromDays(183);

    // An entry names at most so many segments, so that it stays far below the size that is read.
    private const int SegmentsAnEntry = 256;

    private readonly AuditLayout _layout = new(repository.Root, options.Archives);

    /// <summary>Packs entries into segments: they stay in the tree, smaller, and verify as before.</summary>
    /// <exception cref="ProvenanceException">The key may not sign.</exception>
    /// <exception cref="Kernel.Errors.KernelException">Nothing can be written, or another process is at it.</exception>
    public async Task<RetentionReport> CompressAsync(RetentionRequest request, SigningKey key, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken).ConfigureAwait(false);
        if (!request.DryRun)
        {
            Guard();
            Finish();
        }

        var drafts = AuditTree.Streams(_layout, []).SelectMany(folder => Packed(folder, request.Before)).ToArray();
        var done = new List<RetainedSegment>();
        foreach (var batch in drafts.Chunk(SegmentsAnEntry))
        {
            done.AddRange(batch.Select(draft => new RetainedSegment(
                draft.Name.ToString(), draft.Entries.Count, draft.PlainBytes, request.DryRun ? draft.PlainBytes : draft.Write(_layout))));
            if (request.DryRun)
                continue;
            await RecordAsync(CompactionAction.Compress, request.Actor, batch.Select(static d => (d.Name, d.LeavesHash, d.ContentHash)), key, cancellationToken).ConfigureAwait(false);
            foreach (var draft in batch)
                DropLoose(draft.Name);
        }

        return new RetentionReport(done, []);
    }

    /// <summary>Moves the content of segments to a folder outside the tree; their leaves stay. Verifying finds the content where it is told that folder.</summary>
    /// <param name="request">What is taken; whatever is old enough and not packed yet is packed first.</param>
    /// <param name="folder">Where to, absolute.</param>
    /// <param name="key">Signs the entry that says so.</param>
    /// <param name="cancellationToken">Cancels between two segments.</param>
    /// <exception cref="ProvenanceException">The key may not sign, or the folder holds another file of a segment's name.</exception>
    /// <exception cref="Kernel.Errors.KernelException">Nothing can be written, or another process is at it.</exception>
    public async Task<RetentionReport> ArchiveAsync(RetentionRequest request, string folder, SigningKey key, CancellationToken cancellationToken)
    {
        if (!request.DryRun)
            await CompressAsync(request, key, cancellationToken).ConfigureAwait(false);
        using var held = await LockAsync(cancellationToken).ConfigureAwait(false);
        var (taken, kept) = Old(request.Before, inTree: true);
        if (!request.DryRun)
        {
            foreach (var segment in taken)
                Copy(segment, AuditLayout.ArchivePath(folder, segment.Name));
        }

        return await LeaveAsync(CompactionAction.Archive, request, taken, kept, static _ => [], key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the content of segments, in the tree and in the archives that are known; their leaves stay and count as archived.</summary>
    /// <param name="request">What is taken; see <see cref="PruneAtLeast"/>.</param>
    /// <param name="isNeeded">Whether an entry must stay because something still stands on it.</param>
    /// <param name="key">Signs the entry that says so.</param>
    /// <param name="cancellationToken">Cancels before anything is deleted.</param>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.RetentionTooShort"/>, or the key may not sign.</exception>
    /// <exception cref="Kernel.Errors.KernelException">Nothing can be written, or another process is at it.</exception>
    public async Task<RetentionReport> PruneAsync(RetentionRequest request, Func<Entry, bool> isNeeded, SigningKey key, CancellationToken cancellationToken)
    {
        if (request.Before > options.Time.GetUtcNow() - PruneAtLeast)
            throw new ProvenanceException(ProvenanceError.RetentionTooShort, $"Entries younger than {PruneAtLeast.TotalDays} days are not deleted.", "Archive them instead: `colophon audit archive`.");
        using var held = await LockAsync(cancellationToken).ConfigureAwait(false);
        var (old, kept) = Old(request.Before, inTree: false);
        var taken = new List<SegmentFile>();
        foreach (var segment in old)
        {
            var needed = Enumerable.Range(0, (int)segment.Name.Count).Count(i => Read(segment, segment.Name.First + i) is { } entry && isNeeded(entry));
            if (needed == 0)
                taken.Add(segment);
            else
                kept.Add((segment.Name.ToString(), $"{needed} of its entries still {(needed == 1 ? "speaks" : "speak")} for lines that stand today"));
        }

        return await LeaveAsync(CompactionAction.Prune, request, taken, kept, s => _layout.SegmentPaths(s.Name).Skip(1), key, cancellationToken).ConfigureAwait(false);
    }

    private static Entry? Read(SegmentFile segment, long seq) => new EntryName(seq, "", "", segment).TryRead(out var entry) ? entry : null;

    private async Task<RetentionReport> LeaveAsync(
        CompactionAction action, RetentionRequest request, IReadOnlyList<SegmentFile> segments, List<(string, string)> kept, Func<SegmentFile, IEnumerable<string>> alsoDeleted, SigningKey key, CancellationToken cancellationToken)
    {
        var done = segments.Select(s => new RetainedSegment(s.Name.ToString(), s.Name.Count, new FileInfo(s.ContentPath ?? s.LeavesPath).Length, request.DryRun ? new FileInfo(s.ContentPath ?? s.LeavesPath).Length : 0)).ToArray();
        if (request.DryRun)
            return new RetentionReport(done, kept);
        foreach (var batch in segments.Chunk(SegmentsAnEntry))
        {
            await RecordAsync(action, request.Actor, batch.Select(static s => (s.Name, s.LeavesHash, s.Content().Hash)), key, cancellationToken).ConfigureAwait(false);
            foreach (var path in batch.SelectMany(s => alsoDeleted(s).Prepend(_layout.SegmentPath(s.Name, SegmentFile.ContentSuffix))))
                File.Delete(path);
        }

        return new RetentionReport(done, kept);
    }

    private async Task RecordAsync(CompactionAction action, Actor actor, IEnumerable<(SegmentName, string, string)> segments, SigningKey key, CancellationToken cancellationToken)
    {
        await log.AppendAsync(
            new EntryDraft { Kind = EntryKind.Compaction, Id = EntryDraft.NewId(), Change = Compactions.Change, Actor = actor, Witnessed = Compactions.Say(action, segments) }, key, cancellationToken).ConfigureAwait(false);
        await log.SealAsync(key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The runs of a stream's entries with files of their own that are old enough, in segments.</summary>
    private static IEnumerable<SegmentDraft> Packed(StreamFolder folder, DateTimeOffset before)
    {
        var anchored = Math.Min(folder.Checkpoints.Count == 0 ? 0 : folder.Checkpoints[^1].Size, folder.Entries.Count == 0 ? 0 : folder.Entries[^1].Seq - 1);
        SegmentDraft? draft = null;
        foreach (var name in folder.Entries)
        {
            if (name.Segment is not null || name.Seq > anchored || Bytes(name) is not { } file || !EntryFile.TryParse(file, name.Path, out var entry, out _) || entry.Predicate.RecordedAt >= before || !entry.Leaf.StartsWith(name.Leaf12, StringComparison.Ordinal))
            {
                if (draft is not null)
                    yield return draft;
                draft = null;
                continue;
            }

            if (draft is not null && (draft.Entries[^1].Seq != name.Seq - 1 || !draft.HasRoomFor(file.Length)))
            {
                yield return draft;
                draft = null;
            }

            draft ??= new SegmentDraft { Change = folder.Change, Stream = folder.Stream };
            draft.Add(name, entry, file);
        }

        if (draft is not null)
            yield return draft;
    }

    // A checkout may have added carriage returns; the segment has the bytes as they were written.
    private static byte[]? Bytes(EntryName name)
    {
        var file = BoundedFile.ReadOrNothing(name.Path, EntryFile.MaximumBytes);
        return file.Length == 0 ? null : file.AsSpan().Contains((byte)'\r') ? [.. file.Where(static b => b != '\r')] : file;
    }

    private (List<SegmentFile> Old, List<(string Segment, string Reason)> Kept) Old(DateTimeOffset before, bool inTree)
    {
        var old = new List<SegmentFile>();
        var kept = new List<(string, string)>();
        var deleted = inTree ? [] : log.Entries(Compactions.Change).SelectMany(static e => Compactions.Read(e.Predicate)).Where(static s => s.IsPruned).Select(static s => s.Name.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var segment in AuditTree.Streams(_layout, []).SelectMany(static f => f.Segments))
        {
            if (segment.ContentPath is null && !inTree && !deleted.Contains(segment.Name.ToString()))
                kept.Add((segment.Name.ToString(), "its content is not here; retention.archive names the folder that it was moved to"));
            if (segment.ContentPath is not { } path || (inTree && path != _layout.SegmentPath(segment.Name, SegmentFile.ContentSuffix)))
                continue;
            Entry?[] entries = [.. Enumerable.Range(0, (int)segment.Name.Count).Select(i => Read(segment, segment.Name.First + i))];
            if (Array.Exists(entries, static e => e is null))
                kept.Add((segment.Name.ToString(), "it cannot be read; `colophon audit verify` says why"));
            else if (Array.TrueForAll(entries, e => e?.Predicate.RecordedAt < before) && Array.Exists(entries, static e => Explains(e?.Predicate.Kind)))
                kept.Add((segment.Name.ToString(), "it says what verifying other entries needs, or holds a verdict on a change"));
            else if (Array.TrueForAll(entries, e => e?.Predicate.RecordedAt < before))
                old.Add(segment);
        }

        return (old, kept);
    }

    // Without them other entries would look as if something had been taken away; and a verdict that is gone could be a request for changes.
    private static bool Explains(EntryKind? kind) => kind is EntryKind.Compaction or EntryKind.Redaction or EntryKind.GapAck or EntryKind.KeyEvent or EntryKind.Approval;

    private static void Copy(SegmentFile segment, string target)
    {
        var bytes = BoundedFile.Read(segment.ContentPath ?? "", SegmentFile.MostBytes);
        if (!AtomicFile.TryCreate(target, bytes) && SegmentContent.Read(target).Hash != segment.Content().Hash)
            throw new ProvenanceException(ProvenanceError.LogUnavailable, $"'{target}' exists and holds something else.", "Archive into another folder, or move that file away.");
    }

    // A run before may have been killed between saying so and deleting.
    private void Finish()
    {
        var said = log.Entries(Compactions.Change).Where(static e => e.Predicate.Kind == EntryKind.Compaction).SelectMany(static e => Compactions.Read(e.Predicate));
        foreach (var segment in said.DistinctBy(static s => s.Name))
            DropLoose(segment.Name);
    }

    /// <summary>Deletes the files of entries that a segment holds byte for byte.</summary>
    private void DropLoose(SegmentName name)
    {
        if (SegmentFile.Open(_layout, name) is not { ContentPath: not null } segment)
            return;
        for (var seq = name.First; seq <= name.Last; seq++)
        {
            if (Read(segment, seq) is not { } packed || !segment.Leaf(seq).SequenceEqual(Convert.FromHexString(packed.Leaf)))
                return;
            var path = Path.Combine(_layout.Stream(name.Change, name.Stream), AuditLayout.EntryName(seq, packed.Leaf));
            if (EntryFile.TryReadFile(path, out var loose) && loose.Leaf == packed.Leaf && loose.Signatures.Count <= packed.Signatures.Count)
                File.Delete(path);
        }
    }

    // A repository may hold a symbolic link where our folder should be.
    private void Guard() => new Workspace(repository.Root).Resolve(WorkspacePath.Parse(Path.GetRelativePath(repository.Root, _layout.Segments)));

    private Task<FileLock> LockAsync(CancellationToken cancellationToken) =>
        FileLock.AcquireAsync(Path.Combine(repository.PrivateDirectory, "retention.lock"), options.Patience, options.Time, cancellationToken);
}
