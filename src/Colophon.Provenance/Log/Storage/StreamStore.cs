using System.Security.Cryptography;
using System.Text;
using Colophon.Kernel.Git;

namespace Colophon.Provenance.Log;

/// <summary>
/// Which streams this worktree writes. A worktree remembers every stream it began; it goes on with one whose last entry stands in the tree now, and begins
/// another where none does (another branch is checked out, or the repository was copied).
/// </summary>
internal sealed class StreamStore(GitRepository repository, AuditLayout layout)
{
    // The folder of the worktree is part of the key, so that a copy of a repository never writes its original's streams.
    private readonly string _directory = Path.Combine(
        repository.PrivateDirectory, "streams", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(repository.GitDirectory)))[..16]);

    private readonly HashSet<string> _current = new(StringComparer.Ordinal);

    internal string WorktreeKey => Path.GetFileName(_directory);

    /// <summary>The stream to go on with, or null; and what was remembered of a stream whose end is not here.</summary>
    internal StreamState? Find(string change, out EntryReference? lost)
    {
        lost = null;
        var folder = new DirectoryInfo(Path.Combine(_directory, change));
        if (!folder.Exists)
            return null;
        foreach (var file in folder.EnumerateFiles("*.state").OrderByDescending(static f => f.LastWriteTimeUtc).ThenBy(static f => f.Name, StringComparer.Ordinal))
        {
            if (StreamState.Read(file.FullName) is not { } state)
                continue;
            if (_current.Add(state.Stream))
                CatchUp(state);
            if (state.Last is not { } last || File.Exists(EntryPath(last)))
                return state;
            lost ??= last;
        }

        return null;
    }

    internal static StreamState Begin(string change) => new() { Change = change, Stream = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)) };

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

    /// <summary>All streams of this worktree, caught up with the disk. Under the lock only.</summary>
    internal IEnumerable<StreamState> All()
    {
        if (!Directory.Exists(_directory))
            yield break;
        foreach (var path in Directory.EnumerateFiles(_directory, "*.state", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (StreamState.Read(path) is not { } state)
                continue;
            CatchUp(state);
            yield return state;
        }
    }

    internal void Save(StreamState state) => state.Write(Path.Combine(_directory, state.Change, state.Stream + ".state"));

    internal string EntryPath(EntryReference entry) =>
        Path.Combine(layout.Stream(entry.Change, entry.Stream), AuditLayout.EntryName(entry.Seq, entry.Leaf));

    /// <summary>Forgets which states were compared with the disk: a spooled entry was just finished.</summary>
    internal void Recheck() => _current.Clear();

    // After a crash the tree may be one or more entries ahead of what was remembered.
    private void CatchUp(StreamState state)
    {
        var before = state.Size;
        var folder = layout.Stream(state.Change, state.Stream);
        while (Directory.Exists(folder) && Directory.GetFiles(folder, $"{state.Size + 1:D8}-*.json") is [var path]
            && EntryFile.TryReadFile(path, out var entry) && entry.Predicate.Prev == state.LastLeaf)
            state.Take(entry.Leaf, entry.Predicate);
        if (state.Size != before)
            Save(state);
    }
}
