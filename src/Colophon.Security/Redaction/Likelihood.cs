namespace Colophon.Security.Redaction;

/// <summary>Tells a random value from a word, a name or a placeholder.</summary>
internal static class Likelihood
{
    /// <summary>A longer value is judged by its start, so that a text of nothing but candidates costs no more than its length.</summary>
    private const int Judged = 256;

    private static readonly string[] s_placeholders = ["example", "placeholder", "changeme", "your", "dummy", "redacted", "xxxx", "0000000", "1234567890abcdef", "0123456789", "abcdefgh"];

    /// <summary>Whether the value is one that documentation shows in place of a real one.</summary>
    internal static bool IsPlaceholder(ReadOnlySpan<char> value)
    {
        value = Start(value);
        foreach (var word in s_placeholders)
        {
            if (value.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Whether lower case, upper case and digits all occur.</summary>
    internal static bool IsMixed(ReadOnlySpan<char> value)
    {
        value = Start(value);
        return value.ContainsAnyInRange('a', 'z') && value.ContainsAnyInRange('A', 'Z') && value.ContainsAnyInRange('0', '9');
    }

    /// <summary>
    /// Whether the value is as disorderly as a generated one: letters and at least two digits, and at least 3.3 bits a character (hexadecimal
    /// digits reach 4, English some 4 too, but without digits).
    /// </summary>
    internal static bool IsRandom(ReadOnlySpan<char> value) => IsDisorderly(value, 3.3, 2);

    /// <summary>The same for a value with marks in it, which may be shorter: at least 3 bits a character.</summary>
    internal static bool IsDisorderly(ReadOnlySpan<char> value) => IsDisorderly(value, 3.0, 1);

    private static bool IsDisorderly(ReadOnlySpan<char> value, double least, int leastDigits)
    {
        value = Start(value);
        Span<int> counts = stackalloc int[128];
        var (digits, letters) = (0, 0);
        foreach (var c in value)
        {
            if (c >= 128)
                return false;
            counts[c]++;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            letters += char.IsAsciiLetter(c) ? 1 : 0;
        }

        if (digits < leastDigits || letters < 4)
            return false;
        var bits = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
                bits -= count * Math.Log2((double)count / value.Length);
        }

        return bits / value.Length >= least;
    }

    /// <summary>Whether the value is rather a path or a name put together of words: short parts only.</summary>
    internal static bool IsPath(ReadOnlySpan<char> value) => IsPath(value, 12);

    /// <summary>Whether all parts of the value are shorter than a length.</summary>
    internal static bool IsPath(ReadOnlySpan<char> value, int length)
    {
        value = Start(value);
        var (parts, odd, start) = (0, 0, 0);
        for (var at = 0; at <= value.Length; at++)
        {
            if (at < value.Length && (char.IsAsciiLetterOrDigit(value[at]) || value[at] is '+' or '='))
                continue;
            if (at - start >= length)
                return false;
            parts += at - start;
            odd += IsWord(value[start..at]) ? 0 : at - start;
            start = at + 1;
        }

        // A random value may have separators as well, but its parts are no words.
        return odd * 4 < parts;
    }

    /// <summary>Whether a part changes between lower case, upper case and digits no oftener than words with capitals and numbers do.</summary>
    private static bool IsWord(ReadOnlySpan<char> part)
    {
        var changes = 0;
        for (var i = 1; i < part.Length; i++)
        {
            var (before, after) = (Class(part[i - 1]), Class(part[i]));
            changes += before == after || (before == 'A' && after == 'a') ? 0 : 1;
        }

        return changes <= 1 + (part.Length / 6);

        static char Class(char c) => char.IsAsciiDigit(c) ? '0' : char.IsAsciiLetterUpper(c) ? 'A' : 'a';
    }

    private static ReadOnlySpan<char> Start(ReadOnlySpan<char> value) => value[..Math.Min(Judged, value.Length)];
}
