using System.Security.Cryptography;
using System.Text;

namespace Colophon.Provenance.Coverage.Page;

/// <summary>A page of the site.</summary>
/// <param name="Name">Where it goes, relative to the site's folder.</param>
/// <param name="Content">Its text.</param>
public sealed record SitePage(string Name, string Content);

/// <summary>
/// The report as many HTML pages: a heat map of the tree, the tree itself, and a page a file. They need nothing from elsewhere and no script; each is as large as its file. Pages come one after another, so that
/// a project of any size needs the memory of its largest file.
/// </summary>
public static class SitePages
{
    /// <summary>The first page.</summary>
    public const string Index = "index.html";

    /// <summary>The folder of the files' pages.</summary>
    public const string Folder = "files";

    private const string Policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:\">";

    /// <summary>The name of a file's page: the same for the same path, whatever characters it has.</summary>
    public static string NameOf(string path) => $"{Folder}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 8))}.html";

    /// <summary>The pages.</summary>
    /// <param name="report">The report.</param>
    /// <param name="read">The text of a file as the report saw it, or null where it is not at hand.</param>
    /// <param name="options">How much of a file to carry.</param>
    public static IEnumerable<SitePage> Of(CoverageReport report, Func<string, string?> read, CoveragePageOptions options)
    {
        yield return new SitePage("style.css", CoveragePage.Resource("site.css"));
        yield return new SitePage(Index, Written(writer => First(report, options, writer)));
        foreach (var file in report.Files)
            yield return new SitePage(NameOf(file.Path), Written(writer => FilePage.Write(report, file, read(file.Path), options, writer)));
    }

    internal static void Head(TextWriter writer, string title, string root) =>
        writer.Write($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"Colophon\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{Policy}\n<title>{CoveragePage.Escape(title)}</title>\n<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"{root}style.css\">\n</head>\n<body>\n");

    internal static string Share(LineTotals totals) => FormattableString.Invariant($"{totals.BasisPoints / 10 / 10m:0.0}%");

    internal static string Bar(LineTotals totals)
    {
        string Part(string kind, long lines) => lines == 0 ? "" : FormattableString.Invariant($"<i class=\"{kind}\" style=\"width:{100.0 * lines / totals.Lines:0.##}%\"></i>");
        return $"<span class=\"bar\" aria-hidden=\"true\">{Part("m", totals.Model)}{Part("h", totals.Human)}{Part("u", totals.Unknown)}</span>";
    }

    private static void First(CoverageReport report, CoveragePageOptions options, TextWriter writer)
    {
        Head(writer, "Coverage" + (options.Project.Length > 0 ? " of " + options.Project : ""), "");
        var commit = report.Commit is { } id ? $" <small>at {CoveragePage.Escape(id[..Math.Min(12, id.Length)])}</small>" : "";
        writer.Write($"<header>\n<h1>{CoveragePage.Escape(options.Project.Length > 0 ? options.Project : "Coverage")}{commit}</h1>\n");
        writer.Write($"<p><b class=\"figure\">{Share(report.Project)}</b> of {report.Project.Lines:N0} lines in {report.Files.Count:N0} files were written by a model for a specified task and accepted by a person. {report.Project.Human:N0} are people's, {report.Project.Unknown:N0} unknown.</p>\n");
        writer.Write("<p class=\"scale\"><span>0%</span><i aria-hidden=\"true\"></i><span>100% covered</span></p>\n</header>\n<main>\n");
        var root = HeatNode.Of(report.Files);
        new TreeMap(writer).Write(root);
        writer.Write("<h2>Files</h2>\n<p><span class=\"bar key\"><i class=\"m\" style=\"width:100%\"></i></span>models' lines<span class=\"bar key\"><i class=\"h\" style=\"width:100%\"></i></span>people's<span class=\"bar key\"><i class=\"u\" style=\"width:100%\"></i></span>unknown</p>\n<div class=\"tree\">\n");
        foreach (var child in root.Children)
            Row(writer, child, report.Files.Count <= 60 || root.Children.Count == 1);
        writer.Write("</div>\n<div class=\"tables\">\n");
        OverviewTables.Write(report, writer, withFiles: false);
        Missing(report, writer);
        writer.Write("</div>\n</main>\n</body>\n</html>\n");
    }

    private static void Missing(CoverageReport report, TextWriter writer)
    {
        if (report.WithoutCode is not { Count: > 0 } missing)
            return;
        writer.Write("<h2>Requirements without code</h2>\n<ul>\n");
        foreach (var requirement in missing)
            writer.Write($"<li>{CoveragePage.Escape(requirement)}</li>\n");
        writer.Write("</ul>\n");
    }

    private static void Row(TextWriter writer, HeatNode node, bool open)
    {
        var figures = FormattableString.Invariant($"{Bar(node.Totals)}<span class=\"n\">{node.Totals.Lines:N0}</span><span class=\"n\">{Share(node.Totals)}</span>");
        if (node.File is not null)
        {
            writer.Write($"<a href=\"{NameOf(node.Path)}\"><span class=\"name\">{CoveragePage.Escape(node.Name)}</span>{figures}</a>\n");
            return;
        }

        writer.Write($"<details{(open ? " open" : "")}><summary><span class=\"name\">{CoveragePage.Escape(node.Name)}/</span>{figures}</summary>\n");
        foreach (var child in node.Children)
            Row(writer, child, open: false);
        writer.Write("</details>\n");
    }

    private static string Written(Action<TextWriter> write)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        write(writer);
        return writer.ToString();
    }
}
