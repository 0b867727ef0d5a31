using System.Text;
using System.Text.RegularExpressions;

namespace Colophon.Models.Cassettes;

/// <summary>Replaces what differs from machine to machine and from day to day.</summary>
internal sealed partial class TextMask(CassetteOptions options)
{
    private readonly (string Root, string Mark)[] _roots =
    [
        .. options.Roots
            .Select((root, index) => (Root: root.TrimEnd('/'), Mark: index == 0 ? "<WORKSPACE>" : $"<WORKSPACE{index + 1}>"))
            .Where(pair => pair.Root.Length > 1)
            // A folder inside another must be replaced first.
            .OrderByDescending(pair => pair.Root.Length),
    ];

    /// <summary>A text as it is compared.</summary>
    public string Apply(string text)
    {
        text = Dates().Replace(Hide(options.Blot?.Invoke(text) ?? text), "<DATE>");
        return options.Normalise?.Invoke(text) ?? text;
    }

    /// <summary>A text with the folders replaced by marks.</summary>
    public string Hide(string text)
    {
        foreach (var (root, mark) in _roots)
            text = text.Replace(root, mark, StringComparison.Ordinal);
        return text;
    }

    /// <summary>Recorded bytes with the marks replaced by this machine's folders.</summary>
    public ReadOnlyMemory<byte> Reveal(ReadOnlyMemory<byte> bytes)
    {
        if (_roots.Length == 0 || bytes.Span.IndexOf("<WORKSPACE"u8) < 0)
            return bytes;
        var text = Encoding.UTF8.GetString(bytes.Span);
        foreach (var (root, mark) in _roots)
            text = text.Replace(mark, root, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text);
    }

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?", RegexOptions.ExplicitCapture)]
    private static partial Regex Dates();
}
