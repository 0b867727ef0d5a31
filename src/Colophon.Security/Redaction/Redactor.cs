using System.Text;

namespace Colophon.Security.Redaction;

/// <summary>Takes secrets out of text before it is logged, stored or shown. Scrubbing what was scrubbed changes nothing.</summary>
public static class Redactor
{
    /// <summary>Two suffice for real text; the bound is for a known secret that reads like our own marker.</summary>
    private const int MostRounds = 16;

    /// <summary>The text with each secret replaced by <c>[redacted:kind]</c>; the same instance where there is none.</summary>
    public static string Scrub(string text) => Scrub(text, ScanOptions.Default);

    /// <summary>The text with each secret replaced by <c>[redacted:kind]</c>; the same instance where there is none.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="options">Values to redact or to leave alone beyond the formats.</param>
    public static string Scrub(string text, ScanOptions options)
    {
        // What stands left and right of a secret can, once that is gone, make a new one; so look again until nothing is found.
        for (var round = 0; round < MostRounds && SecretScanner.Scan(text, options) is { Count: > 0 } matches; round++)
            text = Replace(text, matches);
        return text;
    }

    /// <summary>The text with each character of a secret but its line breaks replaced by <c>*</c>: as long as before, for where a form must be kept. The same instance where there is none.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="options">Values to redact or to leave alone beyond the formats.</param>
    public static string Blot(string text, ScanOptions options)
    {
        for (var round = 0; round < MostRounds && SecretScanner.Scan(text, options) is { Count: > 0 } matches; round++)
        {
            text = string.Create(text.Length, (text, matches), static (characters, from) =>
            {
                from.text.CopyTo(characters);
                foreach (var match in from.matches)
                {
                    foreach (ref var character in characters.Slice(match.Start, match.Length))
                        character = character is '\n' or '\r' ? character : '*';
                }
            });
        }

        return text;
    }

    /// <summary>What may be shown of a secret: the prefix that everybody's key of that kind has, and how long it is.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="kind">Its <see cref="SecretMatch.Kind"/>.</param>
    public static string Mask(ReadOnlySpan<char> secret, string kind)
    {
        var prefix = "";
        foreach (var format in KeyFormats.All)
        {
            if (format.Kind == kind && format.Prefix.Length > prefix.Length && secret.StartsWith(format.Prefix))
                prefix = format.Prefix;
        }

        return $"{prefix}… ({secret.Length} characters)";
    }

    private static string Replace(string text, IReadOnlyList<SecretMatch> matches)
    {
        var result = new StringBuilder(text.Length);
        var at = 0;
        foreach (var match in matches)
        {
            result.Append(text, at, match.Start - at).Append("[redacted:").Append(match.Kind).Append(']');
            at = match.Start + match.Length;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
