using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Colophon.Provenance.Attribution.Lines;

namespace Colophon.Provenance.Attribution.Store;

/// <summary>
/// Finished commits on disk, so that a new commit costs its changed files only. One file that is only appended to: a header, then batches of
/// (length, first 8 bytes of their SHA-256, records). A batch that is torn or altered ends the file; whatever is lost is computed again. The store
/// holds nothing that cannot be computed from the repository and the log, and knows nothing of trust.
/// </summary>
internal sealed class AttributionStore
{
    private const int HeaderLength = 12;

    private readonly string? _path;
    private readonly Dictionary<string, StoredCommit> _commits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly List<string> _textList = [];
    private readonly RecordWriter _writer;
    private long _validLength;
    private int _ownersWritten = 1;

    private AttributionStore(string? path)
    {
        _path = path;
        _writer = new RecordWriter(_texts);
    }

    private static ReadOnlySpan<byte> Magic => "colophon-at1"u8;

    private enum Record
    {
        Owner = 1,
        Commit = 2,
        Entry = 3,
        Version = 4,
    }

    /// <summary>The owners that the stored runs name.</summary>
    public OwnerTable Owners { get; } = new();

    /// <summary>The entries that were known when the commits were attributed.</summary>
    public HashSet<string> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>Contents (hash of path and blob) that were attributed without an entry of their commit; a late entry that ends in one changes the past.</summary>
    public HashSet<ulong> Versions { get; } = [];

    /// <summary>The commit that was stored last; null where there is none.</summary>
    public string? Last { get; private set; }

    /// <summary>Opens the store of a directory; an unreadable one is empty.</summary>
    public static AttributionStore Open(string? directory)
    {
        var store = new AttributionStore(directory is null ? null : Path.Combine(directory, "runs.bin"));
        try
        {
            if (store._path is not null && File.Exists(store._path))
                store.Load(File.ReadAllBytes(store._path));
            return store;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new AttributionStore(store._path);
        }
    }

    /// <summary>An empty store over the same file.</summary>
    public AttributionStore Renewed() => new(_path);

    /// <summary>Whether a commit is stored.</summary>
    public bool Contains(string commit) => _commits.ContainsKey(commit);

    /// <summary>All files of a stored commit.</summary>
    public ImmutableDictionary<string, FileState> StateAt(string commit)
    {
        var files = new Dictionary<string, FileState?>(StringComparer.Ordinal);
        for (var at = commit; at is not null; at = _commits[at].Parent)
        {
            foreach (var (path, state) in _commits[at].Files)
                files.TryAdd(path, state);
        }

        var state0 = ImmutableDictionary.CreateBuilder<string, FileState>(StringComparer.Ordinal);
        foreach (var (path, state) in files)
        {
            if (state is not null)
                state0.Add(path, state);
        }

        return state0.ToImmutable();
    }

    /// <summary>Adds a commit whose parent is stored.</summary>
    public void Add(StoredCommit commit)
    {
        for (; _ownersWritten < Owners.Count; _ownersWritten++)
            Write(Owners[_ownersWritten]);
        _commits[commit.Id] = commit;
        Last = commit.Id;
        _writer.Number((int)Record.Commit);
        _writer.Id(commit.Id);
        _writer.Id(commit.Parent ?? "");
        _writer.Number(commit.Files.Count);
        foreach (var (path, state) in commit.Files)
        {
            _writer.Text(path);
            _writer.Number(state is null ? 0 : state.Skipped is { } reason ? 2 + (int)reason : 1);
            if (state is null)
                continue;
            _writer.Id(state.Blob);
            _writer.Number(state.Runs.Count);
            foreach (var run in state.Runs)
            {
                _writer.Number(run.Count);
                _writer.Number(run.Owner);
            }
        }
    }

    /// <summary>Notes an entry as known.</summary>
    public void AddEntry(string leaf)
    {
        if (!Entries.Add(leaf))
            return;
        _writer.Number((int)Record.Entry);
        _writer.Text(leaf);
    }

    /// <summary>Notes a content that no entry of its commit speaks for.</summary>
    public void AddVersion(string path, string blob)
    {
        var version = VersionOf(path, blob);
        if (!Versions.Add(version))
            return;
        _writer.Number((int)Record.Version);
        _writer.Fixed(version);
    }

    /// <summary>The number a content is noted under.</summary>
    public static ulong VersionOf(string path, string blob) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(path + "\0" + blob)));

    /// <summary>How many bytes wait to be written.</summary>
    public int Unwritten => _writer.Length;

    /// <summary>Appends what was added. A store that cannot be written, or that another process writes, is left as it is: it is only a saving.</summary>
    public void Flush()
    {
        if (_path is null || _writer.Length == 0)
            return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path) ?? _path);
            using var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (_validLength > 0 && file.Length != _validLength)
                return;
            file.SetLength(_validLength);
            file.Position = _validLength;
            if (_validLength == 0)
                file.Write(Magic);
            Span<byte> head = stackalloc byte[HeaderLength];
            BinaryPrimitives.WriteInt32LittleEndian(head, _writer.Length);
            SHA256.HashData(_writer.Written).AsSpan(0, 8).CopyTo(head[4..]);
            file.Write(head);
            file.Write(_writer.Written);
            _validLength = file.Position;
            _writer.Clear();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Disposable: the next run computes again.
        }
    }

    private void Write(LineOwner owner)
    {
        _writer.Number((int)Record.Owner);
        _writer.Number((int)owner.Kind);
        _writer.Optional(owner.Entry);
        _writer.Optional(owner.Commit);
        _writer.Optional(owner.Overrides);
    }

    private void Load(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Magic))
            return;
        var rest = file[Magic.Length..];
        while (rest.Length >= HeaderLength)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
            if (length <= 0 || length > rest.Length - HeaderLength)
                break;
            var batch = rest.Slice(HeaderLength, length);
            if (!SHA256.HashData(batch).AsSpan(0, 8).SequenceEqual(rest.Slice(4, 8)))
                break;
            var reader = new RecordReader(batch, _textList);
            while (!reader.AtEnd)
                Read(ref reader);
            rest = rest[(HeaderLength + length)..];
        }

        foreach (var text in _textList)
            _texts.Add(text, _texts.Count);
        _validLength = file.Length - rest.Length;
        _ownersWritten = Owners.Count;
        if (!rest.IsEmpty)
            throw new InvalidDataException("torn");
    }

    private void Read(ref RecordReader reader)
    {
        switch ((Record)reader.Number())
        {
            case Record.Owner:
                Owners.Number(new LineOwner((OwnerKind)reader.Count(), reader.Optional(), reader.Optional(), reader.Optional()));
                break;
            case Record.Commit:
                ReadCommit(ref reader);
                break;
            case Record.Entry:
                Entries.Add(reader.Text());
                break;
            case Record.Version:
                Versions.Add(reader.Fixed());
                break;
            default:
                throw new InvalidDataException("record");
        }
    }

    private void ReadCommit(ref RecordReader reader)
    {
        var (id, parent) = (reader.Id(), reader.Id());
        var files = new KeyValuePair<string, FileState?>[reader.Count()];
        for (var i = 0; i < files.Length; i++)
        {
            var (path, kind) = (reader.Text(), reader.Count());
            if (kind == 0)
            {
                files[i] = new(path, null);
                continue;
            }

            var blob = reader.Id();
            var runs = new OwnedRun[reader.Count()];
            for (var k = 0; k < runs.Length; k++)
                runs[k] = new OwnedRun(reader.Count(), reader.Count());
            files[i] = new(path, new FileState(blob, runs, kind == 1 ? null : (SkipReason)(kind - 2)));
        }

        if (parent.Length > 0 && !_commits.ContainsKey(parent))
            throw new InvalidDataException("parent");
        _commits[id] = new StoredCommit(id, parent.Length == 0 ? null : parent, files);
        Last = id;
    }
}
