using System.Diagnostics.CodeAnalysis;

namespace Colophon.Provenance.Log;

/// <summary>An entry by its place alone: a file of its own, or one of many in a segment.</summary>
/// <param name="Seq">The place in the stream.</param>
/// <param name="Leaf12">The first twelve digits of the leaf it is named after.</param>
/// <param name="Path">The file that it is, or was before it went into a segment.</param>
/// <param name="Segment">The segment it is read from; null where it has a file of its own.</param>
internal readonly record struct EntryName(long Seq, string Leaf12, string Path, SegmentFile? Segment = null)
{
    /// <summary>Whether its bytes are here.</summary>
    internal bool IsHere => Segment is null || Segment.ContentPath is not null;

    /// <summary>The file that exists: its own, its segment's, or the leaves that are left of it.</summary>
    internal string Place => Segment is null ? Path : Segment.ContentPath ?? Segment.LeavesPath;

    /// <summary>The bytes of its file.</summary>
    /// <exception cref="IOException">They cannot be read, or are not here.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be read.</exception>
    internal ReadOnlyMemory<byte> Bytes() => Segment?.Entry(Seq) ?? BoundedFile.Read(Path, EntryFile.MaximumBytes);

    /// <summary>Whether these bytes stand in its file.</summary>
    internal bool Mentions(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return IsHere && Bytes().Span.IndexOf(bytes) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads it where it can be read as an entry.</summary>
    internal bool TryRead([NotNullWhen(true)] out Entry? entry) => TryRead([], out entry);

    /// <summary>Reads it where it can be read as an entry and some of these bytes stand in its file; none ask for nothing.</summary>
    internal bool TryRead(byte[][] mentions, [NotNullWhen(true)] out Entry? entry)
    {
        entry = null;
        try
        {
            if (!IsHere)
                return false;
            var bytes = Bytes();
            return (mentions.Length == 0 || Array.Exists(mentions, m => bytes.Span.IndexOf(m) >= 0)) && EntryFile.TryParse(bytes, Place, out entry, out _);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.EntryMalformed"/> or <see cref="ProvenanceError.LogUnavailable"/>.</exception>
    internal Entry Read()
    {
        if (Segment is null)
            return EntryFile.Read(Path);
        return TryRead(out var entry) ? entry : throw new ProvenanceException(
            ProvenanceError.LogUnavailable, $"Entry {Seq} of '{Segment.Name}' cannot be read: its segment is {(IsHere ? "damaged" : "not here")}.", IsHere ? "Run `colophon audit verify`." : "If it was archived, set retention.archive to the folder it was moved to; what was pruned is gone.");
    }
}
