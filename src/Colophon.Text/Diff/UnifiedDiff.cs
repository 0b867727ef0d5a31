using System.Globalization;
using System.Text;

namespace Colophon.Text.Diff;

/// <summary>
/// Unified diffs in git's style. The text is exact: CRLF lines keep their carriage return, a missing final newline is said, so
/// <c>git apply</c> and <see cref="Apply"/> turn the old text into the new byte for byte.
/// </summary>
public static class UnifiedDiff
{
    private const string NoNewline = "\\ No newline at end of file\n";

    /// <summary>Writes the diff of one file; empty when nothing differs.</summary>
    /// <param name="path">The file's path, <c>/</c> between its parts.</param>
    /// <param name="before">The old text, null for a new file.</param>
    /// <param name="after">The new text, null for a deleted file.</param>
    /// <param name="context">How many unchanged lines surround a change.</param>
    /// <param name="renamedFrom">The old path, where it differs.</param>
    public static string Format(string path, string? before, string? after, int context = 3, string? renamedFrom = null)
    {
        if (string.Equals(before, after, StringComparison.Ordinal) && renamedFrom is null)
            return "";
        var text = new StringBuilder();
        text.Append($"diff --git a/{renamedFrom ?? path} b/{path}\n");
        if (before is null)
            text.Append("new file mode 100644\n");
        if (after is null)
            text.Append("deleted file mode 100644\n");
        if (renamedFrom is not null)
            text.Append($"rename from {renamedFrom}\nrename to {path}\n");
        if (IsBinary(before) || IsBinary(after))
        {
            if (!string.Equals(before, after, StringComparison.Ordinal))
                text.Append($"Binary files {Side("a/", before, renamedFrom ?? path)} and {Side("b/", after, path)} differ\n");
            return text.ToString();
        }

        var hunks = PatchHunks.Of(before ?? "", after ?? "", context);
        if (hunks.Count == 0)
            return text.ToString();
        text.Append($"--- {Side("a/", before, renamedFrom ?? path)}\n+++ {Side("b/", after, path)}\n");
        var (old, fresh) = (LineText.Split(before).RawLines, LineText.Split(after).RawLines);
        foreach (var hunk in hunks)
            Write(text, hunk, old, fresh);
        return text.ToString();
    }

    /// <summary>
    /// Applies the hunks of a diff of one file. Nothing is searched for: every context and removed line must stand where the header says.
    /// </summary>
    /// <returns>The new text, or null where the diff is malformed or does not fit.</returns>
    public static string? Apply(string before, string diff)
    {
        var old = LineText.Split(before).RawLines;
        var lines = LineText.Split(diff).RawLines;
        var text = new StringBuilder();
        var line = 0;
        for (var i = 0; i < lines.Count;)
        {
            if (!lines[i].StartsWith("@@ ", StringComparison.Ordinal))
            {
                i++;
                continue;
            }

            if (!TryReadHeader(lines[i], out var start, out var oldLines, out var newLines) || start < line || start > old.Count)
                return null;
            for (; line < start; line++)
                text.Append(old[line]);
            for (i++; oldLines > 0 || newLines > 0; i++)
            {
                if (i >= lines.Count || lines[i].Length == 0)
                    return null;
                var sign = lines[i][0];
                var whole = i + 1 < lines.Count && lines[i].Length > 1 && lines[i + 1].StartsWith("\\ ", StringComparison.Ordinal);
                var body = whole ? lines[i][1..^1] : lines[i][1..];
                if (sign is ' ' or '-')
                {
                    if (line >= old.Count || !string.Equals(old[line], body, StringComparison.Ordinal))
                        return null;
                    line++;
                    oldLines--;
                }

                if (sign is ' ' or '+')
                {
                    text.Append(body);
                    newLines--;
                }

                if (sign is not (' ' or '+' or '-'))
                    return null;
                i += whole ? 1 : 0;
            }

            if (oldLines < 0 || newLines < 0)
                return null;
        }

        for (; line < old.Count; line++)
            text.Append(old[line]);
        return text.ToString();
    }

    /// <summary>Whether a text is shown as binary: it holds a NUL within its first 8,000 characters, git's rule.</summary>
    public static bool IsBinary(string? text) => text is not null && text.AsSpan(0, Math.Min(text.Length, 8000)).Contains('\0');

    private static string Side(string prefix, string? text, string path) => text is null ? "/dev/null" : prefix + path;

    private static void Write(StringBuilder text, PatchHunk hunk, IReadOnlyList<string> old, IReadOnlyList<string> fresh)
    {
        text.Append(hunk.Header).Append('\n');
        var line = hunk.OldStart;
        foreach (var change in hunk.Changes)
        {
            Write(text, ' ', old, line, change.OldStart);
            Write(text, '-', old, change.OldStart, change.OldEnd);
            Write(text, '+', fresh, change.NewStart, change.NewEnd);
            line = change.OldEnd;
        }

        Write(text, ' ', old, line, hunk.OldStart + hunk.OldLines);
    }

    private static void Write(StringBuilder text, char sign, IReadOnlyList<string> lines, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            text.Append(sign).Append(lines[i]);
            if (!lines[i].EndsWith('\n'))
                text.Append('\n').Append(NoNewline);
        }
    }

    private static bool TryReadHeader(string header, out int start, out int oldLines, out int newLines)
    {
        (start, oldLines, newLines) = (0, 0, 0);
        if (header.Split(' ') is not ["@@", ['-', .. var old], ['+', .. var fresh], var close, ..] || !close.StartsWith("@@", StringComparison.Ordinal))
            return false;
        if (!TryReadRange(old, out start, out oldLines) || !TryReadRange(fresh, out _, out newLines))
            return false;
        start -= oldLines > 0 ? 1 : 0;
        return start >= 0;
    }

    private static bool TryReadRange(string range, out int start, out int lines)
    {
        lines = 1;
        var comma = range.IndexOf(',', StringComparison.Ordinal);
        return int.TryParse(comma < 0 ? range : range[..comma], NumberStyles.None, CultureInfo.InvariantCulture, out start)
            && (comma < 0 || int.TryParse(range[(comma + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out lines));
    }
}
