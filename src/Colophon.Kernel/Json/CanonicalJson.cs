using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Colophon.Kernel.Json;

/// <summary>Writes JSON in the one form of RFC 8785 (JCS): keys by UTF-16 code units, no white space, ES6 numbers, fewest escapes.</summary>
public static class CanonicalJson
{
    /// <summary>The canonical bytes of a value that <see cref="StrictJson"/> accepted.</summary>
    public static byte[] ToBytes(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the canonical form of a value that <see cref="StrictJson"/> accepted.</summary>
    public static void Write(JsonElement value, IBufferWriter<byte> target)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, target);
                break;
            case JsonValueKind.Array:
                target.Write("["u8);
                var first = true;
                foreach (var item in value.EnumerateArray())
                {
                    if (!first)
                        target.Write(","u8);
                    first = false;
                    Write(item, target);
                }

                target.Write("]"u8);
                break;
            case JsonValueKind.String:
                WriteString(value.GetString() ?? "", target);
                break;
            case JsonValueKind.Number:
                target.Advance(WriteNumber(value, target.GetSpan(Es6Number.MaxLength)));
                break;
            default:
                target.Write(value.ValueKind switch { JsonValueKind.True => "true"u8, JsonValueKind.False => "false"u8, _ => "null"u8 });
                break;
        }
    }

    private static void WriteObject(JsonElement value, IBufferWriter<byte> target)
    {
        var members = value.EnumerateObject().Select(static m => (m.Name, m.Value)).ToArray();
        Array.Sort(members, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        target.Write("{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
                target.Write(","u8);
            WriteString(members[i].Name, target);
            target.Write(":"u8);
            Write(members[i].Value, target);
        }

        target.Write("}"u8);
    }

    private static int WriteNumber(JsonElement value, Span<byte> target) => Es6Number.Write(value.GetDouble(), target);

    private static void WriteString(string text, IBufferWriter<byte> target)
    {
        target.Write("\""u8);
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is >= ' ' and not ('"' or '\\'))
                continue;
            Encoding.UTF8.GetBytes(text.AsSpan(start, i - start), target);
            target.Write(Escape(text[i]));
            start = i + 1;
        }

        Encoding.UTF8.GetBytes(text.AsSpan(start), target);
        target.Write("\""u8);
    }

    private static ReadOnlySpan<byte> Escape(char c) => c switch
    {
        '"' => "\\\""u8,
        '\\' => "\\\\"u8,
        '\b' => "\\b"u8,
        '\f' => "\\f"u8,
        '\n' => "\\n"u8,
        '\r' => "\\r"u8,
        '\t' => "\\t"u8,
        _ => Encoding.ASCII.GetBytes($"\\u{(int)c:x4}"),
    };
}
