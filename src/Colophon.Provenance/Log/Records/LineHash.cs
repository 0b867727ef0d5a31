using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Colophon.Provenance.Log;

/// <summary>
/// Names a line by the first eight bytes of the SHA-256 of its text with all white space removed, so that a re-indented line keeps its name.
/// The number is those bytes in big-endian order.
/// </summary>
public static class LineHash
{
    /// <summary>The hash of one line without its line end.</summary>
    public static ulong Of(ReadOnlySpan<char> line)
    {
        Span<char> text = line.Length <= 512 ? stackalloc char[line.Length] : new char[line.Length];
        var kept = 0;
        foreach (var c in line)
        {
            if (!char.IsWhiteSpace(c))
                text[kept++] = c;
        }

        text = text[..kept];
        var room = Encoding.UTF8.GetMaxByteCount(kept);
        Span<byte> bytes = room <= 1600 ? stackalloc byte[room] : new byte[room];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

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
