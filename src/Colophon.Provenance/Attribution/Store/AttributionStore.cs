using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Colophon.Provenance.Attribution.Lines;

namespace Colophon.Provenance.Attribution.Store;

/// <summary>
/// Finished commits on disk, so that a new commit costs its changed files only. One file that is only appended to: a header, then batches of
/// (length, first 8 bytes of their SHA-256, records). A file with a batch that is torn or altered is thrown away and computed again. The store
/// holds nothing that cannot be computed from the repository and the log, and notes of each entry whether it was believed.
/// </summary>
internal sealed class AttributionStore
{
    private const int HeaderLength = 12;

    private readonly string? _path;
    private readonly Dictionary<string, StoredCommit> _commits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private readonly RecordWriter _batch = new();
    private readonly RecordWriter _scratch = new();
    private readonly RecordWriter _file = new();
    private long _validLength;
    private int _ownersWritten = 1;

    private AttributionStore(string? path)
    {
        _path = path;
        Intern("");
    }

    private enum Record
    {
        Text = 1,
        Owner = 2,
        Commit = 3,
        Entry = 4,
        Version = 5,
    }

    private static ReadOnlySpan<byte> Magic => "colophon-at8"u8;

    /// <summary>The owners that the stored runs name.</summary>
    public OwnerTable Owners { get; } = new();

    /// <summary>The entries (by <see cref="NumberOf"/>) that were known when the commits were attributed.</summary>
    public HashSet<ulong> Entries { get; } = [];

    /// <summary>Contents (hash of path and blob) that were attributed without an entry of their commit; a late entry that ends or starts in one changes the past.</summary>
    public HashSet<ulong> Versions { get; } = [];

    /// <summary>The commit that was stored last; null where there is none.</summary>
    public string? Last { get; private set; }

    /// <summary>How many bytes wait to be written.</summary>
    public int Unwritten => _batch.Length;

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
            return store.Renewed();
        }
    }

    /// <summary>An empty store over the same file.</summary>
    public AttributionStore Renewed() => new(_path);

    /// <summary>Whether a commit is stored.</summary>
    public bool Contains(string commit) => _commits.ContainsKey(commit);

    /// <summary>All files of a stored commit.</summary>
    public ImmutableDictionary<string, FileState> StateAt(string commit)
    {
        var seen = new HashSet<int>();
        var files = ImmutableDictionary.CreateBuilder<string, FileState>(StringComparer.Ordinal);
        for (var at = commit; at is not null; at = _commits[at].Parent)
        {
            var reader = new RecordReader(_commits[at].Files);
            while (!reader.AtEnd)
            {
                var (path, state) = (reader.Count(), reader.Bytes());
                if (seen.Add(path) && Decode(state) is { } file)
                    files.Add(_texts[path], file);
            }
        }

        return files.ToImmutable();
    }

    /// <summary>Adds a commit whose parent is stored.</summary>
    public void Add(string id, string? parent, IReadOnlyList<KeyValuePair<string, FileState?>> files)
    {
        for (; _ownersWritten < Owners.Count; _ownersWritten++)
            Write(Owners[_ownersWritten]);
        _scratch.Clear();
        foreach (var (path, state) in files)
        {
            _scratch.Number(Intern(path));
            Encode(state);
            _scratch.Bytes(_file.Written);
        }

        _commits[id] = new StoredCommit(parent, _scratch.Written.ToArray());
        Last = id;
        _batch.Number((int)Record.Commit);
        _batch.Id(id);
        _batch.Id(parent ?? "");
        _batch.Bytes(_scratch.Written);
    }

    /// <summary>Notes an entry as known.</summary>
    public void AddEntry(string leaf)
    {
        if (!Entries.Add(NumberOf(leaf)))
            return;
        _batch.Number((int)Record.Entry);
        _batch.Fixed(NumberOf(leaf));
    }

    /// <summary>Notes a content that no entry of its commit speaks for.</summary>
    public void AddVersion(string path, string blob)
    {
        var version = VersionOf(path, blob);
        if (!Versions.Add(version))
            return;
        _batch.Number((int)Record.Version);
        _batch.Fixed(version);
    }

    /// <summary>The number a content is noted under.</summary>
    public static ulong VersionOf(string path, string blob) => NumberOf(blob, NumberOf(path));

    /// <summary>FNV-1a: a chance collision of these only costs a needless fresh start.</summary>
    public static ulong NumberOf(string text, ulong start = 14695981039346656037)
    {
        foreach (var c in text)
            start = (start ^ c) * 1099511628211;
        return start;
    }

    /// <summary>Appends what was added. A store that cannot be written, or that another process writes, is left as it is: it is only a saving.</summary>
    public void Flush()
    {
        if (_path is null || _batch.Length == 0)
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
            BinaryPrimitives.WriteInt32LittleEndian(head, _batch.Length);
            SHA256.HashData(_batch.Written).AsSpan(0, 8).CopyTo(head[4..]);
            file.Write(head);
            file.Write(_batch.Written);
            _validLength = file.Position;
            _batch.Clear();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Disposable: the next run computes again.
        }
    }

    private void Write(LineOwner owner)
    {
        var (entry, commit, overrides) = (Intern(owner.Entry ?? ""), Intern(owner.Commit ?? ""), Intern(owner.Overrides ?? ""));
        _batch.Number((int)Record.Owner);
        _batch.Number((int)owner.Kind);
        _batch.Number(entry);
        _batch.Number(commit);
        _batch.Number(overrides);
    }

    private void Encode(FileState? state)
    {
        _file.Clear();
        _file.Number(state is null ? 0 : state.Skipped is { } reason ? 2 + (int)reason : 1);
        if (state is null)
            return;
        _file.Id(state.Blob);
        _file.Number(state.Runs.Count);
        foreach (var run in state.Runs)
        {
            _file.Number(run.Count);
            _file.Number(run.Owner);
        }
    }

    private static FileState? Decode(ReadOnlyMemory<byte> bytes)
    {
        var reader = new RecordReader(bytes);
        var kind = reader.Count();
        if (kind == 0)
            return null;
        var blob = reader.Id();
        var runs = new OwnedRun[reader.Count()];
        for (var i = 0; i < runs.Length; i++)
            runs[i] = new OwnedRun(reader.Count(), reader.Count());
        return new FileState(blob, runs, kind == 1 ? null : (SkipReason)(kind - 2));
    }

    /// <summary>A text's number, 0 for the empty one; a new text is written before whatever names it.</summary>
    private int Intern(string text)
    {
        if (_numbers.TryGetValue(text, out var number))
            return number;
        number = _texts.Count;
        _numbers[text] = number;
        _texts.Add(text);
        if (number > 0)
        {
            _batch.Number((int)Record.Text);
            _batch.Bytes(Encoding.UTF8.GetBytes(text));
        }

        return number;
    }

    private void Load(ReadOnlyMemory<byte> file)
    {
        if (!file.Span.StartsWith(Magic))
            throw new InvalidDataException("another format");
        var rest = file[Magic.Length..];
        while (!rest.IsEmpty)
        {
            var length = rest.Length < HeaderLength ? 0 : BinaryPrimitives.ReadInt32LittleEndian(rest.Span);
            if (length <= 0 || length > rest.Length - HeaderLength)
                throw new InvalidDataException("torn");
            var batch = rest.Slice(HeaderLength, length);
            if (!SHA256.HashData(batch.Span).AsSpan(0, 8).SequenceEqual(rest.Span.Slice(4, 8)))
                throw new InvalidDataException("altered");
            var reader = new RecordReader(batch);
            while (!reader.AtEnd)
                Read(ref reader);
            rest = rest[(HeaderLength + length)..];
        }

        _validLength = file.Length;
        _ownersWritten = Owners.Count;
    }

    private void Read(ref RecordReader reader)
    {
        switch ((Record)reader.Number())
        {
            case Record.Text:
                var text = Encoding.UTF8.GetString(reader.Bytes().Span);
                _numbers.Add(text, _texts.Count);
                _texts.Add(text);
                break;
            case Record.Owner:
                Owners.Number(new LineOwner((OwnerKind)reader.Count(), Named(reader.Count()), Named(reader.Count()), Named(reader.Count())));
                break;
            case Record.Commit:
                var (id, parent) = (reader.Id(), reader.Id());
                _commits[id] = new StoredCommit(parent.Length == 0 ? null : parent, reader.Bytes());
                Last = id;
                break;
            case Record.Entry:
                Entries.Add(reader.Fixed());
                break;
            case Record.Version:
                Versions.Add(reader.Fixed());
                break;
            default:
                throw new InvalidDataException("record");
        }
    }

    private string? Named(int text) => text == 0 ? null : _texts[text];
}
