using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Colophon.Kernel.Files;
using Microsoft.Win32.SafeHandles;

namespace Colophon.Provenance.Log;

/// <summary>
/// The newest head of every stream, in ordinal order, with the hashes of the RFC 6962 tree over them: a head is found, and the root after a few of them moved is computed, by reading a few
/// dozen bytes, however many streams there are. Only a new stream, which shifts those after it, makes the file anew. A convenience that can be deleted.
/// </summary>
/// <remarks>
/// The file: a header line (<c>colophon-heads-tree 1 id start count</c>) padded to 96 bytes; the tree's perfect nodes, leaves first, 32 bytes each; for each head where its line begins, 4
/// bytes; the lines, sorted by key; <c>end</c>. It is of no use to another start of the machine, because it is never flushed.
/// </remarks>
internal sealed class HeadsTree : IDisposable
{
    private const string Header = "colophon-heads-tree 1 ";
    private const string End = "end\n";
    private const int HeaderBytes = 96;
    private const int LongestLine = 512;
    private const int LinePrefixLength = 7;

    private static ReadOnlySpan<byte> LinePrefix => "stream "u8;

    private readonly string _path;
    private readonly SortedDictionary<int, StreamHead> _updates = [];
    private readonly Dictionary<string, StreamHead> _inserts = new(StringComparer.Ordinal);
    private SafeFileHandle? _file;
    private byte[] _bytes = [];
    private bool _isNew;
    private int _count;
    private int _length;

    private HeadsTree(string path) => _path = path;

    /// <summary>Names what the file holds; empty where nothing does.</summary>
    internal string Id { get; private set; } = "";

    /// <summary>How many streams there are.</summary>
    internal int Count => _count + _inserts.Count;

    /// <summary>Whether there are streams that the file does not have.</summary>
    internal bool HasNew => _inserts.Count > 0;

    /// <summary>The heads that moved since the file was made, by their place in it.</summary>
    internal IReadOnlyDictionary<int, StreamHead> Updates => _updates;

    /// <summary>Opens the file; one that is missing, damaged or of another start of the machine is an empty tree.</summary>
    internal static HeadsTree Open(string path)
    {
        var tree = new HeadsTree(path);
        tree.Open();
        return tree;
    }

    internal StreamHead? Find(string key)
    {
        if (_inserts.TryGetValue(key, out var fresh))
            return fresh;
        return Index(key) is var index && index < 0 ? null : _updates.GetValueOrDefault(index) ?? Head(index);
    }

    /// <summary>Notes a stream's head.</summary>
    internal void Set(StreamHead head)
    {
        if (Index(head.Key) is var index && index >= 0)
            _updates[index] = head;
        else
            _inserts[head.Key] = head;
    }

    /// <summary>Takes up a head that moved since the file was made, from where it was noted.</summary>
    internal void Resume(int place, StreamHead head)
    {
        if (place >= 0 && place < _count)
            _updates[place] = head;
    }

    /// <summary>The root over all heads.</summary>
    internal byte[] Root()
    {
        if (_inserts.Count > 0)
            Renew();
        if (_count == 0)
            return MerkleHash.Empty;
        int[] moved = [.. _updates.Keys];
        return Hash(0, _count, moved);
    }

    /// <summary>Takes the moved and the new heads into the file: what did not move is copied, and only the nodes above what did are hashed again.</summary>
    internal void Renew()
    {
        var edits = new List<Edit>(_updates.Select(static u => new Edit(u.Key, true, u.Value.Key, Encoding.UTF8.GetBytes(u.Value.Line + "\n"))));
        edits.AddRange(_inserts.Values.Select(h => new Edit(~Index(h.Key), false, h.Key, Encoding.UTF8.GetBytes(h.Line + "\n"))));
        edits.Sort(static (a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Replaces != b.Replaces ? a.Replaces.CompareTo(b.Replaces) : string.CompareOrdinal(a.Key, b.Key));

        var (count, offsets) = (Count, Offsets(Count));
        var lines = offsets + (4 * (count + 1));
        var size = LineStart(_count) - LineStart(0) + edits.Sum(e => e.Line.Length - (e.Replaces ? LineStart(e.At + 1) - LineStart(e.At) : 0));
        var target = ArrayPool<byte>.Shared.Rent(lines + size + End.Length);
        var (next, written, from) = (0, 0, 0);
        foreach (var edit in edits)
        {
            Copy(from, edit.At);
            Pae.Leaf(edit.Line.AsSpan(0, edit.Line.Length - 1)).CopyTo(target.AsSpan(HeaderBytes + (next * MerkleHash.Length)));
            BinaryPrimitives.WriteInt32LittleEndian(target.AsSpan(offsets + (4 * next++)), written);
            edit.Line.CopyTo(target, lines + written);
            written += edit.Line.Length;
            from = edit.Replaces ? edit.At + 1 : edit.At;
        }

        Copy(from, _count);
        BinaryPrimitives.WriteInt32LittleEndian(target.AsSpan(offsets + (4 * count)), written);
        // Before the first edit no place changed; where no stream is new, none did after it either.
        Nodes(target, count, _inserts.Count > 0 ? edits[0].At : count, [.. edits.Select(static e => e.At)]);
        Take(target, count, lines + written);

        void Copy(int first, int last)
        {
            if (last <= first)
                return;
            Read(HeaderBytes + (first * MerkleHash.Length), target.AsSpan(HeaderBytes + (next * MerkleHash.Length), (last - first) * MerkleHash.Length));
            var (start, end) = (LineStart(first), LineStart(last));
            Read(start, target.AsSpan(lines + written, end - start));
            var starts = target.AsSpan(offsets + (4 * next), 4 * (last - first));
            Read(Offsets(_count) + (4 * first), starts);
            var shift = written - (start - LineStart(0));
            for (var at = 0; at < starts.Length; at += 4)
                BinaryPrimitives.WriteInt32LittleEndian(starts[at..], BinaryPrimitives.ReadInt32LittleEndian(starts[at..]) + shift);
            next += last - first;
            written += end - start;
        }
    }

    /// <summary>Writes what was made anew.</summary>
    internal void Save()
    {
        if (!_isNew)
            return;
        AtomicFile.WriteUnflushed(_path, _bytes.AsSpan(0, _length));
        _isNew = false;
    }

    /// <summary>Forgets all heads.</summary>
    internal void Clear()
    {
        var bytes = ArrayPool<byte>.Shared.Rent(HeaderBytes + 4 + End.Length);
        bytes.AsSpan(HeaderBytes, 4).Clear();
        Take(bytes, 0, HeaderBytes + 4);
    }

    public void Dispose()
    {
        _file?.Dispose();
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        (_file, _bytes) = (null, []);
    }

    private void Open()
    {
        try
        {
            if (!File.Exists(_path))
                return;
            _file = File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var header = Encoding.ASCII.GetString(Bytes(0, HeaderBytes)).TrimEnd('\n', ' ');
            if (header.StartsWith(Header, StringComparison.Ordinal) && header[Header.Length..].Split(' ') is [var id, var start, var number] && start == MachineStart.Mark
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _count)
                && RandomAccess.GetLength(_file) == LineStart(_count) + End.Length && Bytes(LineStart(_count), End.Length).AsSpan().SequenceEqual("end\n"u8))
            {
                Id = id;
                return;
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // What cannot be read is made anew.
        }

        _file?.Dispose();
        (_file, _count) = (null, 0);
    }

    /// <summary>Hashes the nodes above the leaves: those over places from <paramref name="unchanged"/> on, and those over the edited ones.</summary>
    private void Nodes(byte[] target, int count, int unchanged, ReadOnlySpan<int> edited)
    {
        for (int level = 1, below = HeaderBytes, oldBelow = HeaderBytes; count >> level > 0; level++)
        {
            var (here, oldHere) = (below + ((count >> (level - 1)) * MerkleHash.Length), oldBelow + ((_count >> (level - 1)) * MerkleHash.Length));
            var same = Math.Min(unchanged >> level, _count >> level);
            if (same > 0)
                Read(oldHere, target.AsSpan(here, same * MerkleHash.Length));
            for (var i = same; i < count >> level; i++)
                Node(i);
            var last = -1;
            foreach (var place in edited)
            {
                if (place >> level is var i && i != last && i < same)
                    Node(last = i);
            }

            void Node(int i)
            {
                var left = target.AsSpan(below + (2 * i * MerkleHash.Length));
                MerkleHash.Node(left[..MerkleHash.Length], left.Slice(MerkleHash.Length, MerkleHash.Length), target.AsSpan(here + (i * MerkleHash.Length), MerkleHash.Length));
            }

            (below, oldBelow) = (here, oldHere);
        }
    }

    private void Take(byte[] bytes, int count, int end)
    {
        Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Header}{Id} {MachineStart.Mark} {count}").PadRight(HeaderBytes - 1) + "\n", bytes);
        "end\n"u8.CopyTo(bytes.AsSpan(end));
        Dispose();
        (_bytes, _length, _count, _isNew) = (bytes, end + End.Length, count, true);
        _updates.Clear();
        _inserts.Clear();
    }

    /// <summary>The hash of a run of heads, where those at some places moved.</summary>
    private byte[] Hash(int first, int count, ReadOnlySpan<int> moved)
    {
        if (moved.IsEmpty && BitOperations.IsPow2(count))
            return Node(BitOperations.Log2((uint)count), first / count);
        if (count == 1)
            return Pae.Leaf(Encoding.UTF8.GetBytes(_updates[first].Line));
        var left = (int)BitOperations.RoundUpToPowerOf2((uint)count) / 2;
        var split = 0;
        while (split < moved.Length && moved[split] < first + left)
            split++;
        return MerkleHash.Node(Hash(first, left, moved[..split]), Hash(first + left, count - left, moved[split..]));
    }

    private byte[] Node(int level, int index)
    {
        var at = HeaderBytes;
        for (var below = 0; below < level; below++)
            at += (_count >> below) * MerkleHash.Length;
        return Bytes(at + (index * MerkleHash.Length), MerkleHash.Length);
    }

    /// <summary>A key's place, or the complement of where it would stand.</summary>
    private int Index(string key)
    {
        Span<byte> wanted = stackalloc byte[LongestLine];
        wanted = wanted[..Encoding.UTF8.GetBytes(key, wanted)];
        Span<byte> buffer = stackalloc byte[LongestLine];
        var (low, high) = (0, _count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var line = Line(middle, buffer)[LinePrefix.Length..];
            // Names are ASCII, so their bytes are in the order of their characters.
            var order = line[..Math.Max(0, line.IndexOf((byte)' '))].SequenceCompareTo(wanted);
            if (order == 0)
                return middle;
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    private StreamHead Head(int index)
    {
        Span<byte> buffer = stackalloc byte[LongestLine];
        return HeadsNote.TryParseHead(Encoding.UTF8.GetString(Line(index, buffer)), out var head) ? head : throw Damaged();
    }

    /// <summary>A line without its end.</summary>
    private Span<byte> Line(int index, Span<byte> buffer)
    {
        Span<byte> ends = stackalloc byte[8];
        Read(Offsets(_count) + (4 * index), ends);
        var (start, end) = (BinaryPrimitives.ReadInt32LittleEndian(ends), BinaryPrimitives.ReadInt32LittleEndian(ends[4..]));
        if (end - start is <= LinePrefixLength or > LongestLine)
            throw Damaged();
        buffer = buffer[..(end - start)];
        Read(LineStart(0) + start, buffer);
        return buffer[..^1];
    }

    private int LineStart(int index)
    {
        var lines = Offsets(_count) + (4 * (_count + 1));
        if (index == 0)
            return lines;
        Span<byte> start = stackalloc byte[4];
        Read(Offsets(_count) + (4 * index), start);
        return lines + BinaryPrimitives.ReadInt32LittleEndian(start);
    }

    private static int Offsets(int count) => HeaderBytes + (Nodes(count) * MerkleHash.Length);

    private static int Nodes(int count)
    {
        var nodes = 0;
        for (; count > 0; count >>= 1)
            nodes += count;
        return nodes;
    }

    private byte[] Bytes(int at, int length)
    {
        var bytes = new byte[length];
        Read(at, bytes);
        return bytes;
    }

    private void Read(int at, Span<byte> target)
    {
        if (_file is null)
            _bytes.AsSpan(at, target.Length).CopyTo(target);
        else if (RandomAccess.Read(_file, target, at) != target.Length)
            throw Damaged();
    }

    private readonly record struct Edit(int At, bool Replaces, string Key, byte[] Line);

    private static InvalidDataException Damaged() => new("The memory of the heads is damaged.");
}
