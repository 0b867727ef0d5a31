using System.Text;
using System.Text.Encodings.Web;

namespace Colophon.Provenance.Coverage.Page;

/// <summary>How much of the code the page carries.</summary>
public sealed record CoveragePageOptions
{
    /// <summary>The project's name, shown as the title. Default: empty.</summary>
    public string Project { get; init; } = "";

    /// <summary>The most lines of one file that are shown. Default: 5,000.</summary>
    public int LinesPerFile { get; init; } = 5_000;

    /// <summary>The most lines shown in all; files beyond have figures only. Default: 250,000.</summary>
    public int Lines { get; init; } = 250_000;

    /// <summary>The longest part of a line that is shown, in characters. Default: 1,000.</summary>
    public int LineLength { get; init; } = 1_000;
}

/// <summary>
/// The report as one HTML page that needs nothing else: no network, no other file. It works with the keyboard alone, in light and dark, and without a script it still
/// shows every figure. Nothing of the project's text is ever markup: it goes into the page as escaped text or as JSON whose <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> are escaped.
/// </summary>
public static class CoveragePage
{
    /// <summary>Writes the page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="read">The text of a file as the report saw it, or null where it is not at hand.</param>
    /// <param name="options">How much of the code to carry.</param>
    /// <param name="writer">Where the page goes.</param>
    public static void Write(CoverageReport report, Func<string, string?> read, CoveragePageOptions options, TextWriter writer)
    {
        var specs = report.Specs.Select(static s => s.Name).ToArray();
        writer.Write("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"Colophon\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        writer.Write("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n");
        writer.Write($"<title>Coverage{(options.Project.Length > 0 ? " of " + Escape(options.Project) : "")}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>\n");
        writer.Write(Resource("page.css"));
        writer.Write("</style>\n</head>\n<body>\n");
        Header(report, options, writer);
        writer.Write("<nav aria-label=\"Files\"><input id=\"filter\" type=\"search\" placeholder=\"Find a file\" aria-label=\"Find a file\"><div id=\"tree\"></div></nav>\n");
        writer.Write("<main>\n<div id=\"overview\" class=\"tables\">\n");
        OverviewTables.Write(report, writer, withFiles: true);
        writer.Write("</div>\n<div id=\"viewer\" style=\"display:contents\" hidden><div class=\"title\"><h2 id=\"name\"></h2><p id=\"facts\"></p></div>");
        writer.Write("<div id=\"code\" tabindex=\"0\" role=\"region\" aria-label=\"Lines of the file\"></div></div>\n<div id=\"detail\" aria-live=\"polite\"></div>\n</main>\n");
        writer.Write("<script type=\"application/json\" id=\"data\">");
        writer.Write(Encoding.UTF8.GetString(PageData.Of(report, read, options, specs)));
        writer.Write("</script>\n<script>\n");
        writer.Write(Resource("page.js"));
        writer.Write("</script>\n</body>\n</html>\n");
    }

    /// <summary>Text made harmless in HTML.</summary>
    internal static string Escape(string text) => HtmlEncoder.Default.Encode(text);

    private static void Header(CoverageReport report, CoveragePageOptions options, TextWriter writer)
    {
        var commit = report.Commit is { } id ? $"<small>at {Escape(id[..Math.Min(12, id.Length)])}</small>" : "";
        writer.Write($"<header>\n<h1>{(options.Project.Length > 0 ? Escape(options.Project) : "Coverage")}{commit}</h1>\n<div id=\"total\" class=\"bar total\"></div>\n");
        writer.Write($"<div><span class=\"figure\">{report.Project.BasisPoints / 10 / 10m:0.0}% <small>of {report.Project.Lines:N0} lines trace to an accepted task</small></span> <button id=\"home\" type=\"button\">Overview</button></div>\n");
        writer.Write("<ul class=\"legend\" aria-label=\"Legend\">\n");
        for (var i = 0; i < report.Specs.Count; i++)
            writer.Write($"<li><i class=\"chip\" data-spec=\"{i}\"></i>{Escape(report.Specs[i].Name)} <b>{report.Specs[i].Lines:N0}</b></li>\n");
        if (report.Sources.Any(static s => s.Requirements.Count == 0))
            writer.Write($"<li><i class=\"chip\" data-spec=\"{report.Specs.Count}\"></i>no requirement named</li>\n");
        writer.Write($"<li><i class=\"chip h\"></i>human <b>{report.Project.Human:N0}</b></li>\n");
        if (report.Project.Unknown > 0)
            writer.Write($"<li><i class=\"chip u\"></i>unknown <b>{report.Project.Unknown:N0}</b></li>\n");
        writer.Write("</ul>\n</header>\n");
    }

    internal static string Resource(string name)
    {
        using var stream = typeof(CoveragePage).Assembly.GetManifestResourceStream($"Colophon.Provenance.Coverage.Page.{name}")
            ?? throw new InvalidOperationException($"The resource {name} is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
