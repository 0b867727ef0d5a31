using System.Globalization;
using System.Text;

namespace Colophon.Specs.Ordering;

/// <summary>
/// The order of <c>localeCompare</c> in the CLI (ICU's root collation) for the names that trees have: white space, punctuation, symbols,
/// digits, letters; accents count after letters, case last and lower before upper. Written out because the program runs without ICU. Letters
/// outside Latin are ordered by code point, which is the root order within their scripts for nearly all.
/// </summary>
internal static class RootOrder
{
    private const string Signs = "\t\n\v\f\r\u0085\u2028\u2029 _\u203F-\u2010\u2013\u2014,;:!?.\u2026\u00B7'\u2018\u2019\"\u201C\u201D\u00AB\u00BB()[]{}\u00A7\u00B6@*/\\&#%`\u00B4^\u00AF\u00A8\u00B0\u00A9\u00AE+\u00B1\u00F7\u00D7<=>|\u00A6~\u00AC\u00A4\u00A2$\u00A3\u00A5\u20AC";

    // Base letters of U+00C0 to U+017F, '\0' where a character is no Latin letter with a mark.
    private const string Bases =
        "AAAAAA\0CEEEEIIII\0NOOOOO\0OUUUUY\0\0aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0y"
        + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiI\0\0\0JjKk\0LlLlLlLlLlNnNnNn\0\0\0OoOoOo\0\0RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZz\0";

    /// <summary>Compares two names.</summary>
    internal static int Compare(string one, string other)
    {
        if (one == other)
            return 0;
        for (var level = Level.Primary; level <= Level.Tertiary; level++)
        {
            if (CompareAt(one, other, level) is not 0 and var difference)
                return difference;
        }

        return 0;
    }

    private enum Level
    {
        Primary,
        Secondary,
        Tertiary,
    }

    private static int CompareAt(string one, string other, Level level)
    {
        var left = new Weights(one, level);
        var right = new Weights(other, level);
        while (true)
        {
            var (a, b) = (left.Next(), right.Next());
            if (a != b)
                return a.CompareTo(b);
            if (a == 0)
                return 0;
        }
    }

    private ref struct Weights(ReadOnlySpan<char> text, Level level)
    {
        private ReadOnlySpan<char> _rest = text;

        /// <summary>The next weight, or 0 at the end.</summary>
        internal int Next()
        {
            while (!_rest.IsEmpty)
            {
                _ = Rune.DecodeFromUtf16(_rest, out var rune, out var length);
                _rest = _rest[length..];
                if (Weight(rune) is not 0 and var weight)
                    return weight;
            }

            return 0;
        }

        private int Weight(Rune rune)
        {
            var category = Rune.GetUnicodeCategory(rune);
            var mark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
            if (category is UnicodeCategory.Format || (category is UnicodeCategory.Control && Signs.IndexOf((char)rune.Value) < 0))
                return 0;
            var (letter, accent) = Split(rune);
            return level switch
            {
                Level.Primary => mark ? 0 : Primary(letter),
                Level.Secondary => mark ? rune.Value : 1 + accent,
                _ => mark ? 0 : Rune.IsUpper(letter) ? 2 : 1,
            };
        }

        private static (Rune Letter, int Accent) Split(Rune rune)
        {
            var index = rune.Value - 0xC0;
            return index >= 0 && index < Bases.Length && Bases[index] != '\0' ? (new Rune(Bases[index]), rune.Value) : (rune, 0);
        }

        private static int Primary(Rune rune)
        {
            const int digits = 1000;
            const int letters = 2000;
            if (rune.IsBmp && Signs.IndexOf((char)rune.Value) is >= 0 and var sign)
                return 1 + sign;
            if (Rune.IsDigit(rune))
                return digits + (int)Rune.GetNumericValue(rune);
            var lower = Rune.ToLowerInvariant(rune).Value;
            return Rune.IsLetter(rune) ? letters + lower : digits - 1;
        }
    }
}
