using System.Text;

namespace Colophon.Tools.Search;

/// <summary>Collects matches in the form of <c>grep -n</c>, up to a bound.</summary>
internal sealed class GrepReport(int context)
{
    private const int MaximumMatches = 200;
    private const int MaximumCharacters = 40_000;
    private const int MaximumColumns = 400;
    private const int MaximumUnreadNamed = 5;

    private readonly StringBuilder _text = new();
    private readonly List<string> _unread = [];
    private int _matches;

    internal bool IsFull => _matches >= MaximumMatches || _text.Length >= MaximumCharacters;

    internal void Search(string path, string content, LineMatcher matcher)
    {
        if (!matcher.MayMatch(content))
            return;
        // Ranges rather than strings: most lines are looked at once and dropped.
        var lines = new List<Range>();
        foreach (var line in content.AsSpan().Split('\n'))
            lines.Add(line);
        if (content.EndsWith('\n'))
            lines.RemoveAt(lines.Count - 1);
        var printed = -1;
        for (var i = 0; i < lines.Count && !IsFull; i++)
        {
            if (!matcher.IsMatch(Line(content, lines[i])))
                continue;
            _matches++;
            var from = Math.Max(printed + 1, i - context);
            if (context > 0 && _text.Length > 0 && (printed < 0 || from > printed + 1))
                _text.Append("--\n");
            for (var j = from; j < i; j++)
                Print(path, j, '-', Line(content, lines[j]));
            if (i > printed)
                Print(path, i, ':', Line(content, lines[i]));
            printed = i;
            for (var j = i + 1; j <= Math.Min(i + context, lines.Count - 1) && !matcher.IsMatch(Line(content, lines[j])); j++)
                Print(path, printed = j, '-', Line(content, lines[j]));
        }
    }

    /// <summary>A file that is too large, may not be read, or is a link that leads out: a search that left it out must say so.</summary>
    internal void CouldNotRead(string path) => _unread.Add(path);

    internal string ToText(string pattern)
    {
        if (_matches == 0)
            _text.Append($"No line matches '{pattern}'.{(_unread.Count > 0 ? "\n" : "")}");
        if (_unread.Count > 0)
            _text.Append($"[not searched, too large or not readable: {string.Join(", ", _unread.Take(MaximumUnreadNamed))}{(_unread.Count > MaximumUnreadNamed ? $" and {_unread.Count - MaximumUnreadNamed} more" : "")}]\n");
        if (IsFull)
            _text.Append($"[stopped after {_matches} matches; narrow the pattern, the path or the glob]\n");
        return _text.ToString();
    }

    private static ReadOnlySpan<char> Line(string content, Range range) => content.AsSpan(range).TrimEnd('\r');

    private void Print(string path, int index, char mark, ReadOnlySpan<char> line)
    {
        _text.Append(path).Append(mark).Append(index + 1).Append(mark);
        if (line.Length <= MaximumColumns)
        {
            _text.Append(line).Append('\n');
            return;
        }

        var end = char.IsHighSurrogate(line[MaximumColumns - 1]) ? MaximumColumns - 1 : MaximumColumns;
        _text.Append(line[..end]).Append($" [+{line.Length - end} characters]\n");
    }
}
