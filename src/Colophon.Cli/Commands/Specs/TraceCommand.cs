using System.Globalization;
using System.Text;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine.Tracing;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;

namespace Colophon.Cli.Commands.Specs;

/// <summary><c>colophon trace</c>.</summary>
internal sealed class TraceCommand : CliCommand
{
    private static readonly OptionSpec Gaps = new("--gaps", "Show only what is missing.");
    private static readonly OptionSpec Html = new("--html", "Also write one self-contained page with the whole matrix; folders on its way are made.") { Value = "file", Kind = WordKind.Path };
    private static readonly OptionSpec Minimum = new("--min", "Exit with 1 where fewer of the scenarios, in percent, have a test, or a link names nothing.") { Value = "percent" };
    private static readonly OptionSpec Names = new("--names", "Also count tests that have no link but are named as the scenario is.");
    private static readonly OptionSpec NoCode = new("--no-code", "Leave the code and its history out: quicker in a large project.");

    /// <inheritdoc/>
    public override string Name => "trace";

    /// <inheritdoc/>
    public override string Summary => "Follow requirements to scenarios, tests, code, entries, models and people, and show what is missing.";

    /// <inheritdoc/>
    public override string Details =>
        """
        A test is linked by a comment, attribute or name that says @spec(capability/requirement#scenario), in any language.
        What a change brings is due once its tasks are done, or when the change is named.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("colophon trace", "The whole project."),
        new("colophon trace add-search", "What one change brings; a capability or a requirement works too."),
        new("colophon trace --min 90 --gaps", "A gate in a build that says what is missing."),
        new("colophon trace --html trace.html", "A page to look at."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("name", "A change, a capability or a requirement; all without one.") { Optional = true, Kind = WordKind.ChangeOrSpec }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Gaps, Html, Minimum, Names, NoCode];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var line = invocation.Line;
        var minimum = line.Value(Minimum) is { } text ? Percent(text) : (decimal?)null;
        var page = line.Value(Html) is { } file ? Path.GetFullPath(file, invocation.Directory) : null;
        if (page is not null)
            NamedFile.Demand(page, NamedFile.Page);
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var query = new TraceQuery { Name = line.Argument(0), Code = !line.Has(NoCode), Names = line.Has(Names) };
        var progress = Progress.Start(invocation.Terminal, "following requirements to tests and code", invocation.Time);
        TraceReport report;
        await using (progress.ConfigureAwait(false))
            report = await ProjectTrace.ComputeAsync(engine, query, cancellationToken).ConfigureAwait(false);
        if (page is not null)
            AtomicFile.Write(page, Encoding.UTF8.GetBytes(TracePage.Render(report, Path.GetFileName(engine.Directory))));
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => TraceJson.Write(report, writer));
        else
            WriteText(invocation.Terminal, report, line.Has(Gaps));
        if (page is not null && !invocation.Json)
            invocation.Terminal.Note($"The page is in {Terminal.Safe(page)}");
        if (!invocation.Json)
            ListCommand.NoteProblems(invocation.Terminal, report.Problems);
        var exit = Gate(invocation.Terminal, report, minimum);
        return report.Problems.Count > 0 ? ExitCode.Failed : exit;
    }

    private static void WriteText(Terminal terminal, TraceReport report, bool gapsOnly)
    {
        if (gapsOnly)
        {
            TraceView.WriteGaps(terminal, report);
            TraceView.WriteSum(terminal, report);
        }
        else
        {
            TraceView.Write(terminal, report);
        }
    }

    private static ExitCode Gate(Terminal terminal, TraceReport report, decimal? minimum)
    {
        if (minimum is > 0 && report.DueScenarios == 0)
        {
            terminal.Note($"{terminal.PaintNote(Style.Red, "not enough:")} there is no scenario to count, {minimum:0.##} % are asked for.");
            return ExitCode.Failed;
        }

        if (minimum is not { } least || (report.BasisPoints >= least * 100 && report.DanglingLinks == 0))
            return ExitCode.Done;
        var dangling = report.DanglingLinks > 0 ? $" {report.DanglingLinks} link(s) name nothing." : "";
        terminal.Note($"{terminal.PaintNote(Style.Red, "not enough:")} {report.BasisPoints / 100m:0.00} % of the scenarios have a test, {least:0.##} % are asked for.{dangling}");
        return ExitCode.Failed;
    }

    private static decimal Percent(string text) =>
        decimal.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100
            ? percent
            : throw new CliException(CliError.OptionValue, $"'{text}' is no share for --min.", "Give a number from 0 to 100, for example: --min 80");
}
