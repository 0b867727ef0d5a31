namespace Colophon.Security.Redaction;

/// <summary>
/// Remembers where the last run of each alphabet ended, so that a text made of nothing but beginnings of keys is read once and not once for
/// each beginning.
/// </summary>
internal ref struct RunCache(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private Ends _starts;
    private Ends _ends;
    private int _markFrom = int.MaxValue;
    private int _mark = -1;

    /// <summary>The index of the next occurrence of <paramref name="mark"/> (always the same one) at or after <paramref name="start"/>, or -1.</summary>
    internal int NextMark(string mark, int start)
    {
        if (start < _markFrom || start > _mark)
        {
            var found = _text[start..].IndexOf(mark);
            (_markFrom, _mark) = (start, found < 0 ? int.MaxValue : start + found);
        }

        return _mark == int.MaxValue ? -1 : _mark;
    }

    /// <summary>The index after the last of the characters from <paramref name="start"/> on that are all in the alphabet.</summary>
    internal int EndOf(int alphabet, int start)
    {
        if (start >= _starts[alphabet] && start < _ends[alphabet])
            return _ends[alphabet];
        var length = _text[start..].IndexOfAnyExcept(KeyFormat.Alphabets[alphabet]);
        var end = length < 0 ? _text.Length : start + length;
        (_starts[alphabet], _ends[alphabet]) = (start, end);
        return end;
    }

    [System.Runtime.CompilerServices.InlineArray(8)]
    private struct Ends
    {
        private int _first;
    }
}
