using System.Collections.Immutable;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Verify;

/// <summary>Checks the heads: who signed them, that none is missing between them, and that every stream they name is here and as long.</summary>
internal sealed class HeadsCheck
{
    private static readonly ImmutableSortedDictionary<string, StreamHead> Nothing = ImmutableSortedDictionary.Create<string, StreamHead>(StringComparer.Ordinal);

    private readonly Action<EntryStatus, string, string> _report;
    private readonly Dictionary<string, (HeadsNote Note, string Path)> _notes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableSortedDictionary<string, StreamHead>?> _states = new(StringComparer.Ordinal);

    internal HeadsCheck(IEnumerable<string> paths, Action<EntryStatus, string, string> report)
    {
        _report = report;
        foreach (var path in paths)
        {
            if (!HeadsNote.TryParse(BoundedFile.ReadNote(path), out var note))
                report(EntryStatus.Malformed, path, "It is not a heads note.");
            else if (Path.GetFileName(path) != note.FileName)
                report(EntryStatus.CheckpointMismatch, path, "Its name is not that of the state it vouches for.");
            else
                _notes[note.Hash] = (note, path);
        }
    }

    /// <summary>The sizes at which a stream's root will be asked for.</summary>
    internal ILookup<string, long> Wanted => _notes.Values.SelectMany(static n => n.Note.Moved).ToLookup(static h => h.Key, static h => h.Size, StringComparer.Ordinal);

    /// <summary>The lengths of streams that notes by trusted keys name, once these are checked, and the notes' files.</summary>
    internal ILookup<string, (long Size, string Path)> Sound { get; private set; } = Array.Empty<string>().ToLookup(static s => s, static _ => (0L, ""));

    /// <summary>All streams as of a note that is here with all it builds on; null for any other.</summary>
    internal IReadOnlyDictionary<string, StreamHead>? StateOf(string hash) => _notes.ContainsKey(hash) ? State(hash) : null;

    internal void Run(NoteCheck check, string? repo, IReadOnlyDictionary<string, StreamFacts> streams)
    {
        var built = _notes.Values.SelectMany(static n => n.Note.Priors).ToHashSet(StringComparer.Ordinal);
        var covered = new Dictionary<string, long>(StringComparer.Ordinal);
        var sound = new List<(HeadsNote Note, string Path)>();
        foreach (var (note, path) in _notes.Values)
        {
            if (repo is not null && note.Checkpoint.Origin != NoteNames.Heads(repo))
            {
                _report(EntryStatus.CheckpointMismatch, path, "It belongs to another log.");
                continue;
            }

            if (check.Fault(note.Note, out _) is { } fault)
            {
                _report(fault.Status, path, fault.Message);
                continue;
            }

            if (note.Priors.Any(p => !_notes.ContainsKey(p)))
                _report(EntryStatus.Gap, path, "The heads it builds on are not here.");
            else if (!built.Contains(note.Hash) && State(note.Hash) is { } state && !HeadsNote.Root(state.Values).AsSpan().SequenceEqual(note.Checkpoint.Root.Span))
                _report(EntryStatus.CheckpointMismatch, path, "Its root is not that of the streams it names.");
            sound.Add((note, path));
            Streams(note, path, streams);
            foreach (var head in note.Moved)
                covered[head.Key] = Math.Max(head.Size, covered.GetValueOrDefault(head.Key));
        }

        Sound = sound.SelectMany(static n => n.Note.Moved.Select(h => (h.Key, Named: (h.Size, n.Path)))).ToLookup(static h => h.Key, static h => h.Named, StringComparer.Ordinal);
        Consistent(sound, streams);
        // A seal writes both, so a checkpoint without heads means that the heads were taken away, perhaps with another stream.
        foreach (var folder in streams.Values.Select(static s => s.Folder))
        {
            if (folder.Checkpoints.Count > 0 && folder.Checkpoints[^1].Size > covered.GetValueOrDefault(folder.Key))
                _report(EntryStatus.Unanchored, folder.Checkpoints[^1].Path, "No heads cover it.");
        }
    }

    /// <summary>Two notes by trusted keys that vouch for one size of a stream must vouch for one root, whether or not its entries are here to tell which is right.</summary>
    private void Consistent(IReadOnlyList<(HeadsNote Note, string Path)> sound, IReadOnlyDictionary<string, StreamFacts> streams)
    {
        var roots = new Dictionary<(string Key, long Size), string>();
        foreach (var stream in streams.Values)
        {
            foreach (var (size, root) in stream.Vouched)
                roots[(stream.Folder.Key, size)] = root;
        }

        foreach (var (note, path) in sound)
        {
            foreach (var head in note.Moved)
            {
                if (!roots.TryAdd((head.Key, head.Size), head.Root) && roots[(head.Key, head.Size)] != head.Root)
                    _report(EntryStatus.CheckpointMismatch, path, $"Another note vouches for another root of the first {head.Size} entries of '{head.Key}'.");
            }
        }
    }

    private void Streams(HeadsNote note, string path, IReadOnlyDictionary<string, StreamFacts> streams)
    {
        foreach (var head in note.Moved)
        {
            if (!streams.TryGetValue(head.Key, out var stream) || stream.Length == 0)
                _report(EntryStatus.Gap, path, $"The stream '{head.Key}' with {head.Size} entries is not here.");
            else if (stream.Length < head.Size)
                _report(EntryStatus.Truncated, path, $"The stream '{head.Key}' had {head.Size} entries; the last one here is {stream.Length}.");
            else if (stream.Roots.TryGetValue(head.Size, out var root) && root != head.Root)
                _report(EntryStatus.CheckpointMismatch, path, $"The stream '{head.Key}' is not the one it names.");
        }
    }

    /// <summary>All heads as of one note, or null where a prior is missing or the notes run in a circle.</summary>
    private ImmutableSortedDictionary<string, StreamHead>? State(string tip)
    {
        var pending = new Stack<string>([tip]);
        var open = new HashSet<string>(StringComparer.Ordinal);
        while (pending.TryPeek(out var hash))
        {
            if (_states.ContainsKey(hash) || !_notes.TryGetValue(hash, out var note))
            {
                _states.TryAdd(hash, null);
                pending.Pop();
            }
            else if (open.Add(hash))
            {
                foreach (var prior in note.Note.Priors)
                    pending.Push(prior);
            }
            else
            {
                _states[hash] = Join(note.Note);
                pending.Pop();
            }
        }

        return _states[tip];
    }

    private ImmutableSortedDictionary<string, StreamHead>? Join(HeadsNote note)
    {
        var state = Nothing;
        foreach (var prior in note.Priors)
        {
            if (_states.GetValueOrDefault(prior) is not { } before)
                return null;
            state = state.IsEmpty ? before : before.Values.Aggregate(state, Newer);
        }

        return note.Moved.Aggregate(state, Newer);
    }

    private static ImmutableSortedDictionary<string, StreamHead> Newer(ImmutableSortedDictionary<string, StreamHead> state, StreamHead head) =>
        state.TryGetValue(head.Key, out var old) && !head.IsOver(old) ? state : state.SetItem(head.Key, head);
}
