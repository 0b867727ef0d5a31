namespace Colophon.Specs.Tracing.Links;

/// <summary>A text and where its lines begin; lines count from 0 here.</summary>
internal sealed class SourceText
{
    private readonly List<int> _starts = [0];

    internal SourceText(string text)
    {
        Text = text;
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
            _starts.Add(at + 1);
    }

    internal string Text { get; }

    internal int Count => _starts.Count;

    internal int StartOf(int line) => _starts[line];

    internal int EndOf(int line) => line + 1 < _starts.Count ? _starts[line + 1] - 1 : Text.Length;

    internal ReadOnlySpan<char> Line(int line)
    {
        var span = Text.AsSpan(_starts[line]..EndOf(line));
        return span.EndsWith("\r") ? span[..^1] : span;
    }

    internal int LineAt(int offset)
    {
        var found = _starts.BinarySearch(offset);
        return found >= 0 ? found : ~found - 1;
    }
}
