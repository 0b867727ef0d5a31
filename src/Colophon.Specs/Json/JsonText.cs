using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Colophon.Specs.Json;

/// <summary>
/// Writes JSON byte for byte as <c>JSON.stringify(value, null, 2)</c> does: two spaces, <c>[]</c> and <c>{}</c> for nothing, only the quote, the
/// back-slash, control characters and lone surrogates escaped. Without indents it is <c>JSON.stringify(value)</c>.
/// </summary>
internal sealed class JsonText(IBufferWriter<byte> output, bool indented = true)
{
    private int _depth;
    private bool _first = true;
    private bool _named;

    internal void BeginObject() => Begin((byte)'{');

    internal void EndObject() => End((byte)'}');

    internal void BeginArray() => Begin((byte)'[');

    internal void EndArray() => End((byte)']');

    internal void Name(string name)
    {
        Separate();
        WriteText(name);
        output.Write(indented ? ": "u8 : ":"u8);
        _named = true;
    }

    internal void Text(string value)
    {
        Separate();
        WriteText(value);
    }

    internal void Text(string name, string value)
    {
        Name(name);
        Text(value);
    }

    internal void Number(string name, long value)
    {
        Name(name);
        Number(value);
    }

    internal void Number(long value)
    {
        Separate();
        var span = output.GetSpan(20);
        Utf8Formatter.TryFormat(value, span, out var written);
        output.Advance(written);
    }

    /// <summary>A value that is already JSON: a number, <c>true</c>, <c>null</c>.</summary>
    internal void Literal(string ascii)
    {
        Separate();
        Encoding.ASCII.GetBytes(ascii, output);
    }

    internal void Flag(string name, bool value)
    {
        Name(name);
        Separate();
        output.Write(value ? "true"u8 : "false"u8);
    }

    internal void Null(string name)
    {
        Name(name);
        Separate();
        output.Write("null"u8);
    }

    /// <summary>An array of texts.</summary>
    internal void Texts(string name, IEnumerable<string> values)
    {
        Name(name);
        BeginArray();
        foreach (var value in values)
            Text(value);
        EndArray();
    }

    /// <summary>The line feed that <c>console.log</c> puts behind the value.</summary>
    internal void Finish() => output.Write("\n"u8);

    private void Begin(byte bracket)
    {
        Separate();
        Write(bracket);
        _depth++;
        _first = true;
    }

    private void End(byte bracket)
    {
        _depth--;
        if (!_first)
            NewLine();
        Write(bracket);
        _first = false;
    }

    /// <summary>What stands before a value: nothing behind its name, a comma and a new line elsewhere.</summary>
    private void Separate()
    {
        if (_named)
        {
            _named = false;
            return;
        }

        if (_depth == 0)
            return;
        if (!_first)
            Write((byte)',');
        _first = false;
        NewLine();
    }

    private void NewLine()
    {
        if (!indented)
            return;
        var length = 1 + 2 * _depth;
        var span = output.GetSpan(length)[..length];
        span.Fill((byte)' ');
        span[0] = (byte)'\n';
        output.Advance(length);
    }

    private void WriteText(ReadOnlySpan<char> text)
    {
        Write((byte)'"');
        while (!text.IsEmpty)
        {
            var plain = PlainLength(text);
            if (plain > 0)
                WritePlain(text[..plain]);
            text = text[plain..];
            if (text.IsEmpty)
                break;
            WriteEscape(text[0]);
            text = text[1..];
        }

        Write((byte)'"');
    }

    private static int PlainLength(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is < ' ' or '"' or '\\')
                return i;
            if (!char.IsSurrogate(c))
                continue;
            if (!char.IsHighSurrogate(c) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                return i;
            i++;
        }

        return text.Length;
    }

    private void WritePlain(ReadOnlySpan<char> text)
    {
        // Bounded pieces, so that no text asks for a buffer three times its size.
        const int piece = 4096;
        while (!text.IsEmpty)
        {
            var length = Math.Min(piece, text.Length);
            if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
                length--;
            var span = output.GetSpan(length * 3);
            _ = Utf8.FromUtf16(text[..length], span, out _, out var written);
            output.Advance(written);
            text = text[length..];
        }
    }

    private void WriteEscape(char c)
    {
        var escape = c switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => $"\\u{(int)c:x4}",
        };
        Encoding.ASCII.GetBytes(escape, output);
    }

    private void Write(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }
}
