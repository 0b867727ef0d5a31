using System.Text;

namespace Colophon.Specs.Parsing;

/// <summary>
/// A requirement's own text: the lines up to the first header outside a fence, trimmed, blank ones and fences left out, <c>**Label**:</c> lines left
/// out unless there is nothing else.
/// </summary>
internal static class RequirementBody
{
    internal static string Read(RequirementBlock block)
    {
        var body = new Collector();
        for (var i = 1; i < block.Count; i++)
        {
            if (block.IsFenced(i))
                continue;
            var line = block.WrittenAt(i);
            if (Headers.Level(line) > 0)
                break;
            body.Add(Js.Trim(line));
        }

        return body.Result();
    }

    /// <summary>The same for a section's content, which the CLI trims first: an indented header that opens it counts as one.</summary>
    internal static string Read(MarkdownLines lines, int from, int to)
    {
        var body = new Collector();
        var first = true;
        while (to > from && Js.IsBlank(lines.Written(to - 1)))
            to--;
        for (var i = from; i < to; i++)
        {
            var line = i == to - 1 ? Js.TrimEnd(lines.Written(i)) : lines.Written(i);
            var trimmed = Js.Trim(line);
            if (first && trimmed.IsEmpty)
                continue;
            if (!lines.IsFenced(i))
            {
                if (Headers.Level(first ? Js.TrimStart(line) : line) > 0)
                    break;
                body.Add(trimmed);
            }

            first = false;
        }

        return body.Result();
    }

    private static bool IsLabel(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("**"))
            return false;
        var end = line[2..].IndexOf('*');
        return end > 0 && line[(2 + end)..].StartsWith("**:");
    }

    private ref struct Collector
    {
        private string? _text;
        private string? _labels;
        private StringBuilder? _more;
        private StringBuilder? _moreLabels;

        internal void Add(ReadOnlySpan<char> line)
        {
            if (line.IsEmpty)
                return;
            if (IsLabel(line))
                Append(ref _labels, ref _moreLabels, line);
            else
                Append(ref _text, ref _more, line);
        }

        internal readonly string Result() =>
            _text is not null ? _more?.ToString() ?? _text : _moreLabels?.ToString() ?? _labels ?? "";

        private static void Append(ref string? first, ref StringBuilder? more, ReadOnlySpan<char> line)
        {
            if (first is null)
            {
                first = line.ToString();
                return;
            }

            more ??= new StringBuilder(first);
            more.Append('\n').Append(line);
        }
    }
}
