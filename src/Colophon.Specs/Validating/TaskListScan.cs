using Colophon.Specs.Parsing;

namespace Colophon.Specs.Validating;

/// <summary>Finds the first list item a reader would see: front matter, fences, HTML comments and indented code are passed over.</summary>
internal static class TaskListScan
{
    private const int CodeColumn = 4;

    /// <summary>The item's line, counted from 1, or null.</summary>
    internal static int? FirstListItem(string text)
    {
        var lines = text.Split('\n');
        var (marker, length, comment) = ('\0', 0, false);
        for (var i = AfterFrontMatter(lines); i < lines.Length; i++)
        {
            var line = lines[i].AsSpan();
            if (comment)
            {
                comment = !line.Contains("-->", StringComparison.Ordinal);
                continue;
            }

            if (Fence(line, out var run, out var rest))
            {
                if (length == 0)
                    (marker, length) = (run[0], run.Length);
                else if (run[0] == marker && run.Length >= length && Js.IsBlank(rest))
                    length = 0;
                continue;
            }

            if (length > 0)
                continue;
            if (Js.TrimStart(line).StartsWith("<!--"))
                comment = !line[(line.IndexOf("<!--") + 4)..].Contains("-->", StringComparison.Ordinal);
            else if (IsListItem(line) && TaskReader.Columns(line) < CodeColumn)
                return i + 1;
        }

        return null;
    }

    private static int AfterFrontMatter(string[] lines)
    {
        if (!IsRule(Js.TrimEnd(lines[0].StartsWith('\uFEFF') ? lines[0].AsSpan(1) : lines[0])))
            return 0;
        for (var i = 1; i < lines.Length; i++)
        {
            if (IsRule(Js.TrimEnd(lines[i])))
                return i + 1;
        }

        return 0;
    }

    private static bool IsRule(ReadOnlySpan<char> line) => line is "---";

    /// <summary><c>^ {0,3}(`{3,}|~{3,})(.*)</c>.</summary>
    private static bool Fence(ReadOnlySpan<char> line, out ReadOnlySpan<char> run, out ReadOnlySpan<char> rest)
    {
        run = [];
        rest = [];
        var indent = 0;
        while (indent < line.Length && line[indent] == ' ')
            indent++;
        if (indent > 3 || indent == line.Length || line[indent] is not ('`' or '~'))
            return false;
        var tail = line[indent..];
        var length = tail.IndexOfAnyExcept(tail[0]);
        length = length < 0 ? tail.Length : length;
        if (length < 3)
            return false;
        run = tail[..length];
        rest = tail[length..];
        var end = rest.IndexOfAny("\r\u2028\u2029");
        rest = end < 0 ? rest : rest[..end];
        return true;
    }

    /// <summary><c>^\s*(?:[-*+]|\d{1,9}[.)])\s+\S</c>.</summary>
    private static bool IsListItem(ReadOnlySpan<char> line)
    {
        var rest = Js.TrimStart(line);
        var mark = TaskLine.ListMarker(rest);
        if (mark == 0)
            return false;
        rest = rest[mark..];
        var spaces = Js.CountSpaces(rest);
        return spaces > 0 && spaces < rest.Length;
    }
}
