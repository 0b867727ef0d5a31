using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Colophon.Models.Wires.Transport;

/// <summary>What of a provider's error may be shown: its message, short, on one line, without keys or control characters.</summary>
internal static partial class ErrorText
{
    private const int MaximumLength = 500;

    /// <summary>The message inside an error body; the body's own text where it has no known shape.</summary>
    public static string FromBody(ReadOnlyMemory<byte> body, string? key)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Clean(Message(document.RootElement) ?? string.Empty, key);
        }
        catch (JsonException)
        {
            var text = Encoding.UTF8.GetString(body.Span);
            return text.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal) ? "a web page, not an interface's answer" : Clean(text, key);
        }
    }

    /// <summary>The message of an error object as the providers write it; null where there is none.</summary>
    public static string? Message(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Array when element.GetArrayLength() > 0 => Message(element[0]),
        JsonValueKind.Object when element.TryGetProperty("error", out var inner) && inner.ValueKind is not JsonValueKind.Null => Message(inner),
        JsonValueKind.Object when element.TryGetProperty("message", out var message) => Message(message),
        JsonValueKind.Object when element.TryGetProperty("detail", out var detail) => Message(detail),
        JsonValueKind.Object when element.TryGetProperty("msg", out var short_) => Message(short_),
        _ => null,
    };

    /// <summary>One printable line of bounded length, the key and anything that looks like one taken out.</summary>
    public static string Clean(string text, string? key)
    {
        if (text.Length > MaximumLength * 4)
            text = text[..(MaximumLength * 4)];
        if (!string.IsNullOrEmpty(key))
            text = text.Replace(key, "[key]", StringComparison.Ordinal);
        text = KeyLike().Replace(text, "[key]");
        var builder = new StringBuilder(Math.Min(text.Length, MaximumLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (builder.Length >= MaximumLength)
                return builder.Append('…').ToString();
            if (Rune.IsControl(rune))
                builder.Append(' ');
            else
                builder.Append(rune.ToString());
        }

        return builder.ToString().Trim();
    }

    /// <summary>The key formats of the known providers, masked ones (<c>sk-abc***xyz</c>) included, and bearer tokens.</summary>
    [GeneratedRegex(@"\b(?:sk|pk|rk|gsk|xai|csk|tgp|hf|nvapi|r8|fw|AIza)[-_][A-Za-z0-9_\-*.]{6,}|\bAIza[A-Za-z0-9_\-]{20,}|(?i:bearer)\s+[A-Za-z0-9._~+/\-]{8,}=*", RegexOptions.ExplicitCapture)]
    private static partial Regex KeyLike();
}
