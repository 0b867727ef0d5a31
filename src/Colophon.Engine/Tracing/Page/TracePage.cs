using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Colophon.Engine.Tracing;

/// <summary>
/// The matrix as one HTML page that needs nothing else: no network, no other file. It works with the keyboard alone, in light and dark, and without a script it still
/// shows everything. Nothing of the project's text is ever markup.
/// </summary>
public static class TracePage
{
    /// <summary>Renders the page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="project">The project's name, for the title.</param>
    public static string Render(TraceReport report, string project)
    {
        ArgumentNullException.ThrowIfNull(report);
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"Colophon\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n");
        page.Append(CultureInfo.InvariantCulture, $"<title>Trace of {Text(project)}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>\n{Resource("trace.css")}</style>\n</head>\n<body>\n");
        Header(page, report, project);
        page.Append("<main>\n");
        var without = report.Gaps.Where(static gap => gap.Kind == TraceGapKind.RequirementWithoutCode).Select(static gap => gap.Subject).ToHashSet(StringComparer.Ordinal);
        foreach (var capability in report.Requirements.GroupBy(static r => r.Capability))
        {
            page.Append(CultureInfo.InvariantCulture, $"<section data-part>\n<h2>{Text(capability.Key)}</h2>\n");
            foreach (var requirement in capability)
                Requirement(page, requirement, without.Contains(requirement.Id));
            page.Append("</section>\n");
        }

        Gaps(page, report);
        foreach (var note in report.Notes)
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"notes\">{Text(note)}</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"</main>\n<script>\n{Resource("trace.js")}</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void Header(StringBuilder page, TraceReport report, string project)
    {
        var selection = report.Selection is { } name ? Text(name) : "requirements, scenarios, tests, code";
        page.Append(CultureInfo.InvariantCulture, $"<header>\n<h1>{Text(project)}<small>{selection}{(report.Commit is { } commit ? $" at {Text(commit[..Math.Min(12, commit.Length)])}" : "")}</small></h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"meter\" role=\"img\" aria-label=\"{report.BasisPoints / 100} percent of the scenarios have a test\"><i style=\"width:{report.BasisPoints / 100}%\"></i></div>\n<ul class=\"figures\">\n");
        page.Append(CultureInfo.InvariantCulture, $"<li><b>{report.TestedScenarios}</b> <span>of {report.DueScenarios} scenarios have a test</span></li>\n");
        if (report.Commit is not null)
            page.Append(CultureInfo.InvariantCulture, $"<li><b>{report.Requirements.Count(static r => r.HasCode)}</b> <span>of {report.Requirements.Count} requirements have code</span></li>\n");
        if (report.Requirements.Count(static r => r.IsStale) is > 0 and var stale)
            page.Append(CultureInfo.InvariantCulture, $"<li class=\"warn\"><b>{stale}</b> stale</li>\n");
        if (report.DanglingLinks > 0)
            page.Append(CultureInfo.InvariantCulture, $"<li class=\"bad\"><b>{report.DanglingLinks}</b> link(s) name nothing</li>\n");
        page.Append("</ul>\n<div class=\"tools\"><input id=\"search\" type=\"search\" placeholder=\"Find ( / )\" aria-label=\"Find a requirement, test, file or person\">");
        page.Append("<button id=\"only\" type=\"button\" aria-pressed=\"false\">Only gaps</button><button id=\"fold\" type=\"button\">Fold</button></div>\n</header>\n");
    }

    private static void Requirement(StringBuilder page, TracedRequirement requirement, bool withoutCode)
    {
        var untested = requirement.Scenarios.Count(static s => s.IsDue && s.Tests.Count == 0);
        var gap = untested > 0 || requirement.IsStale || withoutCode;
        page.Append(CultureInfo.InvariantCulture, $"<details class=\"requirement\" id=\"{Text(requirement.Id)}\" open{(gap ? " data-gap=\"1\"" : "")}>\n<summary><b>{Text(requirement.Name)}</b> <code>{Text(requirement.Id)}</code>");
        if (requirement.RemovedBy is { } remover)
            page.Append(CultureInfo.InvariantCulture, $" <span class=\"badge soft\">removed by {Text(remover)}</span>");
        else if (requirement.Change is { } change)
            page.Append(CultureInfo.InvariantCulture, $" <span class=\"badge soft\">as in {Text(change)}</span>");
        page.Append("<span class=\"push\"></span>");
        if (untested > 0)
            page.Append(CultureInfo.InvariantCulture, $"<span class=\"badge bad\">{untested} without a test</span>");
        else if (requirement.Scenarios.Count > 0 && requirement.Scenarios.All(static s => s.Tests.Count > 0))
            page.Append("<span class=\"badge good\">tested</span>");
        if (withoutCode)
            page.Append("<span class=\"badge warn\">no code</span>");
        if (requirement.IsStale)
            page.Append("<span class=\"badge warn\">stale</span>");
        page.Append(CultureInfo.InvariantCulture, $" <code>{Text(requirement.Path)}:{requirement.Line}</code></summary>\n");
        Scenarios(page, requirement);
        Code(page, requirement);
        page.Append("</details>\n");
    }

    private static void Scenarios(StringBuilder page, TracedRequirement requirement)
    {
        if (requirement.Scenarios.Count == 0)
            return;
        page.Append("<table class=\"scenarios\">\n<thead><tr><th scope=\"col\">scenario</th><th scope=\"col\">test</th></tr></thead>\n<tbody>\n");
        foreach (var scenario in requirement.Scenarios)
        {
            var (mark, style) = scenario.Tests.Count > 0 ? ("✓", "good") : scenario.IsDue ? ("✗", "bad") : ("·", "soft");
            page.Append(CultureInfo.InvariantCulture, $"<tr{(style == "bad" ? " class=\"untested\"" : "")}><th scope=\"row\" title=\"{Text(scenario.Id)}\"><span class=\"mark {style}\" aria-hidden=\"true\">{mark}</span>{Text(scenario.Name)}</th><td>");
            if (scenario.Tests.Count == 0)
                page.Append(CultureInfo.InvariantCulture, $"<span class=\"{style}\">{(scenario.IsDue ? "no test" : "no test yet")}</span>");
            else
                page.Append("<ul>");
            foreach (var test in scenario.Tests)
            {
                var name = test.Test is null ? "" : string.Join(" › ", [.. test.Test.Within, test.Test.Name]);
                page.Append(CultureInfo.InvariantCulture, $"<li>{Text(name)} <code>{Text(test.Path)}:{test.Line}</code>{(test.IsByName ? " <span class=\"soft\">by its name</span>" : "")}</li>");
            }

            page.Append(scenario.Tests.Count == 0 ? "</td></tr>\n" : "</ul></td></tr>\n");
        }

        page.Append("</tbody>\n</table>\n");
    }

    private static void Code(StringBuilder page, TracedRequirement requirement)
    {
        if (!requirement.HasCode)
            return;
        page.Append("<table>\n<thead><tr><th scope=\"col\" class=\"number\">lines</th><th scope=\"col\">code</th><th scope=\"col\">task</th><th scope=\"col\">model</th><th scope=\"col\">person</th><th scope=\"col\">entry</th></tr></thead>\n<tbody>\n");
        foreach (var code in requirement.Code)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr{(code.IsStale ? " class=\"stale\"" : "")}><td class=\"number\">{code.Lines}</td><td><ul>");
            foreach (var file in code.Files)
                page.Append(CultureInfo.InvariantCulture, $"<li>{Text(file.Path)} <code>{Text(Ranges(file))}</code></li>");
            page.Append(CultureInfo.InvariantCulture, $"</ul>{(code.IsStale ? "<span class=\"warn\">written for an older text</span>" : "")}</td>");
            page.Append(CultureInfo.InvariantCulture, $"<td title=\"{Text(code.Source.TaskText ?? "")}\">{Text(code.Source.Change)} {Text(code.Source.Task ?? "")}</td><td>{Text(code.Source.Model ?? "")}</td><td>{Text(code.Source.PersonText)}</td>");
            page.Append(CultureInfo.InvariantCulture, $"<td><code title=\"{Text(code.Source.Decision)}\">{Text(code.Source.Decision[..Math.Min(12, code.Source.Decision.Length)])}</code></td></tr>\n");
        }

        foreach (var place in requirement.Places)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td></td><td colspan=\"5\">{Text(place.Path)}:{place.Line} <span class=\"soft\">says so</span></td></tr>\n");
        page.Append("</tbody>\n</table>\n");
    }

    private static void Gaps(StringBuilder page, TraceReport report)
    {
        if (report.Gaps.Count == 0)
            return;
        page.Append("<h2>what is missing</h2>\n<div class=\"gaps\">\n");
        foreach (var kind in report.Gaps.GroupBy(static gap => gap.Kind))
        {
            page.Append(CultureInfo.InvariantCulture, $"<section><h3>{Title(kind.Key)} <span class=\"soft\">{kind.Count()}</span></h3><table><tbody>\n");
            foreach (var gap in kind)
                page.Append(CultureInfo.InvariantCulture, $"<tr><td><code>{Text(gap.Subject)}</code></td><td>{Text(gap.Message)} {Text(gap.Hint ?? "")}</td><td><code>{Text(gap.Path ?? "")}{(gap.Line is { } line ? $":{line}" : "")}</code></td></tr>\n");
            page.Append("</tbody></table></section>\n");
        }

        page.Append("</div>\n");
    }

    private static string Title(TraceGapKind kind) => kind switch
    {
        TraceGapKind.DanglingLink => "Links that name nothing",
        TraceGapKind.ScenarioWithoutTest => "Scenarios without a test",
        TraceGapKind.RequirementWithoutCode => "Requirements without code",
        TraceGapKind.StaleCode => "Stale code",
        TraceGapKind.RequirementGone => "Code of requirements that are gone",
        _ => "Code without a requirement",
    };

    private static string Ranges(TracedLines file)
    {
        var shown = string.Join(", ", file.Ranges.Take(8).Select(static range => range.Count == 1 ? $"{range.Start}" : $"{range.Start}–{range.Start + range.Count - 1}"));
        return file.Ranges.Count > 8 ? shown + ", …" : shown;
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);

    private static string Resource(string name)
    {
        using var stream = typeof(TracePage).Assembly.GetManifestResourceStream($"Colophon.Engine.Tracing.Page.{name}")
            ?? throw new InvalidOperationException($"The resource {name} is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
