namespace Colophon.Specs.Layout;

/// <summary>The "did you mean" of a mistyped name.</summary>
internal static class NearestName
{
    /// <summary>The name with the smallest edit distance, or null where even that is further than half the word.</summary>
    internal static string? Of(string word, IReadOnlyList<string> names)
    {
        var (best, nearest) = (Math.Max(2, word.Length / 2) + 1, (string?)null);
        foreach (var name in names)
        {
            if (Math.Abs(name.Length - word.Length) < best && Distance(word, name) is var distance && distance < best)
                (best, nearest) = (distance, name);
        }

        return nearest;
    }

    /// <summary>The nearest names, the nearest first; names equally near keep their order.</summary>
    internal static List<string> Ranked(string word, IReadOnlyList<string> names, int limit) =>
        names.OrderBy(name => Distance(word, name)).Take(limit).ToList();

    /// <summary>Levenshtein's distance in UTF-16 units.</summary>
    internal static int Distance(string one, string other)
    {
        var row = new int[other.Length + 1];
        for (var j = 0; j < row.Length; j++)
            row[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.Length; j++)
            {
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
