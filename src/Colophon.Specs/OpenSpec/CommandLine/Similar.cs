using Colophon.Specs.Ordering;

namespace Colophon.Specs.OpenSpec.CommandLine;

/// <summary>"Did you mean": the words with the fewest edits, at most three, and more alike than not.</summary>
internal static class Similar
{
    private const int Farthest = 3;
    private const double LeastSimilarity = 0.4;

    internal static string Suggest(string word, IEnumerable<string> candidates)
    {
        var dashes = word.StartsWith("--", StringComparison.Ordinal);
        if (dashes)
            word = word[2..];
        var (best, similar) = (Farthest, new List<string>());
        foreach (var full in candidates.Distinct(StringComparer.Ordinal))
        {
            var candidate = dashes ? full[2..] : full;
            if (candidate.Length <= 1)
                continue;
            var distance = Distance(word, candidate);
            var length = Math.Max(word.Length, candidate.Length);
            if ((length - distance) / (double)length <= LeastSimilarity || distance > best)
                continue;
            if (distance < best)
                similar.Clear();
            best = distance;
            similar.Add(candidate);
        }

        similar.Sort(RootOrder.Compare);
        var names = similar.ConvertAll(name => dashes ? "--" + name : name);
        return names.Count switch
        {
            0 => "",
            1 => $"\n(Did you mean {names[0]}?)",
            _ => $"\n(Did you mean one of {string.Join(", ", names)}?)",
        };
    }

    /// <summary>Edits with neighbours exchanged counting as one.</summary>
    private static int Distance(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > Farthest)
            return Math.Max(one.Length, other.Length);
        var table = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= other.Length; j++)
            table[0, j] = j;
        for (var j = 1; j <= other.Length; j++)
        {
            for (var i = 1; i <= one.Length; i++)
            {
                var cost = one[i - 1] == other[j - 1] ? 0 : 1;
                var least = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    least = Math.Min(least, table[i - 2, j - 2] + 1);
                table[i, j] = least;
            }
        }

        return table[one.Length, other.Length];
    }
}
