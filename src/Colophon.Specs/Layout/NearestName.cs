using Colophon.Kernel.Words;

namespace Colophon.Specs.Layout;

/// <summary>The names the CLI lists for one it does not know: by Levenshtein's distance, without a limit.</summary>
internal static class NearestName
{
    /// <summary>The nearest names, the nearest first; names equally near keep their order.</summary>
    internal static List<string> Ranked(string word, IReadOnlyList<string> names, int limit) =>
        names.OrderBy(name => EditDistance.Levenshtein(word, name)).Take(limit).ToList();
}
