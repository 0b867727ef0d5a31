using System.Globalization;
using System.Text;

namespace Colophon.Specs.Parsing;

/// <summary>
/// Finds whole words of any script: no letter, digit, mark or underscore stands beside them. Where a word begins or ends in a script that is written without spaces, or that ties
/// endings to words (Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese), nothing is asked of that side.
/// </summary>
internal static class WholeWord
{
    internal static bool IsIn(ReadOnlySpan<char> text, ReadOnlySpan<char> word, StringComparison comparison = StringComparison.Ordinal)
    {
        var (tiedStart, tiedEnd) = (IsTied(word[0]), IsTied(word[^1]));
        for (var from = 0; from <= text.Length - word.Length;)
        {
            var at = text[from..].IndexOf(word, comparison);
            if (at < 0)
                return false;
            at += from;
            var end = at + word.Length;
            if ((tiedStart || !EndsInWord(text[..at])) && (tiedEnd || !BeginsWithWord(text[end..])))
                return true;
            from = at + 1;
        }

        return false;
    }

    private static bool EndsInWord(ReadOnlySpan<char> text) =>
        Rune.DecodeLastFromUtf16(text, out var rune, out _) == System.Buffers.OperationStatus.Done && IsWord(rune);

    private static bool BeginsWithWord(ReadOnlySpan<char> text) =>
        Rune.DecodeFromUtf16(text, out var rune, out _) == System.Buffers.OperationStatus.Done && IsWord(rune);

    private static bool IsWord(Rune rune) => rune.Value == '_' || Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>By blocks of Unicode; a surrogate from D840 on is a Chinese character of a supplementary plane.</summary>
    private static bool IsTied(char c) => c is (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1100' and <= '\u11FF') or (>= '\u1780' and <= '\u17FF')
        or (>= '\u2E80' and <= '\u2FDF') or (>= '\u3005' and <= '\u3007') or (>= '\u3031' and <= '\u31FF') or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF')
        or (>= '\uAC00' and <= '\uD7FF') or (>= '\uD840' and <= '\uD8BF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF66' and <= '\uFFDC');
}
