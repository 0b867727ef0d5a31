using Colophon.Provenance.Log;

namespace Colophon.Provenance.Verify;

/// <summary>What is known of a stream after its entries were checked.</summary>
/// <param name="Folder">The stream.</param>
/// <param name="Entries">Its entries by place.</param>
/// <param name="Roots">The Merkle root at each size somebody asked for, as far as the entries are all here and read.</param>
internal sealed record StreamFacts(StreamFolder Folder, IReadOnlyList<EntryFacts> Entries, IReadOnlyDictionary<long, string> Roots)
{
    /// <summary>The roots that checkpoints by trusted keys vouch for, by size.</summary>
    internal Dictionary<long, string> Vouched { get; } = [];

    /// <summary>Who wrote its entries; null where of some only leaves are left.</summary>
    internal IReadOnlySet<string>? Authors { get; } = Entries.Any(static e => e.IsLeafOnly) ? null : Entries.Select(static e => e.KeyId).ToHashSet(StringComparer.Ordinal);

    /// <summary>The highest place in the stream.</summary>
    internal long Length => Entries.Count == 0 ? 0 : Entries[^1].Name.Seq;
}

/// <summary>Checks how a stream's entries follow one another, and its checkpoints.</summary>
internal sealed class StreamCheck(NoteCheck notes, string? repo, Action<EntryStatus, string, string> report)
{
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(5);

    internal StreamFacts Run(StreamFolder folder, IReadOnlyList<EntryFacts> entries, IEnumerable<long> wanted)
    {
        foreach (var oddity in folder.Oddities)
            report(EntryStatus.Malformed, oddity, "This has no business in a stream: it is no entry or checkpoint, or a symbolic link.");
        Chain(entries);
        Replays(entries);
        var stream = new StreamFacts(folder, entries, Roots(entries, [.. wanted, .. folder.Checkpoints.Select(static c => c.Size)]));
        var anchored = 0L;
        foreach (var (size, path) in folder.Checkpoints)
            anchored = Checkpoint(stream, size, path) ? Math.Max(anchored, size) : anchored;
        foreach (var entry in entries)
        {
            if (entry.Name.Seq > anchored)
                entry.Fail(EntryStatus.Unanchored, "No checkpoint covers it yet.");
        }

        return stream;
    }

    private static void Chain(IReadOnlyList<EntryFacts> entries)
    {
        EntryFacts[] before = [];
        foreach (var place in entries.GroupBy(static e => e.Name.Seq))
        {
            EntryFacts[] here = [.. place];
            if (before.Length > 0 && before[0].Name.Seq != place.Key - 1)
                before = [];
            var leaves = before.Select(static b => b.LeafHex).ToHashSet(StringComparer.Ordinal);
            foreach (var entry in here)
            {
                if (here.Length > 1)
                    entry.Fail(EntryStatus.Fork, $"{here.Length} entries claim place {place.Key}: two copies of one working copy wrote this stream, or somebody rewrote it.");
                if (entry is { IsReadable: true, IsLeafOnly: false } && place.Key > 1)
                    Follow(entry, before, leaves);
            }

            before = here;
        }
    }

    private static void Follow(EntryFacts entry, EntryFacts[] before, HashSet<string> leaves)
    {
        if (before.Length == 0)
            entry.Fail(EntryStatus.Gap, $"The entry before it, at place {entry.Name.Seq - 1}, is not here.");
        else if (!leaves.Contains(entry.Prev ?? "") && Array.TrueForAll(before, static b => b.IsReadable))
            entry.Fail(EntryStatus.ChainBroken, "It does not follow the entry before it.");
        else if (before.Length == 1 && before[0].IsReadable && !before[0].IsLeafOnly && before[0].RecordedAt - entry.RecordedAt > ClockSlack)
            entry.Fail(EntryStatus.ClockAnomaly, "It claims to be older than the entry before it.");
    }

    // An id is drawn once; an entry that carries one again was made from the first.
    private static void Replays(IReadOnlyList<EntryFacts> entries)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.Id.Length > 0 && !ids.Add(entry.Id))
                entry.Fail(EntryStatus.ChainBroken, "Its id stands in this stream before.");
        }
    }

    // Stops at the first place that is missing, doubled or unreadable: what lies behind has its own status already.
    internal static Dictionary<long, string> Roots(IReadOnlyList<EntryFacts> entries, HashSet<long> wanted)
    {
        var roots = new Dictionary<long, string>();
        var range = new CompactRange();
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Name.Seq != range.Size + 1 || (i + 1 < entries.Count && entries[i + 1].Name.Seq == range.Size + 1) || entries[i] is not { IsReadable: true, Leaf: { } leaf })
                break;
            range.Append(leaf);
            if (wanted.Contains(range.Size))
                roots[range.Size] = Convert.ToHexStringLower(range.Root());
        }

        return roots;
    }

    private bool Checkpoint(StreamFacts stream, long size, string path)
    {
        if (!StreamCheckpoint.TryRead(path, out var note, out var checkpoint))
            return Refuse(EntryStatus.Malformed, "It is not a checkpoint.");
        var origin = NoteNames.Stream(repo ?? "", stream.Folder.Change, stream.Folder.Stream);
        if (repo is not null && (checkpoint.Origin != origin || checkpoint.Size != size))
            return Refuse(EntryStatus.CheckpointMismatch, "It belongs to another stream or another size.");
        if (notes.Fault(note, out var signers) is { } fault)
            return Refuse(fault.Status, fault.Message);
        stream.Vouched[size] = Convert.ToHexStringLower(checkpoint.Root.Span);
        if (stream.Length < size)
            return Refuse(EntryStatus.Truncated, $"It vouches for {size} entries; the last one here is {stream.Length}.");
        // Who wrote the entries of which only leaves are left is not known.
        if (stream.Authors is { } authors && !signers.Any(authors.Contains))
            return Refuse(EntryStatus.CheckpointMismatch, "Its signer wrote nothing in this stream.");
        // Without a root the stream is incomplete, or changed, before that size: the entries say so.
        return !stream.Roots.TryGetValue(size, out var root) || root == stream.Vouched[size]
            || Refuse(EntryStatus.CheckpointMismatch, "Its root is not that of the entries.");

        bool Refuse(EntryStatus status, string message)
        {
            report(status, path, message);
            return false;
        }
    }
}
