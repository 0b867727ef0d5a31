using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution.Steps;
using Colophon.Provenance.Log;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Attribution.Absent;

/// <summary>
/// Looks for entries that commits brought and that are not in the log: the blobs by which git's history holds them are as good as their files, where a trusted key signed them for just that place.
/// Costs a walk over the log's folders, so it is only made where something is missing.
/// </summary>
internal sealed class AbsentSearch(GitRepository repository, IReadOnlyList<Entry> standing, Func<Entry, bool> trusted, AbsentEntries known)
{
    private readonly ClaimIndex _index = new(standing, trusted);
    private readonly Dictionary<string, Missing> _missing = new(StringComparer.Ordinal);
    private readonly Dictionary<SegmentName, List<string>> _contents = [];
    private readonly Dictionary<string, List<(string Commit, string Blob)>> _leaves = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = known.Places.SelectMany(static p => p.NamedBy).ToHashSet(StringComparer.Ordinal);
    private readonly List<(string Commit, string Path)> _named = [];

    /// <summary>An entry that is not here: its place, the blobs that may be it, and the commits that brought it.</summary>
    private sealed record Missing(EntryPath Place)
    {
        internal List<string> Blobs { get; } = [];

        internal List<string> Commits { get; } = [];

        internal string? Leaf { get; set; }

        internal (SegmentName Segment, string Leaves)? Packed { get; set; }

        internal bool IsUnreadable { get; set; }

        internal Entry? Entry { get; set; }

        internal bool IsAuthentic { get; set; }
    }

    /// <summary>Searches the history that leads to some commits.</summary>
    /// <exception cref="Kernel.Errors.KernelException">git failed.</exception>
    public async Task<AbsentLog> RunAsync(IReadOnlyList<string> tips, CancellationToken cancellationToken)
    {
        await foreach (var added in AddedBlob.ListAsync(repository, tips, known.Places.Count == 0 ? [EntryPath.Streams, EntryPath.Segments] : [EntryPath.Streams, EntryPath.Segments, EntryPath.Heads], cancellationToken).ConfigureAwait(false))
            Note(added);
        var blobs = new BlobReader(repository);
        await using (blobs.ConfigureAwait(false))
        {
            await UnpackAsync(blobs, cancellationToken).ConfigureAwait(false);
            foreach (var leaf in known.Leaves)
            {
                if (_missing.TryGetValue(new EntryPath(leaf.Change, leaf.Stream, leaf.Seq, leaf.Leaf[..12]).Key, out var missing))
                    missing.Leaf ??= leaf.Leaf;
            }

            foreach (var missing in _missing.Values)
                await RecoverAsync(missing, blobs, cancellationToken).ConfigureAwait(false);
        }

        Follow();
        return Outcome();
    }

    private void Note(AddedBlob added)
    {
        if (_names.Contains(added.Path))
            _named.Add((added.Commit, added.Path));
        if (EntryPath.TryParse(added.Path, out var place))
        {
            if (_index.Find(place.Key) is not null)
                return;
            var missing = Get(place);
            missing.Commits.Add(added.Commit);
            if (!missing.Blobs.Contains(added.Blob))
                missing.Blobs.Add(added.Blob);
        }
        else if (EntryPath.TryParse(added.Path, SegmentFile.ContentSuffix, out var content))
        {
            if (!_contents.TryGetValue(content, out var list))
                _contents[content] = list = [];
            list.Add(added.Blob);
        }
        else if (EntryPath.TryParse(added.Path, SegmentFile.LeavesSuffix, out _))
        {
            if (!_leaves.TryGetValue(added.Path, out var list))
                _leaves[added.Path] = list = [];
            list.Add((added.Commit, added.Blob));
        }
    }

    private Missing Get(EntryPath place)
    {
        if (!_missing.TryGetValue(place.Key, out var missing))
            _missing[place.Key] = missing = new Missing(place);
        return missing;
    }

    /// <summary>Entries that were committed packed, so that only the leaves of their segment tell of them.</summary>
    private async Task UnpackAsync(BlobReader blobs, CancellationToken cancellationToken)
    {
        foreach (var (path, places) in _leaves)
        {
            _ = EntryPath.TryParse(path, SegmentFile.LeavesSuffix, out var name);
            foreach (var (commit, blob) in places)
            {
                if (await blobs.ReadAsync(blob, cancellationToken).ConfigureAwait(false) is not { } leaves || leaves.Length != name.Count * Leaf)
                    continue;
                for (var i = 0; i < name.Count; i++)
                {
                    var leaf = Convert.ToHexStringLower(leaves.Span.Slice(i * Leaf, Leaf));
                    var place = new EntryPath(name.Change, name.Stream, name.First + i, leaf[..12]);
                    if (_index.Find(place.Key) is not null)
                        continue;
                    var missing = Get(place);
                    missing.Leaf ??= leaf;
                    if (missing.Blobs.Count == 0)
                    {
                        missing.Packed = (name, path);
                        missing.Commits.Add(commit);
                    }
                }
            }
        }
    }

    private const int Leaf = 32;

    private async Task RecoverAsync(Missing missing, BlobReader blobs, CancellationToken cancellationToken)
    {
        foreach (var blob in missing.Blobs)
        {
            if (missing.Entry is null && await blobs.ReadAsync(blob, cancellationToken).ConfigureAwait(false) is { } bytes)
                Take(missing, bytes.ToArray());
        }

        if (missing.Packed is not { Segment: var segment })
            return;
        foreach (var blob in _contents.GetValueOrDefault(segment, []))
        {
            if (missing.Entry is null && await blobs.ReadAsync(blob, cancellationToken).ConfigureAwait(false) is { } packed && Unpacked(segment, packed) is { } content)
                Take(missing, content.Entries[(int)(missing.Place.Seq - segment.First)]);
        }
    }

    // The entries of a segment come one after the other.
    private (SegmentName Name, SegmentContent? Content) _unpacked;

    private SegmentContent? Unpacked(SegmentName name, ReadOnlyMemory<byte> packed)
    {
        if (_unpacked.Name == name)
            return _unpacked.Content;
        SegmentContent? content = null;
        try
        {
            content = SegmentContent.Of(packed.ToArray()) is var read && read.Entries.Count == name.Count ? read : null;
        }
        catch (IOException)
        {
            // Not a segment's content: it gives nothing back.
        }

        _unpacked = (name, content);
        return content;
    }

    private void Take(Missing missing, ReadOnlyMemory<byte> file)
    {
        var place = missing.Place;
        var path = Path.Combine(repository.Root, $"{EntryPath.Streams}{place.Change}/{place.Key}");
        if (file.Length > EntryFile.MaximumBytes || !EntryFile.TryParse(file, path, out var entry, out _) || !entry.Leaf.StartsWith(missing.Leaf ?? place.Leaf12, StringComparison.Ordinal))
        {
            missing.IsUnreadable = true;
            return;
        }

        missing.Entry = entry;
        missing.IsAuthentic = known.IsAuthentic(place.Change, place.Stream, new EntryName(place.Seq, place.Leaf12, path), file);
    }

    /// <summary>What history gave back speaks only where it fits what stands beside it: one entry a place, each after the one before.</summary>
    private void Follow()
    {
        var believed = standing.Where(trusted).Select(static e => e.Predicate).Concat(_missing.Values.Where(static m => m.IsAuthentic).Select(static m => m.Entry?.Predicate).OfType<Predicate>());
        var next = believed.ToLookup(static p => (p.Change, p.Stream, p.Seq - 1), static p => p.Prev);
        var leaves = standing.Where(trusted).Concat(_missing.Values.Where(static m => m.IsAuthentic).Select(static m => m.Entry).OfType<Entry>())
            .ToLookup(static e => (e.Predicate.Change, e.Predicate.Stream, e.Predicate.Seq), static e => e.Leaf);
        foreach (var missing in _missing.Values.Where(static m => m.IsAuthentic).ToArray())
        {
            if (missing.Entry is not { } entry)
                continue;
            var place = (missing.Place.Change, missing.Place.Stream, missing.Place.Seq);
            var before = leaves[(place.Change, place.Stream, place.Seq - 1)];
            missing.IsAuthentic = leaves[place].Distinct(StringComparer.Ordinal).Count() == 1 && next[place].All(prev => prev == entry.Leaf) && (!before.Any() || before.Contains(entry.Predicate.Prev));
        }
    }

    private AbsentLog Outcome()
    {
        var recovered = _missing.Values.Select(static m => m.Entry).OfType<Entry>().ToArray();
        var left = standing.Where(trusted).Concat(_missing.Values.Where(static m => m.IsAuthentic).Select(static m => m.Entry).OfType<Entry>())
            .Where(static e => e.Predicate.Kind == EntryKind.Compaction).SelectMany(static e => Compactions.Read(e.Predicate)).Where(static c => c.Left).DistinctBy(static c => (c.Name, c.IsPruned))
            .ToLookup(static c => (c.Name.Change, c.Name.Stream));
        var (speaking, pruned) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var lost = new Dictionary<string, (UnknownReason Reason, long Count)>(StringComparer.Ordinal);
        foreach (var missing in _missing.Values)
        {
            var said = left[(missing.Place.Change, missing.Place.Stream)].Where(c => missing.Place.Seq >= c.Name.First && missing.Place.Seq <= c.Name.Last).ToArray();
            if (missing.Entry is { } entry)
            {
                if (Array.Exists(said, static c => c.IsPruned))
                    pruned.Add(entry.Leaf);
                else if (missing.IsAuthentic)
                    speaking.Add(entry.Leaf);
            }
            else if (missing.Place.MayChangeFiles)
            {
                lost[missing.Place.Key] = (Array.Exists(said, static c => c.IsPruned) ? UnknownReason.EntryPruned
                    : said.Length > 0 ? UnknownReason.EntryArchived
                    : missing.IsUnreadable || File.Exists(Path.Combine(repository.Root, $"{EntryPath.Streams}{missing.Place.Change}/{missing.Place.Key}")) ? UnknownReason.EntryUnreadable : UnknownReason.EntryDeleted, 1);
            }
        }

        var (places, commits) = (new List<(string Key, LostPlaces Places)>(), _named.ToLookup(static n => n.Path, static n => n.Commit, StringComparer.Ordinal));
        var held = _missing.Values.Select(static m => (m.Place.Change, m.Place.Stream, m.Place.Seq)).Distinct().ToLookup(static p => (p.Change, p.Stream), static p => p.Seq);
        foreach (var of in known.Places)
        {
            // What a commit did hold is that commit's.
            var count = of.Last - of.First + 1 - held[(of.Change, of.Stream)].Count(seq => seq >= of.First && seq <= of.Last);
            if (count <= 0)
                continue;
            var key = $"{of.Change}/{of.Stream}/{of.First}-{of.Last}";
            lost[key] = (UnknownReason.EntryDeleted, count);
            places.Add((key, of));
        }

        var gone = _missing.Values.Where(m => lost.ContainsKey(m.Place.Key)).ToArray();
        return new AbsentLog
        {
            IsComplete = true,
            Recovered = recovered,
            Speaking = speaking,
            Pruned = pruned,
            Lost = lost,
            LostIn = gone.SelectMany(static m => m.Commits.Select(c => (Commit: c, m.Place.Key))).Concat(places.SelectMany(p => p.Places.NamedBy.SelectMany(n => commits[n]).Select(c => (Commit: c, p.Key)))).ToLookup(static c => c.Commit, static c => c.Key, StringComparer.Ordinal),
            LostNames = gone.Select(static m => m.Packed?.Leaves).OfType<string>().Concat(places.SelectMany(static p => p.Places.NamedBy)).ToHashSet(StringComparer.Ordinal),
        };
    }
}
