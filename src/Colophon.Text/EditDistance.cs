namespace Colophon.Text;

/// <summary>How far apart two words are, for "did you mean": insertions, deletions, replacements and swaps of neighbours, each one step.</summary>
public static class EditDistance
{
    /// <summary>The number of steps between two words (optimal string alignment), ignoring case in the ASCII and Unicode simple mapping.</summary>
    public static int Between(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
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
                var (a, b) = (Fold(one[i - 1]), Fold(other[j - 1]));
                var best = Math.Min(Math.Min(old[j], row[j - 1]) + 1, old[j - 1] + (a == b ? 0 : 1));
                if (i > 1 && j > 1 && a == Fold(other[j - 2]) && b == Fold(one[i - 2]))
                    best = Math.Min(best, older[j - 2] + 1);
                row[j] = best;
            }

            (older, old, row) = (old, row, older);
        }

        return old[^1];
    }

    /// <summary>
    /// The candidate nearest to a word, or null where none is near: at most a third of the longer word's length, at least one step. Among equals the
    /// first in ordinal order wins, so the answer does not depend on the order of the candidates. A candidate that the word is a prefix of is near.
    /// </summary>
    public static string? Closest(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates.Order(StringComparer.Ordinal))
        {
            var distance = Math.Abs(word.Length - candidate.Length) > 256 ? int.MaxValue : Between(word, candidate);
            var limit = Math.Max(1, Math.Max(word.Length, candidate.Length) / 3);
            if (distance > limit && word.Length >= 3 && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                distance = limit;
            if (distance <= limit && distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    private static char Fold(char c) => char.ToLowerInvariant(c);
}
