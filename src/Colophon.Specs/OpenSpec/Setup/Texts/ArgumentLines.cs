using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Setup.Texts;

/// <summary>Tools that hand over what was typed only where a text asks for it get a line that asks.</summary>
internal static class ArgumentLines
{
    private const string Input = "**Input**:";

    internal static string Add(string body, ArgumentStyle style)
    {
        var (placeholder, wholeParagraph) = style switch
        {
            ArgumentStyle.Pi => (body.Contains("$@", StringComparison.Ordinal) || body.Contains("$ARGUMENTS", StringComparison.Ordinal) ? null : "$@", false),
            ArgumentStyle.CommandCode => ("$ARGUMENTS", false),
            ArgumentStyle.OpenCode => (HasPlaceholder(body) || NeedsNone(body) ? null : "$ARGUMENTS", true),
            _ => (null, false),
        };
        if (placeholder is null || Find(body) is not { } start)
            return body;
        var end = LineEnd(body, start);
        while (wholeParagraph && end + 1 < body.Length && body[end + 1] != '\n')
            end = LineEnd(body, end + 1);
        return $"{body.AsSpan(0, end)}\n**Provided arguments**: {placeholder}{body.AsSpan(end)}";
    }

    /// <summary>The first line that says what the workflow takes.</summary>
    private static int? Find(string body)
    {
        if (body.StartsWith(Input, StringComparison.Ordinal))
            return 0;
        return body.IndexOf("\n" + Input, StringComparison.Ordinal) is >= 0 and var found ? found + 1 : null;
    }

    private static int LineEnd(string body, int from) => body.IndexOf('\n', from) is >= 0 and var end ? end : body.Length;

    /// <summary>Whether the text already asks: <c>$ARGUMENTS</c>, <c>$1</c>.</summary>
    private static bool HasPlaceholder(string body)
    {
        for (var at = body.IndexOf('$', StringComparison.Ordinal); at >= 0; at = body.IndexOf('$', at + 1))
        {
            var rest = body.AsSpan(at + 1);
            var word = rest.IndexOfAnyExceptInRange('0', '9') is >= 0 and var digits ? digits : rest.Length;
            var length = rest.StartsWith("ARGUMENTS") ? "ARGUMENTS".Length : word > 0 && rest[0] != '0' ? word : 0;
            if (length > 0 && (length == rest.Length || !(char.IsAsciiLetterOrDigit(rest[length]) || rest[length] == '_')))
                return true;
        }

        return false;
    }

    private static bool NeedsNone(string body) =>
        Find(body) is { } start && body.AsSpan(start + Input.Length).TrimStart().StartsWith("None required", StringComparison.OrdinalIgnoreCase);
}
