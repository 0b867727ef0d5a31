namespace Colophon.Specs.Parsing;

/// <summary>Numbers as the CLI's language reads them.</summary>
internal static class JsNumber
{
    /// <summary><c>parseInt(text, 10)</c>: leading white space, a sign, then digits up to whatever is none; null where there is no digit.</summary>
    internal static long? ParseInteger(string text)
    {
        var rest = Js.TrimStart(text);
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+"))
            rest = rest[1..];
        var digits = 0;
        long value = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]) && digits < 18)
            value = value * 10 + rest[digits++] - '0';
        return digits == 0 ? null : negative ? -value : value;
    }
}
