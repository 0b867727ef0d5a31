using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Engine.Tracing;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Specs;

/// <summary><c>colophon verify</c>.</summary>
internal sealed class VerifyChangeCommand : CliCommand
{
    private static readonly OptionSpec All = new("--all", "Verify the main specifications instead of a change.");
    private static readonly OptionSpec Results = new("--results", "Read the result files of a run made elsewhere instead of running the tests.") { Value = "pattern", Kind = WordKind.Path };
    private static readonly OptionSpec InPlace = new("--in-place", "Run in the project's own tree, which the tests can then only read.");
    private static readonly OptionSpec JUnit = new("--junit", "Print the scenarios as JUnit XML.");
    private static readonly OptionSpec Sarif = new("--sarif", "Print the scenarios that did not pass as SARIF 2.1.0.");

    /// <inheritdoc/>
    public override string Name => "verify";

    /// <inheritdoc/>
    public override string Summary => "Run the project's tests and tell which scenarios of a change they prove.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Every scenario needs a test that is linked to it: @spec(capability/requirement#scenario). The command in
        test.command runs in the sandbox, in a copy of the tree. Results are understood from JUnit, TRX, NUnit, xUnit,
        CTRF and TAP, from `go test -json`, and from what common runners print. Exits with 0 only where every scenario
        passed. The log is verified by `colophon audit verify`.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("colophon verify add-search", "Run the tests and show each scenario of the change."),
        new("colophon verify add-search --results 'TestResults/*.trx'", "From the results of a build."),
        new("colophon verify --all --junit", "Every scenario of the main specifications, for a build's page."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("change", "The change; can be left out where there is only one.") { Optional = true, Kind = WordKind.Change }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [All, InPlace, JUnit, Results, Sarif];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var line = invocation.Line;
        if (line.Has(All) && line.Arguments.Count > 0)
            throw new CliException(CliError.UnexpectedArgument, "Either name a change or give --all, not both.", "For example: colophon verify --all");
        if (new[] { invocation.Json, line.Has(JUnit), line.Has(Sarif) }.Count(static given => given) > 1)
            throw new CliException(CliError.OptionValue, "One result has one form.", "Give one of --json, --junit and --sarif.");
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var request = new VerificationRequest
        {
            Change = line.Has(All) ? null : ProjectSpecs.ChosenChange(ProjectSpecs.Open(engine.Directory, invocation.Environment), line.Argument(0)),
            Results = line.Value(Results),
            InPlace = line.Has(InPlace),
        };
        var progress = Progress.Start(invocation.Terminal, "running the tests", invocation.Time);
        VerificationReport report;
        await using (progress.ConfigureAwait(false))
            report = await ChangeVerification.RunAsync(engine, request, cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => VerificationJson.Write(report, writer));
        else if (line.Has(JUnit))
            VerificationFormats.WriteJUnit(invocation.Terminal, report);
        else if (line.Has(Sarif))
            JsonOutput.Write(invocation.Terminal, writer => VerificationFormats.WriteSarif(writer, report));
        else
            VerificationView.Write(invocation.Terminal, report);
        return report.Passed ? ExitCode.Done : ExitCode.Failed;
    }
}
