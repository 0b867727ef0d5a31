using System.Text;

namespace Colophon.Tools.Files;

/// <summary>
/// A text seen with LF line ends only, and the way back: models write LF, files may hold CRLF, and lines that are not edited must keep
/// their bytes.
/// </summary>
internal sealed class LineEnds
{
    private readonly string _original;
    private readonly List<int> _dropped = [];

    internal LineEnds(string original)
    {
        _original = original;
        View = original.Contains("\r\n", StringComparison.Ordinal) ? Strip(original) : original;
    }

    /// <summary>The text with every CRLF shown as LF.</summary>
    internal string View { get; }

    internal static bool AllAreCrLf(string text)
    {
        var all = text.AsSpan().Count('\n');
        return all > 0 && all == text.AsSpan().Count("\r\n");
    }

    internal static string ToLf(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>The original with pieces of the view replaced.</summary>
    /// <param name="starts">Where the pieces begin in <see cref="View"/>, ascending and apart.</param>
    /// <param name="length">How long each is in the view.</param>
    /// <param name="replacement">The new text with LF; it is written with CRLF where the piece, or else most of the file, has that.</param>
    internal string Replace(IReadOnlyList<int> starts, int length, string replacement)
    {
        var result = new StringBuilder(_original.Length + (starts.Count * (replacement.Length - length)));
        var crlf = replacement.Replace("\n", "\r\n", StringComparison.Ordinal);
        var mostly = _dropped.Count * 2 > View.AsSpan().Count('\n');
        var copied = 0;
        foreach (var start in starts)
        {
            var (from, to) = (Original(start), Original(start + length));
            var piece = _original.AsSpan(from, to - from);
            result.Append(_original.AsSpan(copied, from - copied));
            result.Append(piece.Contains('\n') ? (piece.Contains("\r\n", StringComparison.Ordinal) ? crlf : replacement) : mostly ? crlf : replacement);
            copied = to;
        }

        return result.Append(_original.AsSpan(copied)).ToString();
    }

    private string Strip(string original)
    {
        var view = new StringBuilder(original.Length);
        for (var i = 0; i < original.Length; i++)
        {
            if (original[i] == '\r' && i + 1 < original.Length && original[i + 1] == '\n')
                _dropped.Add(view.Length);
            else
                view.Append(original[i]);
        }

        return view.ToString();
    }

    /// <summary>The original offset of an offset in the view; the one of a line end is that of its CR.</summary>
    private int Original(int offset)
    {
        var found = _dropped.BinarySearch(offset);
        return offset + (found < 0 ? ~found : found);
    }
}
