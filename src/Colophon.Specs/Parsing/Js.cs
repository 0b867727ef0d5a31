using System.Globalization;
using System.Text;

namespace Colophon.Specs.Parsing;

/// <summary>
/// The character rules of the OpenSpec CLI's language (ECMA-262): white space includes U+FEFF and excludes U+0085, <c>\b</c> is ASCII, lower
/// casing is full Unicode. .NET's own differ in exactly the places that decide whether a header is seen.
/// </summary>
internal static class Js
{
    internal static bool IsSpace(char c) => c <= ' '
        ? c is ' ' or (>= '\t' and <= '\r')
        : c >= '\u00A0' && c is '\u00A0' or '\u1680' or (>= '\u2000' and <= '\u200A') or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000' or '\uFEFF';

    /// <summary>What <c>.</c> in a regular expression does not match, line feed aside.</summary>
    internal static bool IsLineEnd(char c) => c is '\r' or '\u2028' or '\u2029' or '\n';

    internal static bool HasLineEnd(ReadOnlySpan<char> text) => text.IndexOfAny("\r\n\u2028\u2029") >= 0;

    internal static int CountSpaces(ReadOnlySpan<char> text)
    {
        var i = 0;
        while (i < text.Length && IsSpace(text[i]))
            i++;
        return i;
    }

    internal static ReadOnlySpan<char> TrimStart(ReadOnlySpan<char> text) => text[CountSpaces(text)..];

    internal static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> text)
    {
        var end = text.Length;
        while (end > 0 && IsSpace(text[end - 1]))
            end--;
        return text[..end];
    }

    internal static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => TrimEnd(TrimStart(text));

    internal static bool IsBlank(ReadOnlySpan<char> text) => CountSpaces(text) == text.Length;

    internal static bool StartsWithIgnoringCase(ReadOnlySpan<char> text, ReadOnlySpan<char> ascii) =>
        text.Length >= ascii.Length && Ascii.EqualsIgnoreCase(text[..ascii.Length], ascii);

    internal static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>Whether the text holds SHALL or MUST as a word of its own.</summary>
    internal static bool HasNormativeKeyword(ReadOnlySpan<char> text) => HasWord(text, "SHALL") || HasWord(text, "MUST");

    /// <summary><c>toLowerCase()</c>: full case mapping with the final sigma.</summary>
    internal static string ToLower(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();
        var lower = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                lower.Append(text[i++]);
                continue;
            }

            if (rune.Value == 0x130)
                lower.Append("i\u0307");
            else if (rune.Value == 0x3A3)
                lower.Append(IsFinalSigma(text, i) ? '\u03C2' : '\u03C3');
            else
                lower.Append(Rune.ToLowerInvariant(rune).ToString());
            i += rune.Utf16SequenceLength;
        }

        return lower.ToString();
    }

    private static bool HasWord(ReadOnlySpan<char> text, ReadOnlySpan<char> word)
    {
        for (var from = 0; ;)
        {
            var at = text[from..].IndexOf(word, StringComparison.Ordinal);
            if (at < 0)
                return false;
            at += from;
            var end = at + word.Length;
            if ((at == 0 || !IsWord(text[at - 1])) && (end == text.Length || !IsWord(text[end])))
                return true;
            from = at + 1;
        }
    }

    private static bool IsFinalSigma(string text, int at)
    {
        var before = at - 1;
        while (before >= 0 && IsCaseIgnorable(text[before]))
            before--;
        if (before < 0 || !char.IsLetter(text[before]))
            return false;
        var after = at + 1;
        while (after < text.Length && IsCaseIgnorable(text[after]))
            after++;
        return after == text.Length || !char.IsLetter(text[after]);
    }

    private static bool IsCaseIgnorable(char c) => c is '\'' or '.' or ':' or '\u00B7' or '\u2019'
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
