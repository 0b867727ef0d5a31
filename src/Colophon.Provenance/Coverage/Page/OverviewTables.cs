namespace Colophon.Provenance.Coverage.Page;

/// <summary>The figures as plain tables: what the page shows first, and all that it shows without a script.</summary>
internal static class OverviewTables
{
    private const int MostRows = 200;

    public static void Write(CoverageReport report, TextWriter writer, bool withFiles)
    {
        writer.Write("<div class=\"columns\">\n");
        Table(writer, "Requirements", report.Requirements);
        Table(writer, "Tasks", report.Tasks);
        Table(writer, "Models", report.Models);
        Table(writer, "People who accepted", report.People);
        Table(writer, "Changes", report.Changes);
        Table(writer, "Specifications", report.Specs);
        writer.Write("</div>\n<h2>Notes</h2>\n<ul>\n");
        foreach (var note in report.Notes)
            writer.Write($"<li>{CoveragePage.Escape(note)}</li>\n");
        foreach (var file in report.Skipped.Take(MostRows))
            writer.Write($"<li>{CoveragePage.Escape(file.Path)}: left out ({file.Reason})</li>\n");
        writer.Write("</ul>\n");
        if (!withFiles)
            return;
        writer.Write("<noscript><h2>Files</h2><table><tr><th>file</th><th>lines</th><th>covered</th></tr>\n");
        foreach (var file in report.Files)
            writer.Write($"<tr><td>{CoveragePage.Escape(file.Path)}</td><td>{file.Totals.Lines:N0}</td><td>{file.Totals.BasisPoints / 10 / 10m:0.0}%</td></tr>\n");
        writer.Write("</table></noscript>\n");
    }

    private static void Table(TextWriter writer, string title, IReadOnlyList<CoverageShare> shares)
    {
        if (shares.Count == 0)
            return;
        writer.Write($"<section><h2>{title}</h2><div tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table><tr><th>name</th><th>lines</th><th>files</th></tr>\n");
        foreach (var share in shares.Take(MostRows))
        {
            var stale = share.IsStale == true ? " <span class=\"stale\">stale: reads differently today</span>" : "";
            writer.Write($"<tr><td>{CoveragePage.Escape(share.Name)}{stale}</td><td>{share.Lines:N0}</td><td>{share.Files:N0}</td></tr>\n");
        }

        if (shares.Count > MostRows)
            writer.Write($"<tr><td>{shares.Count - MostRows:N0} more are in the JSON report</td><td></td><td></td></tr>\n");
        writer.Write("</table></div></section>\n");
    }
}
