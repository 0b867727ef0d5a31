using Colophon.Cli.CommandLine;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Audit;

/// <summary><c>colophon audit compress</c>.</summary>
internal sealed class CompressCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "audit compress";

    /// <inheritdoc/>
    public override string Summary => "Pack old entries into fewer, smaller files that verify as before.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Old means older than 90 days unless retention.compress_after_days or --older-than says otherwise. A signed entry
        records what was packed. A stream's last entry always keeps a file of its own.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon audit compress --dry-run", "What would be packed."), new("colophon audit compress --older-than 26w", "Pack what is older than half a year.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [RetentionOutput.DryRun, RetentionOutput.OlderThan];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken) =>
        RetentionOutput.RunAsync(invocation, new RetentionOrder { Action = RetentionAction.Compress }, "packed", cancellationToken);
}
