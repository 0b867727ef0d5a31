using Colophon.Specs.Parsing;

namespace Colophon.Specs.Merging;

/// <summary>Markdown constructs by the look of one line.</summary>
internal static class Construct
{
    /// <summary><c>^ {0,3}(=+|-+)\s*$</c>: the rule that makes a heading of the line above.</summary>
    internal static bool IsSetextRule(ReadOnlySpan<char> line)
    {
        var rest = Markdown.Unindented(line);
        if (rest.IsEmpty || rest[0] is not ('=' or '-'))
            return false;
        var run = rest.IndexOfAnyExcept(rest[0]);
        return run < 0 || Js.IsBlank(rest[run..]);
    }

    /// <summary><c>^&lt;h[1-6]\b</c>, any case.</summary>
    internal static bool IsHtmlHeading(ReadOnlySpan<char> text) =>
        text.Length >= 3 && text[0] == '<' && text[1] is 'h' or 'H' && text[2] is >= '1' and <= '6' && (text.Length == 3 || !Js.IsWord(text[3]));

    /// <summary>A heading in any spelling.</summary>
    internal static bool IsHeading(ReadOnlySpan<char> line) =>
        (Markdown.HashesIndented(line, out var rest) is >= 1 and <= 6 && (rest.IsEmpty || rest[0] is ' ' or '\t')) || IsHtmlHeading(Js.TrimStart(line));

    /// <summary>A quote, a thematic break, a list item, a table row or HTML: what ends the paragraph above.</summary>
    internal static bool InterruptsParagraph(ReadOnlySpan<char> line)
    {
        var rest = Markdown.Unindented(line);
        if (rest.IsEmpty)
            return false;
        if (rest[0] is '>' or '<' or '|' || IsThematicBreak(rest))
            return true;
        var marker = TaskLine.ListMarker(rest);
        return marker > 0 && (marker == rest.Length || rest[marker] is ' ' or '\t');
    }

    /// <summary><c>^(\s*(?:[-*+]|\d{1,9}[.)])\s+)</c>: how long it is, or 0.</summary>
    internal static int ListItem(ReadOnlySpan<char> line)
    {
        var indent = Js.CountSpaces(line);
        var marker = TaskLine.ListMarker(line[indent..]);
        if (marker == 0)
            return 0;
        var spaces = Js.CountSpaces(line[(indent + marker)..]);
        return spaces == 0 ? 0 : indent + marker + spaces;
    }

    /// <summary>The column behind a prefix, a tab going to the next multiple of four.</summary>
    internal static int Column(ReadOnlySpan<char> prefix)
    {
        var column = 0;
        foreach (var c in prefix)
            column += c == '\t' ? 4 - column % 4 : 1;
        return column;
    }

    /// <summary>The line without up to so many columns of white space.</summary>
    internal static ReadOnlySpan<char> DropIndent(ReadOnlySpan<char> line, int columns)
    {
        var (column, index) = (0, 0);
        while (index < line.Length && column < columns && line[index] is ' ' or '\t')
            column += line[index++] == '\t' ? 4 - column % 4 : 1;
        return line[index..];
    }

    private static bool IsThematicBreak(ReadOnlySpan<char> text)
    {
        var marks = 0;
        foreach (var c in text)
        {
            if (c is '-' or '*' or '_')
                marks++;
            else if (marks == 0 || c is not (' ' or '\t'))
                return false;
        }

        return marks >= 3;
    }
}
