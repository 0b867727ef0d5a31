using System.Text;
using Colophon.Security.Redaction;

namespace Colophon.Engine;

/// <summary>
/// The text of a reply as it may be shown while it comes in: line by line and without secrets. A line is held back until it is whole, because a secret comes in pieces; the lines before it are looked at with it,
/// because a private key has many.
/// </summary>
internal sealed class StreamedText(ScanOptions secrets)
{
    /// <summary>How much of what was shown is looked at again with what is new.</summary>
    private const int Context = 16 * 1024;

    /// <summary>A line this long is shown all the same.</summary>
    private const int LongestLine = 8 * 1024;

    private readonly StringBuilder _text = new();
    private int _shown;

    /// <summary>Adds a piece; what can be shown now, often nothing.</summary>
    internal string Add(string piece)
    {
        _text.Append(piece);
        if (!piece.Contains('\n', StringComparison.Ordinal) && _text.Length - _shown < LongestLine)
            return "";
        var text = _text.ToString();
        var end = text.LastIndexOf('\n') + 1;
        return Show(text, end > _shown ? end : text.Length);
    }

    /// <summary>What was held back; the next piece begins another reply.</summary>
    internal string End()
    {
        var text = _text.ToString();
        var rest = Show(text, text.Length);
        _text.Clear();
        _shown = 0;
        return rest;
    }

    private string Show(string text, int end)
    {
        var shown = new StringBuilder();
        var at = _shown;
        foreach (var match in SecretScanner.Scan(text.AsSpan(0, end), secrets))
        {
            var (start, stop) = (Math.Max(match.Start, at), match.Start + match.Length);
            if (stop <= at)
                continue;
            shown.Append(text, at, start - at).Append("[redacted:").Append(match.Kind).Append(']');
            at = stop;
        }

        shown.Append(text, at, end - at);
        _shown = end;
        if (_shown > 2 * Context)
        {
            _text.Remove(0, _shown - Context);
            _shown = Context;
        }

        return shown.ToString();
    }
}
