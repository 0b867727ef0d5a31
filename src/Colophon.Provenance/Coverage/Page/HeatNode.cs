namespace Colophon.Provenance.Coverage.Page;

/// <summary>A folder or file of the heat map, with all lines below it. A folder that holds nothing but one folder is one node with it.</summary>
internal sealed record HeatNode(string Name, string Path, LineTotals Totals, FileCoverage? File, IReadOnlyList<HeatNode> Children)
{
    /// <summary>The tree over files in ordinal order of their paths; the larger child first.</summary>
    public static HeatNode Of(IReadOnlyList<FileCoverage> files) => Folder("", "", files, 0);

    private static HeatNode Folder(string name, string path, IReadOnlyList<FileCoverage> files, int start)
    {
        var children = new List<HeatNode>();
        foreach (var group in files.GroupBy(f => f.Path.IndexOf('/', start) is >= 0 and var slash ? f.Path[start..slash] : "", StringComparer.Ordinal))
        {
            if (group.Key.Length == 0)
                children.AddRange(group.Select(f => new HeatNode(f.Path[start..], f.Path, f.Totals, f, [])));
            else
                children.Add(Folder(group.Key, group.First().Path[..(start + group.Key.Length)], [.. group], start + group.Key.Length + 1));
        }

        children.Sort(static (a, b) => a.Totals.Lines != b.Totals.Lines ? b.Totals.Lines.CompareTo(a.Totals.Lines) : string.CompareOrdinal(a.Path, b.Path));
        var totals = children.Aggregate(default(LineTotals), static (t, c) => t + c.Totals);
        return children is [{ File: null } only] && name.Length > 0 ? only with { Name = name + "/" + only.Name } : new HeatNode(name, path, totals, null, children);
    }
}
