using Colophon.Cli.CommandLine;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Audit;

/// <summary><c>colophon audit archive</c>.</summary>
internal sealed class ArchiveEntriesCommand : CliCommand
{
    private static readonly OptionSpec To = new("--to", "The folder to move them to, outside the log. Default: retention.archive.") { Value = "folder", Kind = WordKind.Path };

    /// <inheritdoc/>
    public override string Name => "audit archive";

    /// <inheritdoc/>
    public override string Summary => "Move old entries out of the tree; their leaves stay and account for them.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Old means older than 183 days unless retention.archive_after_days or --older-than says otherwise. Verifying calls
        them ValidArchived, and Valid where it is told the folder (audit verify --archive, or retention.archive). Without
        the folder nothing can be said of lines they speak for: keep it where everybody who asks can read it.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon audit archive --to /mnt/archive/shop", "Move entries that are older than 183 days.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [RetentionOutput.DryRun, RetentionOutput.OlderThan, To];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var folder = invocation.Line.Value(To) is { } to ? Path.GetFullPath(to, invocation.Directory) : null;
        return RetentionOutput.RunAsync(invocation, new RetentionOrder { Action = RetentionAction.Archive, Folder = folder }, "archived", cancellationToken);
    }
}
