using Colophon.Cli.CommandLine;
using Colophon.Cli.Errors;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Audit;

/// <summary><c>colophon audit prune</c>.</summary>
internal sealed class PruneCommand : CliCommand
{
    private static readonly OptionSpec EvenStanding = new("--even-standing", "Delete entries also where lines of theirs stand today: nobody can say any more who wrote those.");

    private static readonly OptionSpec Yes = new("--yes", "Delete without asking.");

    /// <inheritdoc/>
    public override string Name => "audit prune";

    /// <inheritdoc/>
    public override string Summary => "Delete old packed entries for good; their leaves stay and account for them.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Old means older than 730 days unless retention.prune_after_days or --older-than says otherwise, and never less
        than 183. Only packed entries are taken (audit compress), here and in the archive. Entries that speak for lines
        which stand today are kept: in the working tree, in HEAD and in every branch, local or remote-tracking, that this
        clone knows. Where that cannot be told (a shallow or partial clone), nothing is deleted.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon audit prune --dry-run", "What would be deleted, and what is kept why."), new("colophon audit prune --older-than 52w --yes", "Delete what is older than a year.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [RetentionOutput.DryRun, EvenStanding, RetentionOutput.OlderThan, Yes];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (!invocation.Line.Has(Yes) && !invocation.Line.Has(RetentionOutput.DryRun))
            throw new CliException(CliError.MissingArgument, "What is deleted does not come back.", "See what would go with --dry-run, then say --yes.");
        var order = new RetentionOrder { Action = RetentionAction.Prune, EvenStanding = invocation.Line.Has(EvenStanding) };
        return RetentionOutput.RunAsync(invocation, order, "deleted", cancellationToken);
    }
}
