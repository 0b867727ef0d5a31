using System.Text;
using System.Text.Json;

namespace Colophon.Kernel.Json;

/// <summary>Compares object keys as RFC 8785 orders them (by UTF-16 code units) and finds the one that stands twice.</summary>
internal static class JsonKeys
{
    /// <summary>Compares two keys given as the bytes between their quotation marks.</summary>
    internal static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Contains((byte)'\\') || right.Contains((byte)'\\'))
            return string.CompareOrdinal(Decode(left), Decode(right));
        var common = left.CommonPrefixLength(right);
        return common == left.Length || common == right.Length
            ? left.Length - right.Length
            : Rank(left[common]) - Rank(right[common]);
    }

    /// <summary>The offset of the first key that repeats another of its object, or null. The input must be valid otherwise.</summary>
    internal static int? FirstDuplicate(ReadOnlySpan<byte> json, int maxDepth)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        var open = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                open.Push(new HashSet<string>(StringComparer.Ordinal));
            else if (reader.TokenType == JsonTokenType.EndObject)
                open.Pop();
            else if (reader.TokenType == JsonTokenType.PropertyName && !open.Peek().Add(reader.GetString() ?? ""))
                return (int)reader.TokenStartIndex;
        }

        return null;
    }

    // In UTF-16 the code points above U+FFFF (lead bytes F0 and up) sort before U+E000 to U+FFFF (lead bytes EE and EF).
    private static int Rank(byte value) => value is 0xEE or 0xEF ? value + 0x10 : value;

    private static string Decode(ReadOnlySpan<byte> key)
    {
        var quoted = new byte[key.Length + 2];
        key.CopyTo(quoted.AsSpan(1));
        quoted[0] = quoted[^1] = (byte)'"';
        var reader = new Utf8JsonReader(quoted);
        return reader.Read() ? reader.GetString() ?? "" : Encoding.UTF8.GetString(key);
    }
}
