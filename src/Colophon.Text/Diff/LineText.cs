using System.Text;

namespace Colophon.Text.Diff;

/// <summary>How the lines of a text end.</summary>
public enum EolStyle
{
    /// <summary>No line of the text is terminated.</summary>
    None,

    /// <summary>Every terminated line ends in a line feed.</summary>
    Lf,

    /// <summary>Every terminated line ends in carriage return and line feed.</summary>
    CrLf,

    /// <summary>Both occur.</summary>
    Mixed,
}

/// <summary>
/// A text as lines, with what ended each of them, so that it can be put together again byte for byte. A line ends at <c>\n</c> or
/// <c>\r\n</c>; a lone <c>\r</c> is part of its line, as git sees it. The empty text has no lines.
/// </summary>
public sealed class LineText
{
    private readonly string[] _raw;

    private LineText(string[] raw, string[] lines, EolStyle eol)
    {
        _raw = raw;
        Lines = lines;
        Eol = eol;
    }

    /// <summary>The lines without their terminators.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The lines with their terminators; joined they are the text.</summary>
    public IReadOnlyList<string> RawLines => _raw;

    /// <summary>How the lines end.</summary>
    public EolStyle Eol { get; }

    /// <summary>Whether the last line is terminated; true for the empty text, which lacks nothing.</summary>
    public bool EndsWithNewline => _raw.Length == 0 || _raw[^1].EndsWith('\n');

    /// <summary>The terminator that a new line in this text should get: the one most lines have, <c>\n</c> where none has any.</summary>
    public string PreferredTerminator
    {
        get
        {
            var crlf = _raw.Count(static l => l.EndsWith("\r\n", StringComparison.Ordinal));
            return crlf * 2 > _raw.Count(static l => l.EndsWith('\n')) ? "\r\n" : "\n";
        }
    }

    /// <summary>Splits a text.</summary>
    public static LineText Split(ReadOnlySpan<char> text)
    {
        var raw = new List<string>();
        var lines = new List<string>();
        var (lf, crlf) = (false, false);
        while (!text.IsEmpty)
        {
            var feed = text.IndexOf('\n');
            var whole = feed < 0 ? text : text[..(feed + 1)];
            var body = feed < 0 ? text : text[..feed];
            if (feed > 0 && body[^1] == '\r')
            {
                body = body[..^1];
                crlf = true;
            }
            else if (feed >= 0)
            {
                lf = true;
            }

            var line = body.ToString();
            lines.Add(line);
            raw.Add(body.Length == whole.Length ? line : whole.ToString());
            text = text[whole.Length..];
        }

        var eol = (lf, crlf) switch { (true, true) => EolStyle.Mixed, (true, _) => EolStyle.Lf, (_, true) => EolStyle.CrLf, _ => EolStyle.None };
        return new LineText([.. raw], [.. lines], eol);
    }

    /// <summary>Puts the text together again.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var line in _raw)
            text.Append(line);
        return text.ToString();
    }
}
