using System.Globalization;
using System.Text;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
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
    private static readonly OptionSpec Html = new("--html", "Also write what shows every line with the specification, task, model and person behind it: one page for a name that ends in .html, else a folder with a heat map and a page a file.") { Value = "file|folder", Kind = WordKind.Path };

    private static readonly OptionSpec By = new("--by", "Print one table only: a row for each of these.") { Value = "kind", Choices = CoverageView.Kinds };
    private static readonly OptionSpec Depth = new("--depth", "With --by folder: how deep folders are told apart; 2 without it.") { Value = "number" };
    private static readonly OptionSpec Minimum = new("--min", "Exit with 1 where less than this share of the lines, in percent, is covered.") { Value = "percent" };
    private static readonly OptionSpec Markdown = new("--markdown", "Print a summary in GitHub's Markdown, for a pull request or a build's page.");

    /// <inheritdoc/>
    public override string Name => "coverage";

    /// <inheritdoc/>
    public override string Summary => "Show which specification, task, model and person wrote the lines that stand today.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon coverage", "The whole project."), new("colophon coverage src/ --json", "One folder, line by line, for a script."), new("colophon coverage --by folder --depth 3", "Folder by folder."), new("colophon coverage --html coverage.html", "A page to look at."), new("colophon coverage --html site/", "A heat map and a page a file, for a large project."), new("colophon coverage --min 80 --markdown", "A gate in a build.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("path", "Files or folders, relative to the folder you are in; all without one.") { Optional = true, Many = true, Kind = WordKind.Path }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [By, Depth, Html, Markdown, Minimum];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var minimum = invocation.Line.Value(Minimum) is { } text ? Percent(text) : (decimal?)null;
        var by = invocation.Line.Value(By);
        var depth = invocation.Line.Value(Depth) is { } levels ? Levels(levels, by) : (int?)null;
        if (by is not null && (invocation.Json || invocation.Line.Has(Markdown)))
            throw new CliException(CliError.OptionValue, "--by chooses a table to look at; JSON and Markdown hold them all.", "Leave --by out, or --json and --markdown.");
        if (invocation.Json && invocation.Line.Has(Markdown))
            throw new CliException(CliError.OptionValue, "One result cannot be both JSON and Markdown.", "Give --json or --markdown, not both.");
        var page = invocation.Line.Value(Html) is { } file ? Path.GetFullPath(file, invocation.Directory) : null;
        if (page is not null && IsPage(page))
            NamedFile.Demand(page, NamedFile.Page);
        else if (page is not null)
            CoverageSiteWriter.Demand(page);
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var audit = await ProjectAudit.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        var progress = Progress.Start(invocation.Terminal, "following every line through the history", invocation.Time);
        CoverageReport report;
        await using (progress.ConfigureAwait(false))
            report = await audit.CoverageAsync(invocation.Line.Arguments, cancellationToken).ConfigureAwait(false);
        if (page is not null && IsPage(page))
            AtomicFile.Write(page, Encoding.UTF8.GetBytes(audit.CoveragePage(report)));
        else if (page is not null)
            page = CoverageSiteWriter.Write(page, audit.CoverageSite(report), cancellationToken);
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => CoverageJson.Write(report, writer));
        else if (invocation.Line.Has(Markdown))
            invocation.Terminal.Write(Rendered(report));
        else if (by is not null)
            CoverageView.Write(invocation.Terminal, report, by, depth);
        else
            CoverageView.Write(invocation.Terminal, report);
        if (page is not null && !invocation.Json)
            invocation.Terminal.Note($"The page is in {Terminal.Safe(page)}");
        if (minimum is not { } least || report.Project.BasisPoints >= least * 100)
            return ExitCode.Done;
        invocation.Terminal.Note($"{invocation.Terminal.PaintNote(Style.Red, "too little:")} {report.Project.BasisPoints / 100m:0.00} % of the lines are covered, {least:0.##} % are asked for.");
        return ExitCode.Failed;
    }

    private static string Rendered(CoverageReport report)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        CoverageMarkdown.Write(report, writer);
        return writer.ToString();
    }

    private static bool IsPage(string path) =>
        !Directory.Exists(path) && (path.EndsWith(".html", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".htm", StringComparison.OrdinalIgnoreCase));

    private static int Levels(string text, string? by) =>
        by == "folder" && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var depth) && depth is > 0 and <= 100
            ? depth
            : throw new CliException(CliError.OptionValue, $"'{text}' is no depth for --by {by ?? "…"}.", "Give a number from 1 to 100 together with --by folder, for example: --by folder --depth 3");

    private static decimal Percent(string text) =>
        decimal.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100
            ? percent
            : throw new CliException(CliError.OptionValue, $"'{text}' is no share for --min.", "Give a number from 0 to 100, for example: --min 80");
}
