namespace Colophon.Security.Redaction;

/// <summary>Tells a random value from a word, a name or a placeholder.</summary>
internal static class Likelihood
{
    /// <summary>A longer value is judged by its start, so that a text of nothing but candidates costs no more than its length.</summary>
    private const int Judged = 256;

    private static readonly string[] s_placeholders = ["example", "placeholder", "changeme", "your", "dummy", "redacted", "xxxx", "0000000", "1234567890abcdef"];

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
    internal static bool IsRandom(ReadOnlySpan<char> value)
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

        if (digits < 2 || letters < 4)
            return false;
        var bits = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
                bits -= count * Math.Log2((double)count / value.Length);
        }

        return bits / value.Length >= 3.3;
    }

    /// <summary>Whether the value is rather a path or a name put together of words: short parts only.</summary>
    internal static bool IsPath(ReadOnlySpan<char> value)
    {
        var (longest, current) = (0, 0);
        foreach (var c in Start(value))
        {
            current = char.IsAsciiLetterOrDigit(c) || c is '+' or '=' ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest < 12;
    }

    private static ReadOnlySpan<char> Start(ReadOnlySpan<char> value) => value[..Math.Min(Judged, value.Length)];
}
