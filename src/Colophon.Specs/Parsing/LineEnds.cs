using System.Text;

namespace Colophon.Specs.Parsing;

/// <summary>Line ends as the CLI normalises them: CRLF and a lone CR become LF, nothing else changes.</summary>
internal static class LineEnds
{
    internal static string ReplaceLineEndingsToLineFeed(this string text)
    {
        var normal = new StringBuilder(text.Length);
        var from = 0;
        while (text.IndexOf('\r', from) is var at and >= 0)
        {
            normal.Append(text, from, at - from).Append('\n');
            from = at + (at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1);
        }

        return normal.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>The text of a file as readers here want it: LF, no byte order mark.</summary>
    internal static string Normalise(string text)
    {
        if (text.StartsWith('\uFEFF'))
            text = text[1..];
        return text.Contains('\r') ? text.ReplaceLineEndingsToLineFeed() : text;
    }
}
