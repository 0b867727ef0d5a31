namespace Colophon.Specs.Layout;

/// <summary>The names the CLI lists for one it does not know: by Levenshtein's distance, without a limit.</summary>
internal static class NearestName
{
    /// <summary>The nearest names, the nearest first; names equally near keep their order.</summary>
    internal static List<string> Ranked(string word, IReadOnlyList<string> names, int limit) =>
        names.OrderBy(name => Distance(word, name)).Take(limit).ToList();

    private static int Distance(string one, string other)
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
