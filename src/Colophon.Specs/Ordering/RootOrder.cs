using System.Globalization;
using System.Text;

namespace Colophon.Specs.Ordering;

/// <summary>
/// The order of <c>localeCompare</c> in the CLI (ICU's root collation) for the names that trees have: white space, punctuation, symbols,
/// digits, letters; accents count after letters, case last and lower before upper. Written out because the program runs without ICU; Latin up to U+017F
/// is exact, other letters are ordered by code point, which is the root order within most scripts.
/// </summary>
internal static class RootOrder
{
    /// <summary>Compares two names.</summary>
    internal static int Compare(string one, string other)
    {
        if (one == other)
            return 0;
        for (var level = Level.Letter; level <= Level.Case; level++)
        {
            var left = new Weights(one, level);
            var right = new Weights(other, level);
            int a, b;
            do
            {
                (a, b) = (left.Next(), right.Next());
            }
            while (a == b && a != 0);
            if (a != b)
                return a.CompareTo(b);
        }

        return 0;
    }

    private enum Level
    {
        Letter,
        Accent,
        Case,
    }

    /// <summary>A name's weights at one level, one after the other.</summary>
    private ref struct Weights(ReadOnlySpan<char> text, Level level)
    {
        private const int Digits = 1000;
        private const int Letters = 2000;
        // Between two letters there is room for the few that Latin has there.
        private const int Step = 2;

        private ReadOnlySpan<char> _rest = text;
        private int _pending;

        /// <summary>The next weight, or 0 at the end.</summary>
        internal int Next()
        {
            if (_pending != 0)
            {
                var pending = _pending;
                _pending = 0;
                return pending;
            }

            while (!_rest.IsEmpty)
            {
                _ = Rune.DecodeFromUtf16(_rest, out var rune, out var length);
                _rest = _rest[length..];
                if (Weigh(rune) is not 0 and var weight)
                    return weight;
            }

            return 0;
        }

        private int Weigh(Rune rune)
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
                return level == Level.Accent ? rune.Value : 0;
            if (category is UnicodeCategory.Format || (category is UnicodeCategory.Control && LatinTable.Sign(rune) < 0))
                return 0;
            var lower = Rune.ToLowerInvariant(rune);
            var letter = LatinTable.Split(lower, out var second, out var accent);
            if (second is { } other)
                _pending = level switch { Level.Letter => Primary(other), Level.Accent => 1, _ => CaseOf(rune) };
            return level switch
            {
                Level.Letter => Primary(letter),
                Level.Accent => 1 + accent,
                _ => CaseOf(rune),
            };
        }

        private static int CaseOf(Rune rune) => Rune.IsUpper(rune) ? 2 : 1;

        private static int Primary(Rune lower)
        {
            if (LatinTable.Sign(lower) is >= 0 and var sign)
                return 1 + sign;
            if (Rune.IsDigit(lower))
                return Digits + (int)Rune.GetNumericValue(lower);
            if (LatinTable.After(lower) is { } before)
                return Letters + before.Value * Step + 1;
            return Rune.IsLetter(lower) ? Letters + lower.Value * Step : Digits - 1;
        }
    }
}
