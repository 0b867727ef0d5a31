namespace Colophon.Specs.Parsing;

/// <summary>
/// A Markdown file cut into lines once, with the lines inside fenced code marked. Line ends are LF here: CRLF and a lone CR were replaced.
/// </summary>
internal sealed class MarkdownLines
{
    private readonly int[] _starts;
    private readonly bool[] _fenced;
    private readonly string?[]? _seen;

    private MarkdownLines(string text, SpecKeywords? keywords)
    {
        (Text, Keywords) = (text, keywords);
        var count = text.AsSpan().Count('\n') + 1;
        _starts = new int[count + 1];
        for (int i = 1, at = 0; i < count; i++)
        {
            at = text.IndexOf('\n', at) + 1;
            _starts[i] = at;
        }

        _starts[count] = text.Length + 1;
        _fenced = new bool[count];
        MarkFences();
        if (keywords is not null)
            _seen = See(keywords);
    }

    internal string Text { get; }

    /// <summary>The words that count beside the English ones; null for none.</summary>
    internal SpecKeywords? Keywords { get; }

    internal int Count => _fenced.Length;

    /// <summary>What keeping this takes, in bytes.</summary>
    internal long Bytes => 2L * Text.Length + 5L * Count;

    /// <summary>A line as readers see it: with a keyword of another language, in English.</summary>
    internal ReadOnlySpan<char> this[int line] => _seen?[line] is { } seen ? seen : Written(line);

    /// <summary>A line as it is written: what is shown to people, measured and copied.</summary>
    internal ReadOnlySpan<char> Written(int line) => Text.AsSpan(_starts[line], _starts[line + 1] - 1 - _starts[line]);

    /// <summary>Whether readers see another line than is written.</summary>
    internal bool IsTranslated(int line) => _seen?[line] is not null;

    /// <summary>Cuts a file's text.</summary>
    /// <param name="content">The file's text.</param>
    /// <param name="keepMark">Keep a byte order mark on the first line, which then is no header: some of the CLI's readers do.</param>
    /// <param name="keywords">Words that count beside the English ones; null for none.</param>
    internal static MarkdownLines Of(string content, bool keepMark = false, SpecKeywords? keywords = null)
    {
        if (!keepMark && content.StartsWith('\uFEFF'))
            content = content[1..];
        return new MarkdownLines(content.Contains('\r') ? content.ReplaceLineEndingsToLineFeed() : content, keywords);
    }

    /// <summary>The line, counted from 0, of a fence that is never closed; -1 where every fence is.</summary>
    internal int OpenFence { get; private set; } = -1;

    internal bool IsFenced(int line) => _fenced[line];

    internal int StartOf(int line) => _starts[line];

    /// <summary>The place behind the last character of a line.</summary>
    internal int EndOf(int line) => _starts[line + 1] - 1;

    /// <summary>The lines from <paramref name="from"/> up to and without <paramref name="to"/>.</summary>
    internal ReadOnlySpan<char> Slice(int from, int to) => from >= to ? [] : Text.AsSpan(_starts[from], _starts[to] - 1 - _starts[from]);

    private void MarkFences()
    {
        var (marker, length) = ('\0', 0);
        for (var i = 0; i < Count; i++)
        {
            var line = Js.TrimStart(Written(i));
            var run = FenceRun(line);
            if (length == 0)
            {
                if (run < 3)
                    continue;
                (marker, length) = (line[0], run);
                OpenFence = i;
                _fenced[i] = true;
                continue;
            }

            _fenced[i] = true;
            if (run >= length && line[0] == marker && Js.IsBlank(line[run..]))
                (length, OpenFence) = (0, -1);
        }
    }

    private string?[] See(SpecKeywords keywords)
    {
        var seen = new string?[Count];
        for (var i = 0; i < Count; i++)
        {
            if (!_fenced[i])
                seen[i] = keywords.See(Written(i));
        }

        return seen;
    }

    private static int FenceRun(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty || line[0] is not ('`' or '~'))
            return 0;
        var run = line.IndexOfAnyExcept(line[0]);
        return run < 0 ? line.Length : run;
    }
}
