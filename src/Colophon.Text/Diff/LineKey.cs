using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Colophon.Text.Diff;

/// <summary>
/// A line's identity in audit entries and attribution: the first 8 bytes (big-endian) of the SHA-256 of the line's UTF-8 bytes with all
/// ASCII white space (tab, line feed, vertical tab, form feed, carriage return, space) taken out, so that re-indenting or a change of line
/// ends keeps a line's identity. Defined on bytes, so a line that is not valid UTF-8 has a key too.
/// </summary>
public static class LineKey
{
    /// <summary>The characters a key ignores.</summary>
    public static SearchValues<char> Whitespace { get; } = SearchValues.Create(" \t\n\v\f\r");

    /// <summary>The key of a line given as text.</summary>
    public static ulong Of(ReadOnlySpan<char> line)
    {
        var length = Encoding.UTF8.GetMaxByteCount(line.Length);
        byte[]? rented = null;
        var buffer = length <= 1024 ? stackalloc byte[1024] : (rented = ArrayPool<byte>.Shared.Rent(length));
        var key = Of(buffer[..Encoding.UTF8.GetBytes(line, buffer)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return key;
    }

    /// <summary>The key of a line given as bytes, with or without its terminator.</summary>
    public static ulong Of(ReadOnlySpan<byte> line)
    {
        byte[]? rented = null;
        var buffer = line.Length <= 1024 ? stackalloc byte[1024] : (rented = ArrayPool<byte>.Shared.Rent(line.Length));
        var length = 0;
        foreach (var value in line)
        {
            buffer[length] = value;
            length += IsWhitespace((char)value) ? 0 : 1;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer[..length], hash);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>The keys of all lines of a file: lines end at <c>\n</c>; bytes after the last one are a line.</summary>
    public static ulong[] OfLines(ReadOnlySpan<byte> file)
    {
        var keys = new ulong[LineCount(file)];
        for (var i = 0; i < keys.Length; i++)
        {
            var feed = file.IndexOf((byte)'\n');
            keys[i] = Of(feed < 0 ? file : file[..feed]);
            file = feed < 0 ? default : file[(feed + 1)..];
        }

        return keys;
    }

    /// <summary>How many lines a file has.</summary>
    public static int LineCount(ReadOnlySpan<byte> file) => file.Count((byte)'\n') + (file.IsEmpty || file[^1] == '\n' ? 0 : 1);

    /// <summary>Whether a key ignores the character.</summary>
    public static bool IsWhitespace(char c) => c is ' ' or (>= '\t' and <= '\r');
}
