using System.Globalization;
using System.Text;

namespace Colophon.Cli.Terminals;

/// <summary>Makes text fit.</summary>
internal static class Wrapping
{
    /// <summary>Breaks a text at blanks into lines of at most a width; a longer word keeps a line of its own.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        var column = 0;
        foreach (var word in text.Split(' '))
        {
            var columns = DisplayWidth.Of(word);
            if (line.Length > 0 && column + 1 + columns > width)
            {
                lines.Add(line.ToString());
                line.Clear();
                column = 0;
            }

            if (line.Length > 0)
            {
                line.Append(' ');
                column++;
            }

            line.Append(word);
            column += columns;
        }

        lines.Add(line.ToString());
        return lines;
    }

    /// <summary>Breaks a text of several lines anew: lines of one paragraph are joined first, list items and indented lines stay by themselves.</summary>
    public static IReadOnlyList<string> Reflow(string text, int width)
    {
        var paragraphs = new List<string>();
        var open = false;
        foreach (var line in text.Trim('\n').Split('\n').Select(static l => l.TrimEnd()))
        {
            if (open && line.Length > 0 && !BeginsItself(line))
                paragraphs[^1] += " " + line.TrimStart();
            else
                paragraphs.Add(line);
            open = line.Length > 0 && !line.StartsWith("    ", StringComparison.Ordinal);
        }

        return [.. paragraphs.SelectMany(paragraph => Wrap(paragraph, width))];
    }

    private static bool BeginsItself(string line) =>
        line[0] is '#' or '|' or '`' or '>' || line.StartsWith("    ", StringComparison.Ordinal)
        || line.TrimStart() is ['-' or '*' or '+', ' ', ..] || (char.IsAsciiDigit(line[0]) && line.Contains(". ", StringComparison.Ordinal));

    /// <summary>Cuts a text to so many columns, the last character then being an ellipsis; never through what a reader sees as one character.</summary>
    public static string Cut(string text, int width) => DisplayWidth.Of(text) <= width ? text : text[..DisplayWidth.Fitting(text, Math.Max(0, width - 1))] + "…";

    /// <summary>Cuts a text likewise, but its beginning, as one does with paths.</summary>
    public static string CutBeginning(string text, int width)
    {
        if (DisplayWidth.Of(text) <= width)
            return text;
        var rest = text.AsSpan();
        while (rest.Length > 0 && DisplayWidth.Of(rest) > Math.Max(0, width - 1))
            rest = rest[StringInfo.GetNextTextElementLength(rest)..];
        return $"…{rest}";
    }
}
