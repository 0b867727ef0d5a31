using Colophon.Cli.Terminals;
using Colophon.Engine.Tracing;
using Colophon.Specs.Tracing.Links;

namespace Colophon.Cli.Commands.Specs;

/// <summary>Shows the matrix as a tree: what a requirement's scenarios are proved by, and who wrote the code for it.</summary>
internal static class TraceView
{
    private const int MostTests = 3;
    private const int MostFiles = 4;
    private const int MostOfAKind = 20;

    /// <summary>Prints every requirement, what is missing, and the sum.</summary>
    public static void Write(Terminal terminal, TraceReport report)
    {
        foreach (var requirement in report.Requirements)
        {
            Requirement(terminal, requirement);
            terminal.WriteLine();
        }

        WriteGaps(terminal, report);
        WriteSum(terminal, report);
    }

    /// <summary>Prints what is missing.</summary>
    public static void WriteGaps(Terminal terminal, TraceReport report)
    {
        foreach (var kind in report.Gaps.GroupBy(static gap => gap.Kind))
        {
            terminal.WriteLine(terminal.Paint(Style.Bold, $"{Title(kind.Key)} ({kind.Count()})"));
            foreach (var gap in kind.Take(MostOfAKind))
            {
                var place = gap.Path is null ? "" : gap.Line is { } line ? $"{gap.Path}:{line}" : gap.Path;
                var simple = kind.Key is not (TraceGapKind.DanglingLink or TraceGapKind.StaleCode);
                var inLine = kind.Key is TraceGapKind.RequirementGone or TraceGapKind.CodeWithoutRequirement ? gap.Message : place;
                Line(terminal, 2, [(gap.Subject, kind.Key == TraceGapKind.DanglingLink ? Style.Red : Style.Yellow), (inLine, Style.Dim)]);
                if (!simple)
                    Text(terminal, 4, gap.Hint is null ? gap.Message : $"{gap.Message} {gap.Hint}");
            }

            if (kind.Count() > MostOfAKind)
                terminal.WriteLine(terminal.Paint(Style.Dim, $"  … and {kind.Count() - MostOfAKind} more; --json has all"));
            terminal.WriteLine();
        }
    }

    /// <summary>Prints the sum.</summary>
    public static void WriteSum(Terminal terminal, TraceReport report)
    {
        var code = report.Commit is null && report.Requirements.All(static r => r.Code.Count == 0) ? "" : $", {report.Requirements.Count(static r => r.HasCode)} of {report.Requirements.Count} requirements have code";
        var whole = report.TestedScenarios == report.DueScenarios && report.DanglingLinks == 0;
        terminal.WriteLine(terminal.Paint(whole ? Style.Green : Style.Yellow, report.DueScenarios == 0 ? $"no scenario is due{code}" : $"{report.TestedScenarios} of {report.DueScenarios} scenarios have a test ({report.BasisPoints / 10 / 10m:0.0} %){code}"));
        foreach (var note in report.Notes)
            Text(terminal, 0, note);
    }

    /// <summary>A test as one reads it.</summary>
    public static string Name(TestName? test) => test is null ? "" : string.Join(" > ", [.. test.Within, test.Name]);

    private static void Requirement(Terminal terminal, TracedRequirement requirement)
    {
        var state = requirement.RemovedBy is { } remover ? $"removed by {remover}" : requirement.Change is { } change ? $"as in {change}" : "";
        Line(terminal, 0, [(requirement.Id, Style.Cyan), (state, Style.Dim)]);
        foreach (var scenario in requirement.Scenarios)
        {
            var (mark, style) = scenario.Tests.Count > 0 ? ("+", Style.Green) : scenario.IsDue ? ("-", Style.Red) : ("·", Style.Dim);
            terminal.WriteLine($"  {terminal.Paint(style, mark)} {Terminal.Safe(Wrapping.Cut(OneLine(scenario.Name), terminal.Columns - 4))}");
            if (scenario.Tests.Count == 0)
                terminal.WriteLine(terminal.Paint(style, scenario.IsDue ? "      no test" : "      no test yet"));
            foreach (var test in scenario.Tests.Take(MostTests))
                Line(terminal, 6, [($"{test.Path}:{test.Line}", Style.Plain), (Name(test.Test), Style.Dim), (test.IsByName ? "(by its name)" : "", Style.Dim)]);
            if (scenario.Tests.Count > MostTests)
                terminal.WriteLine(terminal.Paint(Style.Dim, $"      … and {scenario.Tests.Count - MostTests} more tests"));
        }

        foreach (var code in requirement.Code)
            Code(terminal, code);
        foreach (var place in requirement.Places)
            Line(terminal, 2, [("code", Style.Dim), ($"{place.Path}:{place.Line}", Style.Plain), ("says so", Style.Dim)]);
    }

    private static void Code(Terminal terminal, TracedCode code)
    {
        var files = string.Join(", ", code.Files.OrderByDescending(static file => file.Count).Take(MostFiles).Select(static file => $"{file.Path}:{file.Ranges[0].Start}"));
        if (code.Files.Count > MostFiles)
            files += $", … ({code.Files.Count} files)";
        Line(terminal, 2, [("code", Style.Dim), ($"{code.Lines} lines", Style.Plain), (files, Style.Plain), (code.IsStale ? "stale" : "", Style.Yellow)]);
        Line(terminal, 7, [($"{code.Source.Change} {code.Source.Task}", Style.Dim), (code.Source.Model ?? "", Style.Dim), (code.Source.PersonText, Style.Dim), ($"entry {code.Source.Decision[..12]}", Style.Dim)]);
    }

    // Parts with two blanks between them, wrapped to the width at their borders.
    private static void Line(Terminal terminal, int indent, IReadOnlyList<(string Text, Style Style)> parts)
    {
        var column = 0;
        foreach (var (text, style) in parts)
        {
            var safe = OneLine(Terminal.Safe(text).Trim());
            if (safe.Length == 0)
                continue;
            if (column > 0 && column + 2 + DisplayWidth.Of(safe) > terminal.Width)
            {
                terminal.WriteLine();
                column = 0;
            }

            var lead = column > 0 ? 2 : column == 0 && text != parts[0].Text ? indent + 2 : indent;
            var cut = Wrapping.Cut(safe, Math.Max(12, terminal.Columns - (column == 0 ? lead : column + 2)));
            terminal.Write(new string(' ', lead) + terminal.Paint(style, cut));
            column += lead + DisplayWidth.Of(cut);
        }

        terminal.WriteLine();
    }

    private static void Text(Terminal terminal, int indent, string text)
    {
        foreach (var line in Wrapping.Wrap(OneLine(Terminal.Safe(text)), Math.Max(30, terminal.Width - indent)))
            terminal.WriteLine(new string(' ', indent) + terminal.Paint(Style.Dim, line));
    }

    private static string OneLine(string text) => text.Replace('\n', ' ').Replace('\t', ' ');

    private static string Title(TraceGapKind kind) => kind switch
    {
        TraceGapKind.DanglingLink => "links that name nothing",
        TraceGapKind.ScenarioWithoutTest => "scenarios without a test",
        TraceGapKind.RequirementWithoutCode => "requirements without code",
        TraceGapKind.StaleCode => "stale code",
        TraceGapKind.RequirementGone => "code of requirements that are gone",
        _ => "code without a requirement",
    };
}
