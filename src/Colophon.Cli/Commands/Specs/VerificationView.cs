using Colophon.Cli.Terminals;
using Colophon.Engine.Tracing;

namespace Colophon.Cli.Commands.Specs;

/// <summary>Shows which scenarios a run proved.</summary>
internal static class VerificationView
{
    private const string Skipped = "skipped";
    private const int TailLines = 15;
    private const int StatusWidth = 7;

    /// <summary>Prints the scenarios by requirement, and the sum.</summary>
    public static void Write(Terminal terminal, VerificationReport report)
    {
        foreach (var requirement in report.Scenarios.GroupBy(static scenario => scenario.Requirement))
        {
            terminal.WriteLine(terminal.Paint(Style.Cyan, Terminal.Safe(requirement.Key)));
            foreach (var scenario in requirement)
                Scenario(terminal, scenario);
            terminal.WriteLine();
        }

        foreach (var gap in report.Dangling)
        {
            Text(terminal, $"{gap.Path}:{gap.Line}: the link '{gap.Subject}' names nothing. {gap.Message}{(gap.Hint is null ? "" : " " + gap.Hint)}", Style.Yellow);
            terminal.WriteLine();
        }

        // Where no single result was understood, the reader needs to see what the command said.
        if (report is { Run: { } run, Results: 0 })
            Tail(terminal, run.Output);
        var skipped = report.Scenarios.Count(static scenario => scenario.IsSkipped);
        var parts = new List<string> { $"{report.Count(ScenarioStatus.Passed)} of {report.Scenarios.Count} scenarios passed" };
        foreach (var status in (ScenarioStatus[])[ScenarioStatus.Failed, ScenarioStatus.NotRun, ScenarioStatus.NoTest])
        {
            if (report.Count(status) - (status == ScenarioStatus.NotRun ? skipped : 0) is > 0 and var count)
                parts.Add($"{count} {Word(status)}");
        }

        if (skipped > 0)
            parts.Add($"{skipped} {Skipped}");

        terminal.WriteLine(terminal.Paint(report.Passed ? Style.Green : Style.Red, string.Join(", ", parts)));
        if (report.Run is { } made)
            Text(terminal, $"{made.Command}: {report.Results} results, {report.FailedResults} failed, {made.Duration.TotalSeconds:0.0} s", Style.Dim);
        else if (report.Files.Count > 0)
            Text(terminal, $"{report.Results} results from {report.Files.Count} file(s), {report.FailedResults} failed", Style.Dim);
        foreach (var note in report.Notes)
            Text(terminal, note, Style.Dim);
    }

    /// <summary>A status in words.</summary>
    public static string Word(ScenarioStatus status) => status switch
    {
        ScenarioStatus.Passed => "passed",
        ScenarioStatus.Failed => "failed",
        ScenarioStatus.NotRun => "not run",
        _ => "no test",
    };

    private static void Scenario(Terminal terminal, VerifiedScenario verified)
    {
        var style = verified.Status switch { ScenarioStatus.Passed => Style.Green, ScenarioStatus.NotRun => Style.Yellow, _ => Style.Red };
        var name = Wrapping.Cut(OneLine(verified.Scenario.Name), terminal.Columns - StatusWidth - 4);
        terminal.WriteLine($"  {terminal.Paint(style, (verified.IsSkipped ? Skipped : Word(verified.Status)).PadRight(StatusWidth))}  {name}");
        if (verified.Status is ScenarioStatus.Passed)
            return;
        var indent = new string(' ', StatusWidth + 4);
        foreach (var test in verified.Tests)
        {
            var where = test.Test.Line > 0 ? $"{test.Test.Path}:{test.Test.Line}  {TraceView.Name(test.Test.Test)}" : test.Results[0].Name;
            terminal.WriteLine(indent + terminal.Paint(Style.Dim, Wrapping.Cut(OneLine(where).TrimEnd(), terminal.Columns - indent.Length)));
        }

        if (verified.Message is { } message)
            terminal.WriteLine(indent + Wrapping.Cut(OneLine(message), terminal.Columns - indent.Length));
    }

    private static void Tail(Terminal terminal, string output)
    {
        foreach (var line in output.TrimEnd().Split('\n').TakeLast(TailLines))
            terminal.WriteLine(terminal.Paint(Style.Dim, $"  | {Terminal.Safe(line.TrimEnd('\r'))}"));
        terminal.WriteLine();
    }

    private static void Text(Terminal terminal, string text, Style style)
    {
        foreach (var line in Wrapping.Wrap(OneLine(text), Math.Max(30, terminal.Width)))
            terminal.WriteLine(terminal.Paint(style, line));
    }

    private static string OneLine(string text) => Terminal.Safe(text).Replace('\n', ' ').Replace('\t', ' ');
}
