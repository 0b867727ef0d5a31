using Colophon.Specs.Parsing;

namespace Colophon.Specs.Checking;

/// <summary>Which lines begin inside an HTML comment, fences aside.</summary>
internal static class CommentMask
{
    /// <summary>One flag a line; null where no line does.</summary>
    internal static bool[]? Of(MarkdownLines lines)
    {
        if (!lines.Text.Contains("<!--", StringComparison.Ordinal))
            return null;
        var mask = new bool[lines.Count];
        var inside = false;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines.IsFenced(i) && !inside)
                continue;
            mask[i] = inside;
            inside = EndsInside(lines[i], inside);
        }

        return mask;
    }

    private static bool EndsInside(ReadOnlySpan<char> line, bool inside)
    {
        while (true)
        {
            var at = line.IndexOf(inside ? "-->" : "<!--", StringComparison.Ordinal);
            // A comment that is talked about stands in back-ticks.
            if (at < 0 || (!inside && at > 0 && line[at - 1] == '`'))
                return inside;
            line = line[(at + (inside ? 3 : 4))..];
            inside = !inside;
        }
    }
}
