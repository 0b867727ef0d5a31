using System.Text;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Provenance.Coverage;

namespace Colophon.Cli.Commands.Audit;

/// <summary><c>colophon coverage</c>.</summary>
internal sealed class CoverageCommand : CliCommand
{
    private static readonly OptionSpec Html = new("--html", "Also write one self-contained page that shows every line with the specification, task, model and person behind it.") { Value = "file", Kind = WordKind.Path };

    /// <inheritdoc/>
    public override string Name => "coverage";

    /// <inheritdoc/>
    public override string Summary => "Show which specification, task, model and person wrote the lines that stand today.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon coverage", "The whole project."), new("colophon coverage src/ --json", "One folder, line by line, for a script."), new("colophon coverage --html coverage.html", "A page to look at.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("path", "Files or folders, relative to the repository; all without one.") { Optional = true, Many = true, Kind = WordKind.Path }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Html];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var audit = await ProjectAudit.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        var progress = Progress.Start(invocation.Terminal, "following every line through the history", invocation.Time);
        CoverageReport report;
        await using (progress.ConfigureAwait(false))
            report = await audit.CoverageAsync(invocation.Line.Arguments, cancellationToken).ConfigureAwait(false);
        var page = invocation.Line.Value(Html) is { } file ? Path.GetFullPath(file, invocation.Directory) : null;
        if (page is not null)
            AtomicFile.Write(page, Encoding.UTF8.GetBytes(audit.CoveragePage(report)));
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => CoverageJson.Write(report, writer));
        else
            CoverageView.Write(invocation.Terminal, report);
        if (page is not null && !invocation.Json)
            invocation.Terminal.WriteLine($"\nThe page is in {Terminal.Safe(page)}");
        return ExitCode.Done;
    }
}
