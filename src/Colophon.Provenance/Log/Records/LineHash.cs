using System.Buffers.Binary;
using Colophon.Text.Diff;

namespace Colophon.Provenance.Log;

/// <summary>
/// Names a line by the first eight bytes of the SHA-256 of its text with all ASCII white space removed (<see cref="LineKey"/>), so that a re-indented line keeps its name.
/// The number is those bytes in big-endian order.
/// </summary>
public static class LineHash
{
    /// <summary>The hash of one line without its line end.</summary>
    public static ulong Of(ReadOnlySpan<char> line) => LineKey.Of(line);

    /// <summary>Packs hashes for <see cref="HunkRecord.Lines"/>.</summary>
    public static string Pack(ReadOnlySpan<ulong> hashes)
    {
        var bytes = new byte[hashes.Length * 8];
        for (var i = 0; i < hashes.Length; i++)
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * 8), hashes[i]);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Unpacks <see cref="HunkRecord.Lines"/>.</summary>
    /// <returns>The hashes, or null where the text is not base64 of whole hashes.</returns>
    public static ulong[]? Unpack(string packed)
    {
        var bytes = new byte[(packed.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(packed, bytes, out var length) || length % 8 != 0)
            return null;
        var hashes = new ulong[length / 8];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(i * 8));
        return hashes;
    }
}
