using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using Colophon.Kernel.Files;

namespace Colophon.Provenance.Log;

/// <summary>A run of entries that is packed into one segment.</summary>
internal sealed class SegmentDraft
{
    private readonly ArrayBufferWriter<byte> _plain = new();
    private readonly List<byte> _leaves = [];

    internal required string Change { get; init; }

    internal required string Stream { get; init; }

    internal List<EntryName> Entries { get; } = [];

    internal long PlainBytes => _plain.WrittenCount;

    internal SegmentName Name => new(Change, Stream, Entries[0].Seq, Entries[^1].Seq);

    internal string LeavesHash => Convert.ToHexStringLower(SHA256.HashData(_leaves.ToArray()));

    internal string ContentHash => Convert.ToHexStringLower(SHA256.HashData(_plain.WrittenSpan));

    internal bool HasRoomFor(long bytes) => Entries.Count < SegmentFile.MostEntries && (Entries.Count == 0 || _plain.WrittenCount + bytes <= SegmentFile.MostBytes / 2);

    internal void Add(EntryName name, Entry entry, ReadOnlySpan<byte> file)
    {
        Entries.Add(name);
        _leaves.AddRange(Convert.FromHexString(entry.Leaf));
        _plain.Write(file);
    }

    /// <summary>Writes the leaves, then the content; each whole or not at all. The same run gives the same files, so doing it again after a crash is harmless.</summary>
    /// <returns>The bytes that the two take.</returns>
    internal long Write(AuditLayout layout)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(_plain.WrittenSpan);
        AtomicFile.Write(layout.SegmentPath(Name, SegmentFile.LeavesSuffix), _leaves.ToArray());
        AtomicFile.Write(layout.SegmentPath(Name, SegmentFile.ContentSuffix), packed.GetBuffer().AsSpan(0, (int)packed.Length));
        return packed.Length + _leaves.Count;
    }
}
