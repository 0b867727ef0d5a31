using System.Globalization;

namespace Colophon.Specs.Parsing;

/// <summary>Numbers as the CLI's language reads them.</summary>
internal static class JsNumber
{
    /// <summary><c>Number(text)</c> where that is finite and the text is not blank; null elsewhere.</summary>
    internal static double? Parse(string text)
    {
        var word = Js.Trim(text);
        if (word.Length > 2 && word[0] == '0' && (word[1] | 0x20) is 'x' or 'o' or 'b')
            return ParseInteger(word[2..], (word[1] | 0x20) switch { 'x' => 16, 'o' => 8, _ => 2 });
        var body = word.Length > 0 && word[0] is '+' or '-' ? word[1..] : word;
        if (!IsDecimal(body))
            return null;
        var number = double.Parse(word, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? number : null;
    }

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

    private static double? ParseInteger(ReadOnlySpan<char> digits, int radix)
    {
        double value = 0;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
                return null;
            value = value * radix + digit;
        }

        return double.IsFinite(value) ? value : null;
    }

    /// <summary>Digits with at most one point among them, and an exponent.</summary>
    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        var at = 0;
        var digits = Skip(text, ref at);
        if (at < text.Length && text[at] == '.')
        {
            at++;
            digits += Skip(text, ref at);
        }

        if (digits == 0)
            return false;
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-')
                at++;
            if (Skip(text, ref at) == 0)
                return false;
        }

        return at == text.Length;
    }

    private static int Skip(ReadOnlySpan<char> text, ref int at)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return at - from;
    }
}
