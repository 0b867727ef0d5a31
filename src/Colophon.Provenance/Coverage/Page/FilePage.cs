using Colophon.Provenance.Attribution;
using Colophon.Text.Diff;

namespace Colophon.Provenance.Coverage.Page;

/// <summary>One file's page: its lines in runs, each with who wrote it and why beside it.</summary>
internal static class FilePage
{
    public static void Write(CoverageReport report, FileCoverage file, string? text, CoveragePageOptions options, TextWriter writer)
    {
        SitePages.Head(writer, file.Path, "../");
        writer.Write("<header>\n<nav aria-label=\"Place\"><a href=\"../index.html\">Overview</a></nav>\n");
        writer.Write($"<h1>{CoveragePage.Escape(file.Path)}</h1>\n<p><b class=\"figure\">{SitePages.Share(file.Totals)}</b> of {file.Totals.Lines:N0} lines: {file.Totals.Model:N0} a model's, {file.Totals.Human:N0} people's, {file.Totals.Unknown:N0} unknown.</p>\n{SitePages.Bar(file.Totals)}\n</header>\n<main>\n");
        var lines = LineText.Split(text ?? "").Lines;
        var isHere = lines.Count == file.Totals.Lines;
        if (!isHere)
            writer.Write("<p>The file's text is not at hand as the report saw it; only its figures are shown.</p>\n");
        else if (lines.Count > options.LinesPerFile)
            writer.Write($"<p>Only the first {options.LinesPerFile:N0} of {lines.Count:N0} lines are shown here; the figures count all of them.</p>\n");
        writer.Write("<div class=\"code\" role=\"region\" aria-label=\"Lines of the file\" tabindex=\"0\">\n");
        foreach (var run in file.Runs.TakeWhile(r => r.Start <= options.LinesPerFile))
            Run(report, run, isHere ? lines : [], options, writer);
        writer.Write("</div>\n</main>\n</body>\n</html>\n");
    }

    private static void Run(CoverageReport report, CoverageRun run, IReadOnlyList<string> lines, CoveragePageOptions options, TextWriter writer)
    {
        var source = run.Source is { } number ? report.Sources[number] : null;
        var kind = run.Kind == OwnerKind.Human ? "h" : source is null ? "u" : "m";
        var last = Math.Min(run.Start + run.Count - 1, options.LinesPerFile);
        writer.Write($"<section class=\"run {kind}\"><div class=\"about\"><b><a id=\"L{run.Start}\" href=\"#L{run.Start}\">{run.Start}{(last > run.Start ? $"–{last}" : "")}</a></b> {About(run, source)}</div><pre style=\"--before:{run.Start - 1}\">");
        for (var i = run.Start; i <= last && i <= lines.Count; i++)
        {
            var line = lines[i - 1];
            writer.Write($"<span>{CoveragePage.Escape(line.Length <= options.LineLength ? line : line[..(char.IsHighSurrogate(line[options.LineLength - 1]) ? options.LineLength - 1 : options.LineLength)] + " …")}</span>\n");
        }

        writer.Write("</pre></section>\n");
    }

    private static string About(CoverageRun run, CoverageSource? source)
    {
        if (source is null)
            return run.Kind == OwnerKind.Human ? "a person" : "unknown" + (run.Cause is { } cause ? $"<span>{CoveragePage.Escape(cause.Text)}</span>" : "");
        string[] parts =
        [
            source.Requirements.Count > 0 ? string.Join(", ", source.Requirements) : "no requirement named",
            $"{source.Change} {source.Task}".TrimEnd(), source.TaskText ?? "", source.Model ?? "",
            $"accepted by {source.PersonText}, {source.AcceptedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC", $"entry {source.Decision[..Math.Min(12, source.Decision.Length)]}",
        ];
        return string.Join("", parts.Where(static p => p.Length > 0).Select(static p => $"<span>{CoveragePage.Escape(p)}</span>"));
    }
}
