using System.Globalization;
using System.Text;

namespace Colophon.Kernel.Configuration.Toml;

/// <summary>Strings: basic and literal, on one line and on several.</summary>
internal sealed partial class TomlReader
{
    private string? ReadSingleLineString()
    {
        var quote = Current;
        var start = Here();
        _at++;
        var content = new StringBuilder();
        while (!AtEnd && Current != quote)
        {
            if (Current is '\n' or '\r')
                break;
            if (quote == '"' && Current == '\\')
            {
                if (!ReadEscape(content))
                    return null;
            }
            else if (!TakeCharacter(content))
            {
                return null;
            }
        }

        if (AtEnd || Current != quote)
            return Fail<string>(start, "The string is not closed on its line.");
        _at++;
        return content.ToString();
    }

    private string? ReadMultiLineString()
    {
        var quote = Current;
        var start = Here();
        _at += 3;
        SkipLineEnd();
        var content = new StringBuilder();
        while (!AtEnd)
        {
            if (IsTriple(quote))
            {
                // Up to two quotes may stand right before the closing three.
                var run = 3;
                while (run < 5 && _at + run < text.Length && text[_at + run] == quote)
                    run++;
                content.Append(quote, run - 3);
                _at += run;
                return content.ToString();
            }

            if (Current == '\n' || IsCarriageReturnLineFeed())
            {
                SkipLineEnd();
                content.Append('\n');
            }
            else if (quote == '"' && Current == '\\')
            {
                if (!SkipLineContinuation() && !ReadEscape(content))
                    return null;
            }
            else if (!TakeCharacter(content))
            {
                return null;
            }
        }

        return Fail<string>(start, "The multi-line string is not closed.");
    }

    /// <summary>A backslash at the end of a line swallows all white space up to the next character.</summary>
    private bool SkipLineContinuation()
    {
        var after = _at + 1;
        while (after < text.Length && text[after] is ' ' or '\t')
            after++;
        var standing = _at;
        _at = after;
        if (!SkipLineEnd())
        {
            _at = standing;
            return false;
        }

        do
        {
            SkipBlanks();
        }
        while (SkipLineEnd());
        return true;
    }

    private bool TakeCharacter(StringBuilder content)
    {
        if (IsControl(Current) || IsLoneSurrogate())
            return Fail(Here(), $"A string cannot hold {Describe()} as it is; escape it.");
        content.Append(Current);
        _at++;
        // The pair was checked as a whole; its second half would look alone.
        if (char.IsLowSurrogate(Current) && char.IsHighSurrogate(text[_at - 1]))
        {
            content.Append(Current);
            _at++;
        }

        return true;
    }

    private bool ReadEscape(StringBuilder content)
    {
        var position = Here();
        _at++;
        var kind = Current;
        _at++;
        switch (kind)
        {
            case 'b': content.Append('\b'); return true;
            case 't': content.Append('\t'); return true;
            case 'n': content.Append('\n'); return true;
            case 'f': content.Append('\f'); return true;
            case 'r': content.Append('\r'); return true;
            case '"': content.Append('"'); return true;
            case '\\': content.Append('\\'); return true;
            case 'u': return ReadCodePoint(content, 4, position);
            case 'U': return ReadCodePoint(content, 8, position);
            default:
                _at = Math.Min(_at, text.Length);
                return Fail(position, "Unknown escape; a backslash itself is written '\\\\', or use single quotes.");
        }
    }

    private bool ReadCodePoint(StringBuilder content, int digits, TomlPosition position)
    {
        if (_at + digits <= text.Length
            && uint.TryParse(text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            && Rune.IsValid(number))
        {
            content.Append(new Rune(number).ToString());
            _at += digits;
            return true;
        }

        return Fail(position, $"'\\{(digits == 4 ? 'u' : 'U')}' needs {digits} hexadecimal digits of a Unicode scalar value.");
    }
}
