using System.Globalization;
using System.Security.Cryptography;

namespace Colophon.Provenance.Log;

/// <summary>
/// A run of a stream's entries in one file: the entries' own bytes one after the other, gzipped (<c>first-last.jsonl.gz</c>), beside their leaves, 32 bytes each
/// (<c>first-last.leaves</c>). The content may be elsewhere or gone for good; the leaves stay, so the stream's tree can still be computed.
/// </summary>
internal sealed class SegmentFile
{
    /// <summary>The most entries that are written into one segment, and that are read from one.</summary>
    internal const int MostEntries = 1024;

    /// <summary>The most bytes that a segment may unpack to: more than a writer puts there, and a bound against bombs.</summary>
    internal const int MostBytes = 64 << 20;

    internal const string ContentSuffix = ".jsonl.gz";
    internal const string LeavesSuffix = ".leaves";

    private readonly byte[] _leaves;
    private readonly WeakReference<SegmentContent?> _content = new(null);
    private readonly Lock _reading = new();
    private string? _leavesHash;
    private string? _fault;

    private SegmentFile(SegmentName name, string leavesPath, string? contentPath, byte[] leaves) =>
        (Name, LeavesPath, ContentPath, _leaves) = (name, leavesPath, contentPath, leaves);

    internal SegmentName Name { get; }

    internal string LeavesPath { get; }

    /// <summary>The packed entries, in the tree or in an archive; null where they are in neither.</summary>
    internal string? ContentPath { get; }

    /// <summary>SHA-256 (hex) of the leaves: what a compaction entry names the segment by.</summary>
    internal string LeavesHash => _leavesHash ??= Convert.ToHexStringLower(SHA256.HashData(_leaves));

    internal ReadOnlySpan<byte> Leaf(long seq) => _leaves.AsSpan((int)(seq - Name.First) * MerkleHash.Length, MerkleHash.Length);

    /// <summary>Opens a segment by its leaves; null where they are not as long as the name says.</summary>
    internal static SegmentFile? Open(AuditLayout layout, SegmentName name)
    {
        var leavesPath = layout.SegmentPath(name, LeavesSuffix);
        var leaves = BoundedFile.ReadOrNothing(leavesPath, MostEntries * MerkleHash.Length);
        if (name.Count > MostEntries || leaves.Length != name.Count * MerkleHash.Length)
            return null;
        // A link in the tree is not what git carries; an archive is wherever its owner put it.
        var inTree = layout.SegmentPath(name, ContentSuffix);
        var content = layout.SegmentPaths(name).FirstOrDefault(p => File.Exists(p) && (p != inTree || new FileInfo(p).LinkTarget is null));
        return new SegmentFile(name, leavesPath, content, leaves);
    }

    /// <summary>The bytes of one entry's file.</summary>
    /// <exception cref="IOException">The content is not here, cannot be unpacked, or holds another number of entries than its name says.</exception>
    internal ReadOnlyMemory<byte> Entry(long seq)
    {
        var content = Content();
        return content.Entries.Count == Name.Count
            ? content.Entries[(int)(seq - Name.First)]
            : throw new IOException($"it holds {content.Entries.Count} entries and not {Name.Count}");
    }

    /// <summary>The unpacked content, kept only as long as somebody reads. What cannot be unpacked is not tried again.</summary>
    /// <exception cref="IOException">The content is not here, or cannot be unpacked.</exception>
    internal SegmentContent Content()
    {
        lock (_reading)
        {
            if (_content.TryGetTarget(out var known) && known is not null)
                return known;
            if (_fault is not null)
                throw new IOException(_fault);
            try
            {
                var content = SegmentContent.Read(ContentPath ?? throw new IOException("its segment is not here"));
                _content.SetTarget(content);
                return content;
            }
            catch (IOException e)
            {
                _fault = e.Message;
                throw;
            }
        }
    }

    /// <summary>The unpacked content, or null where it cannot be read. Who holds it keeps it from being unpacked again.</summary>
    internal SegmentContent? Hold()
    {
        try
        {
            return ContentPath is null ? null : Content();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>Which entries of which stream a segment holds.</summary>
internal readonly record struct SegmentName(string Change, string Stream, long First, long Last)
{
    // An entry's place is a number of its payload, and those end here.
    private const long LastPlace = (1L << 53) - 1;

    internal long Count => Last - First + 1;

    internal string Range => $"{First:D8}-{Last:D8}";

    /// <summary>The name by which a compaction entry speaks of it.</summary>
    public override string ToString() => $"{Change}/{Stream}/{Range}";

    internal static bool TryParse(string change, string stream, ReadOnlySpan<char> range, out SegmentName name)
    {
        name = default;
        var dash = range.IndexOf('-');
        if (dash < 8 || !long.TryParse(range[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !long.TryParse(range[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var last) || first < 1 || last < first || last > LastPlace)
            return false;
        name = new SegmentName(change, stream, first, last);
        return range.SequenceEqual(name.Range);
    }
}

/// <summary>A segment's entries, unpacked.</summary>
internal sealed record SegmentContent(IReadOnlyList<ReadOnlyMemory<byte>> Entries, string Hash)
{
    /// <summary>Unpacks a segment, never more than <see cref="SegmentFile.MostBytes"/>.</summary>
    /// <exception cref="IOException">It cannot be read or is no such file.</exception>
    internal static SegmentContent Read(string path) => Of(BoundedFile.Read(path, SegmentFile.MostBytes));

    /// <summary>Unpacks the bytes of a segment likewise.</summary>
    /// <exception cref="IOException">They are no such file.</exception>
    internal static SegmentContent Of(byte[] packed)
    {
        try
        {
            var bytes = GzipFile.Unpack(packed, SegmentFile.MostBytes);
            return new SegmentContent(Split(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (InvalidDataException e)
        {
            throw new IOException($"it cannot be unpacked: {e.Message}", e);
        }
    }

    // An entry is two lines; whatever is left over, or is more than a segment may hold, is one entry more, which the count then tells.
    private static List<ReadOnlyMemory<byte>> Split(byte[] bytes)
    {
        var entries = new List<ReadOnlyMemory<byte>>();
        for (var start = 0; start < bytes.Length;)
        {
            var first = bytes.AsSpan(start).IndexOf((byte)'\n') + 1;
            var second = first == 0 ? 0 : bytes.AsSpan(start + first).IndexOf((byte)'\n') + 1;
            var length = second == 0 || entries.Count == SegmentFile.MostEntries ? bytes.Length - start : first + second;
            entries.Add(bytes.AsMemory(start, length));
            start += length;
        }

        return entries;
    }
}
