namespace Colophon.Kernel.Words;

/// <summary>How far apart two words are, for "did you mean": the one measure that commands, options, keys, names and paths share.</summary>
public static class EditDistance
{
    // What people type is short; a longer word is hostile or was never a slip of the finger, and the work grows with the square.
    private const int LongestWord = 256;

    /// <summary>The number of insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment); letter case counts for nothing.</summary>
    public static int Between(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => Steps(one, other, forgiving: true);

    /// <summary>Levenshtein's distance: insertions, deletions and replacements; letter case counts and a swap is two steps, as in the OpenSpec CLI.</summary>
    public static int Levenshtein(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => Steps(one, other, forgiving: false);

    /// <summary>
    /// The candidate nearest to a word, or null where none is near: at most a third of the longer word's length, at least one step. Among equals the
    /// first in ordinal order wins, so the answer does not depend on the order of the candidates. A candidate that the word is a prefix of is near.
    /// </summary>
    public static string? Closest(string word, IEnumerable<string> candidates)
    {
        if (word.Length > LongestWord)
            return null;
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates.Where(static candidate => candidate.Length <= LongestWord).Order(StringComparer.Ordinal))
        {
            var distance = Between(word, candidate);
            var limit = Math.Max(1, Math.Max(word.Length, candidate.Length) / 3);
            if (distance > limit && word.Length >= 3 && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                distance = limit;
            if (distance <= limit && distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    private static int Steps(ReadOnlySpan<char> one, ReadOnlySpan<char> other, bool forgiving)
    {
        var width = other.Length + 1;
        var (older, old, row) = (new int[width], new int[width], new int[width]);
        for (var j = 0; j < width; j++)
            old[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j < width; j++)
            {
                var best = Math.Min(Math.Min(old[j], row[j - 1]) + 1, old[j - 1] + (Same(one[i - 1], other[j - 1]) ? 0 : 1));
                if (forgiving && i > 1 && j > 1 && Same(one[i - 1], other[j - 2]) && Same(one[i - 2], other[j - 1]))
                    best = Math.Min(best, older[j - 2] + 1);
                row[j] = best;
            }

            (older, old, row) = (old, row, older);
        }

        return old[^1];

        bool Same(char a, char b) => a == b || (forgiving && char.ToLowerInvariant(a) == char.ToLowerInvariant(b));
    }
}
