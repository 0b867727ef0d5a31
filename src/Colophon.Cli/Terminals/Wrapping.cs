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
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            if (line.Length > 0)
                line.Append(' ');
            line.Append(word);
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

    /// <summary>Cuts a text to a width, the last character then being an ellipsis; never through a surrogate pair.</summary>
    public static string Cut(string text, int width)
    {
        if (text.Length <= width)
            return text;
        var end = Math.Max(0, width - 1);
        if (end > 0 && char.IsHighSurrogate(text[end - 1]))
            end--;
        return text[..end] + "…";
    }
}
