using System.Text;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Setup.Legacy;

/// <summary>The block that older versions kept in files like <c>CLAUDE.md</c>, between two markers.</summary>
internal static class MarkerBlock
{
    private const string Start = "<!-- OPENSPEC:START -->";
    private const string End = "<!-- OPENSPEC:END -->";

    /// <summary>Whether both markers stand anywhere in the text.</summary>
    internal static bool IsIn(string text) => text.Contains(Start, StringComparison.Ordinal) && text.Contains(End, StringComparison.Ordinal);

    /// <summary>The text without the block; markers count on lines of their own only.</summary>
    internal static string Remove(string text)
    {
        var start = Find(text, Start, 0);
        var end = Find(text, End, start < 0 ? 0 : start + Start.Length);
        if (start < 0 || end <= start)
            return text;
        var from = text.LastIndexOf('\n', start) + 1;
        var to = text.IndexOf('\n', end) is >= 0 and var lineEnd ? lineEnd + 1 : text.Length;
        var newline = Dominant(text);
        var rest = Js.TrimEnd(Collapse(string.Concat(text.AsSpan(0, from), text.AsSpan(to)), newline));
        return rest.IsEmpty ? "" : string.Concat(rest, newline);
    }

    private static int Find(string text, string marker, int from)
    {
        for (var at = text.IndexOf(marker, from, StringComparison.Ordinal); at >= 0; at = text.IndexOf(marker, at + marker.Length, StringComparison.Ordinal))
        {
            var lineStart = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
            var lineEnd = text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;
            if (text.AsSpan(lineStart, at - lineStart).ContainsAnyExcept(" \t\r") || text.AsSpan((at + marker.Length)..lineEnd).ContainsAnyExcept(" \t\r"))
                continue;
            return at;
        }

        return -1;
    }

    private static string Dominant(string text)
    {
        var crlf = text.AsSpan().Count("\r\n");
        return crlf > 0 && crlf >= text.AsSpan().Count('\n') - crlf ? "\r\n" : "\n";
    }

    /// <summary>Three line ends or more in a row become two.</summary>
    private static string Collapse(string text, string newline)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var (end, count) = (at, 0);
            while (LineEnd(text, end) is > 0 and var length)
                (end, count) = (end + length, count + 1);
            if (count >= 3)
            {
                result.Append(newline).Append(newline);
                at = end;
            }
            else
            {
                result.Append(text[at++]);
            }
        }

        return result.ToString();
    }

    private static int LineEnd(string text, int at) =>
        at >= text.Length ? 0 : text[at] == '\n' ? 1 : text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 0;
}
