using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Commands.Completion;

/// <summary>OpenSpec's own lines in a shell's start file, between two marks that stand alone on their lines.</summary>
internal static class MarkedBlock
{
    internal const string Start = "# OPENSPEC:START";
    internal const string End = "# OPENSPEC:END";

    /// <summary>Puts the lines into the file: in the place they had, or at its top.</summary>
    /// <returns>Null, or why the file was left alone.</returns>
    internal static string? Put(string path, string content)
    {
        if (!UserFile.IsWritable(path))
            return "";
        var file = FileText.Read(path);
        if (!file.Missing && file.Text is null)
            return SystemError.Describe(file.Failure ?? "", path);
        var block = $"{Start}\n{content}\n{End}";
        if (file.Text is not { } text)
        {
            UserFile.Write(path, block);
            return null;
        }

        var start = Find(text, Start, 0);
        var end = Find(text, End, start < 0 ? 0 : start + Start.Length);
        if (start >= 0 != end >= 0)
            return $"Invalid marker state in {path}. Found start: {(start >= 0 ? "true" : "false")}, Found end: {(end >= 0 ? "true" : "false")}";
        var changed = start < 0 ? $"{block}\n\n{text}" : $"{text[..start]}{block}{text[(end + End.Length)..]}";
        UserFile.Write(path, LikeOriginal(changed, text));
        return null;
    }

    /// <summary>Whether both marks are anywhere in the file.</summary>
    internal static bool IsIn(string path) =>
        FileText.Read(path).Text is { } text && text.Contains(Start, StringComparison.Ordinal) && text.Contains(End, StringComparison.Ordinal);

    /// <summary>Takes the lines out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="allBlank">Whether every blank line at the file's top goes with them, or the one that was put behind the block there.</param>
    /// <returns>False where the marks are in the wrong order.</returns>
    internal static bool Remove(string path, bool allBlank)
    {
        if (!IsIn(path) || FileText.Read(path).Text is not { } text)
            return true;
        var lines = text.Split('\n').ToList();
        var start = lines.FindIndex(static line => Js.Trim(line).SequenceEqual(Start));
        var end = lines.FindIndex(static line => Js.Trim(line).SequenceEqual(End));
        if (start < 0 || end < start)
            return false;
        lines.RemoveRange(start, end - start + 1);
        if (allBlank)
        {
            while (lines.Count > 0 && Js.IsBlank(lines[0]))
                lines.RemoveAt(0);
        }
        else if (start == 0 && lines.Count > 0 && Js.IsBlank(lines[0]))
        {
            lines.RemoveAt(0);
        }

        UserFile.Write(path, string.Join('\n', lines));
        return true;
    }

    /// <summary>A path as a POSIX shell reads it literally.</summary>
    internal static string Quote(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static int Find(string text, string mark, int from)
    {
        for (var at = text.IndexOf(mark, from, StringComparison.Ordinal); at >= 0; at = text.IndexOf(mark, at + mark.Length, StringComparison.Ordinal))
        {
            var line = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
            var rest = text.IndexOf('\n', at) is var next and >= 0 ? next : text.Length;
            if (text.AsSpan(line, at - line).Trim(" \t\r").IsEmpty && text.AsSpan(at + mark.Length, rest - at - mark.Length).Trim(" \t\r").IsEmpty)
                return at;
        }

        return -1;
    }

    /// <summary>The line ends that are more common in the original, CRLF where they are level.</summary>
    private static string LikeOriginal(string text, string original)
    {
        var crlf = original.AsSpan().Count("\r\n");
        var lf = original.AsSpan().Count('\n') - crlf;
        if (crlf + lf == 0)
            return text;
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return crlf >= lf ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text;
    }
}
