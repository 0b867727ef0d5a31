using System.Security.Cryptography;
using System.Text;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;

namespace Colophon.Provenance.Log;

/// <summary>
/// Which streams this worktree writes, and how far they go. A worktree remembers every stream it began; it goes on with one whose last entry stands in the tree now, and begins
/// another where none does (another branch is checked out, or the repository was copied).
/// </summary>
/// <remarks>
/// What is on disk is as of the last <see cref="Settle"/>; the journal has what came since. Used under the log's lock, but for <see cref="Recent"/>.
/// </remarks>
internal sealed class StreamStore
{
    private readonly AuditLayout _layout;
    private readonly string _directory;
    private readonly Spool _spool;
    private readonly StreamTips _tips;
    private readonly Dictionary<string, StreamState> _states = new(StringComparer.Ordinal);
    private int _taken;

    internal StreamStore(GitRepository repository, AuditLayout layout)
    {
        // Where the worktree's folder is and when it was made are part of the key, so that a copy of a repository never writes its original's streams: neither elsewhere nor, restored
        // from a backup, in its place.
        var worktree = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{repository.GitDirectory}\0{FolderBirth.Of(repository.GitDirectory)}")))[..16];
        (_layout, _directory) = (layout, Path.Combine(repository.PrivateDirectory, "streams", worktree));
        _spool = new Spool(Path.Combine(repository.PrivateDirectory, "spool", worktree), repository.Root);
        _tips = new StreamTips(layout, Path.Combine(repository.GitDirectory, "index"), Path.Combine(repository.PrivateDirectory, "tips", worktree));
    }

    internal bool HasPending => _spool.HasPending;

    internal Spool Spool => _spool;

    internal string WorktreeKey => Path.GetFileName(_directory);

    private string UnsealedPath => Path.Combine(_directory, "unsealed");

    /// <summary>How far the streams in the tree go.</summary>
    internal StreamTips Tips => _tips;

    /// <summary>Takes in what other processes wrote since, and puts into the tree what one of them was killed before it could.</summary>
    internal void CatchUp()
    {
        if (_spool.Look())
        {
            _states.Clear();
            _taken = 0;
        }

        for (; _taken < _spool.Entries.Count; _taken++)
        {
            var entry = _spool.Entries[_taken];
            if (!Stands(entry) && IsOwed(entry))
                AtomicFile.Write(entry.Target, entry.Read());
            if (KeyOf(entry) is { } key && _states.TryGetValue(key, out var state))
                Take(state, entry);
        }
    }

    /// <summary>The stream to go on with, or null; and what was remembered of a stream whose end is not here.</summary>
    internal StreamState? Find(string change, out EntryReference? lost)
    {
        lost = null;
        var folder = new DirectoryInfo(Path.Combine(_directory, change));
        if (!folder.Exists)
            return null;
        foreach (var file in folder.EnumerateFiles("*.state").OrderByDescending(static f => f.LastWriteTimeUtc).ThenBy(static f => f.Name, StringComparer.Ordinal))
        {
            if (State($"{change}/{Path.GetFileNameWithoutExtension(file.Name)}") is not { } state)
                continue;
            if (state.Last is not { } last || File.Exists(EntryPath(last)))
                return state;
            lost ??= last;
        }

        return null;
    }

    /// <summary>A new stream; remembered at once, so that a killed process' first entry is found again.</summary>
    internal StreamState Begin(string change)
    {
        var state = new StreamState { Change = change, Stream = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)) };
        state.Write(StatePath($"{change}/{state.Stream}"));
        return _states[$"{change}/{state.Stream}"] = state;
    }

    /// <summary>Writes the next entry of a stream: durable in the journal, then visible in the tree.</summary>
    /// <returns>The entry's file.</returns>
    internal string Append(StreamState state, string leaf, Predicate predicate, byte[] file)
    {
        if (_spool.IsFullFor(file.Length))
            Settle();
        var path = EntryPath(new EntryReference(state.Change, state.Stream, predicate.Seq, leaf));
        _spool.Put(path, file, new SpooledFacts(leaf, predicate.Id, predicate.Actor.KeyId));
        try
        {
            AtomicFile.WriteUnflushed(path, file);
        }
        catch
        {
            // The caller is told that nothing was appended, so nobody may finish it later.
            _spool.Withdraw();
            throw;
        }

        _spool.Place();
        _taken = _spool.Entries.Count;
        state.Take(leaf, predicate);
        _tips.Wrote(state.Change, state.Stream, state.Size, leaf);
        return path;
    }

    /// <summary>Flushes what is in the journal to where it belongs, then forgets it.</summary>
    internal void Settle()
    {
        CatchUp();
        if (_spool.Entries.Count == 0)
            return;
        string[] keys = [.. _spool.Entries.Select(KeyOf).OfType<string>().Distinct(StringComparer.Ordinal)];
        foreach (var entry in _spool.Entries)
            AtomicFile.Flush(entry.Target);
        foreach (var key in keys)
        {
            if (Directory.Exists(Path.Combine(_layout.Streams, key)))
                AtomicFile.FlushDirectory(Path.Combine(_layout.Streams, key));
            if (State(key) is { } state)
                Save(state);
        }

        KeepUnsealed([.. Lines().Where(l => !keys.Contains(l.Split(' ')[0], StringComparer.Ordinal)), .. keys]);
        _spool.Clear();
        _taken = 0;
    }

    /// <summary>The streams of this worktree that have entries no checkpoint covers or the heads may lack, as of the last <see cref="Settle"/>.</summary>
    internal IReadOnlyList<StreamState> Unsealed() => [.. Lines().Select(static l => l.Split(' ')[0]).Select(State).OfType<StreamState>()];

    /// <summary>Notes a stream's checkpoint.</summary>
    internal void Sealed(StreamState state)
    {
        state.Sealed = state.Size;
        Save(state);
        _tips.Sealed(state.Change, state.Stream, state.Size, state.LastLeaf ?? "");
    }

    /// <summary>Whether there are streams with entries that no checkpoint covers and no seal has left alone. Only looks, so it needs no lock.</summary>
    internal bool HasUnsealed => Lines().Any(static l => !l.Contains(' ', StringComparison.Ordinal));

    /// <summary>Notes which streams still have entries that no checkpoint covers.</summary>
    /// <param name="lines">A stream each, and the key whose seal left it alone.</param>
    internal void KeepUnsealed(IReadOnlyCollection<string> lines)
    {
        if (!Lines().ToHashSet(StringComparer.Ordinal).SetEquals(lines))
            AtomicFile.Write(UnsealedPath, Encoding.UTF8.GetBytes(string.Concat(lines.Select(static l => l + "\n"))));
    }

    /// <summary>The entry of that id among the last of this worktree's streams. Only looks, so it needs no lock.</summary>
    internal EntryReference? Recent(string id)
    {
        if (!Directory.Exists(_directory))
            return null;
        foreach (var path in Directory.EnumerateFiles(_directory, "*.state", SearchOption.AllDirectories))
        {
            if (StreamState.Read(path) is { } state && state.Recent(id) is { } recent)
                return new EntryReference(state.Change, state.Stream, recent.Seq, recent.Leaf);
        }

        return null;
    }

    internal string EntryPath(EntryReference entry) =>
        Path.Combine(_layout.Stream(entry.Change, entry.Stream), AuditLayout.EntryName(entry.Seq, entry.Leaf));

    private void Save(StreamState state) => state.Write(StatePath($"{state.Change}/{state.Stream}"));

    private string StatePath(string key) => Path.Combine(_directory, key + ".state");

    private string[] Lines() => File.Exists(UnsealedPath) ? File.ReadAllLines(UnsealedPath) : [];

    private StreamState? State(string key)
    {
        if (_states.TryGetValue(key, out var known))
            return known;
        if (StreamState.Read(StatePath(key)) is not { } state)
            return null;
        foreach (var entry in _spool.Entries.Take(_taken).Where(e => KeyOf(e) == key))
            Take(state, entry);
        Probe(state);
        return _states[key] = state;
    }

    private static void Take(StreamState state, SpooledEntry entry)
    {
        if (!AuditLayout.TryEntryName(Path.GetFileName(entry.Target), out var seq, out _) || seq != state.Size + 1)
            return;
        state.Take(entry.Facts.Leaf, entry.Facts.Id, entry.Facts.KeyId);
    }

    // Git's private folder may be an older copy than the tree: what stands there is never written again.
    private void Probe(StreamState state)
    {
        var folder = _layout.Stream(state.Change, state.Stream);
        if (_tips.Of(state.Change, state.Stream).Seq <= state.Size)
            return;
        while (Directory.Exists(folder) && Directory.GetFiles(folder, $"{state.Size + 1:D8}-*.json") is [var path]
            && EntryFile.TryReadFile(path, out var entry) && entry.Predicate.Prev == state.LastLeaf)
            state.Take(entry.Leaf, entry.Predicate);
    }

    private string? KeyOf(SpooledEntry entry) =>
        Path.GetRelativePath(_layout.Streams, entry.Target).Split(Path.DirectorySeparatorChar) is [var change, var stream, _] ? $"{change}/{stream}" : null;

    // A process that is killed while it writes leaves nothing or all of it; a power cut may leave anything that was not flushed.
    private bool Stands(SpooledEntry entry) =>
        new FileInfo(entry.Target) is { Exists: true } file && file.Length == entry.Length && (_spool.IsSameBoot || File.ReadAllBytes(entry.Target).AsSpan().SequenceEqual(entry.Read()));

    // An entry that was in the tree is only gone because another branch is checked out.
    private bool IsOwed(SpooledEntry entry)
    {
        if (KeyOf(entry) is not { } key || !AuditLayout.TryEntryName(Path.GetFileName(entry.Target), out var seq, out _))
            return false;
        if (_spool.IsSameBoot && entry.IsPlaced)
            return false;
        return seq == 1 || (Directory.Exists(Path.Combine(_layout.Streams, key)) && Directory.EnumerateFiles(Path.Combine(_layout.Streams, key), $"{seq - 1:D8}-*.json").Any());
    }
}
