namespace Colophon.Provenance.Coverage;

/// <summary>One folder's coverage, with everything below it.</summary>
/// <param name="Path">Relative to the repository's root; <c>.</c> is the root itself.</param>
/// <param name="Files">How many files lie in it and below.</param>
/// <param name="Totals">Their lines.</param>
public sealed record FolderCoverage(string Path, int Files, LineTotals Totals)
{
    /// <summary>How deep the folder lies: 0 for the root, 1 for a folder in it.</summary>
    public int Depth => Path == "." ? 0 : 1 + Path.AsSpan().Count('/');

    /// <summary>All folders that hold files, in ordinal order, the root first.</summary>
    public static IReadOnlyList<FolderCoverage> Of(IReadOnlyList<FileCoverage> files)
    {
        var sums = new SortedDictionary<string, (int Files, LineTotals Totals)>(StringComparer.Ordinal);
        var root = (Files: 0, Totals: default(LineTotals));
        foreach (var file in files)
        {
            root = (root.Files + 1, root.Totals + file.Totals);
            for (var slash = file.Path.LastIndexOf('/'); slash > 0; slash = file.Path.LastIndexOf('/', slash - 1))
            {
                var (count, totals) = sums.GetValueOrDefault(file.Path[..slash]);
                sums[file.Path[..slash]] = (count + 1, totals + file.Totals);
            }
        }

        return [new FolderCoverage(".", root.Files, root.Totals), .. sums.Select(static s => new FolderCoverage(s.Key, s.Value.Files, s.Value.Totals))];
    }
}
