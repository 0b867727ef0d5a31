using System.Text;
using System.Text.RegularExpressions;
using Colophon.Kernel.Paths;

namespace Colophon.Tools.Files;

/// <summary>Explains why a text is not in a file: what stands there instead, and how it differs.</summary>
internal static partial class NearestMatch
{
    private const int MaximumQuotedLines = 12;
    private const int MaximumWork = 4_000_000;

    /// <summary>What the model reads when <paramref name="sought"/> does not occur.</summary>
    internal static string Explain(WorkspacePath path, string text, string sought)
    {
        var message = $"old_string does not occur in '{path}'; nothing was changed.";
        if (NumberedLine().IsMatch(sought))
            return message + " It starts with a line number as read prints it: leave the numbers and tabs out.";
        var (lines, wanted) = (text.Split('\n'), sought.Trim('\n').Split('\n'));
        if (Best(lines, wanted) is not { } at)
            return message + " Nothing like it is there; read the file again.";
        var end = Math.Min(lines.Length, at + Math.Min(wanted.Length, MaximumQuotedLines));
        var same = Enumerable.Range(0, wanted.Length).All(i => at + i < lines.Length && Squeezed(lines[at + i]) == Squeezed(wanted[i]));
        var quoted = new StringBuilder();
        for (var i = at; i < end; i++)
            quoted.Append('\n').Append(lines[i]);
        return $"{message} {(same ? "Only white space differs from" : "The nearest text is")} line {at + 1}{(end - at > 1 ? $" to {end}" : "")}, which {(end - at > 1 ? "read" : "reads")}:{quoted}";
    }

    /// <summary>The line where the most lines of the wanted block stand, white space aside; else the most similar single line.</summary>
    private static int? Best(string[] lines, string[] wanted)
    {
        var (have, want) = (Array.ConvertAll(lines, Squeezed), Array.ConvertAll(wanted, Squeezed));
        var (best, score) = ((int?)null, 0);
        if ((long)have.Length * want.Length <= MaximumWork)
        {
            for (var start = 0; start < have.Length; start++)
            {
                var hits = 0;
                for (var i = 0; i < want.Length && start + i < have.Length; i++)
                    hits += want[i].Length > 0 && want[i] == have[start + i] ? want[i].Length : 0;
                if (hits > score)
                    (best, score) = (start, hits);
            }
        }

        return best ?? MostSimilar(have, want);
    }

    private static int? MostSimilar(string[] have, string[] want)
    {
        var index = Array.FindIndex(want, static line => line.Length > 0);
        if (index < 0)
            return null;
        var pairs = Pairs(want[index]);
        var (best, score) = ((int?)null, 0.5);
        for (var i = 0; i < have.Length; i++)
        {
            var candidate = Pairs(have[i]);
            var common = candidate.Count(pairs.Contains);
            var similarity = candidate.Count + pairs.Count == 0 ? 0 : 2.0 * common / (candidate.Count + pairs.Count);
            if (similarity > score)
                (best, score) = (Math.Max(0, i - index), similarity);
        }

        return best;
    }

    private static HashSet<int> Pairs(string line)
    {
        const int enough = 400;
        var pairs = new HashSet<int>();
        for (var i = 0; i + 1 < Math.Min(line.Length, enough); i++)
            pairs.Add((line[i] << 16) | line[i + 1]);
        return pairs;
    }

    private static string Squeezed(string line) =>
        string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^ {0,6}[0-9]+\t", RegexOptions.CultureInvariant)]
    private static partial Regex NumberedLine();
}
