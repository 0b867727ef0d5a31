using System.Text.RegularExpressions;

namespace Colophon.Specs.OpenSpec;

/// <summary>Keeps text from a project inside the tags that mark it as data.</summary>
internal static partial class Envelope
{
    /// <summary>The text with the tags of the envelope itself made harmless; every other tag stays.</summary>
    internal static string Text(string text) => text.Contains('<') ? Tag().Replace(text, "&lt;$1$2$3&gt;") : text;

    /// <summary>The text as an attribute's value.</summary>
    internal static string Attribute(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    /// <summary>The text on one line.</summary>
    internal static string Inline(string text) => Controls().Replace(text, " ").Trim();

    [GeneratedRegex("<(/?)(artifact|dependencies|dependency|description|instruction|output|path|project_context|rules|success_criteria|task|template|unlocks|warning)(\\s[^<>]*)?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex("[\\u0000-\\u001f\\u007f]+")]
    private static partial Regex Controls();
}
