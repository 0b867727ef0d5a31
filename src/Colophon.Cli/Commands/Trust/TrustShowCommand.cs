using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Trust;

/// <summary><c>colophon trust show</c>.</summary>
internal sealed class TrustShowCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "trust show";

    /// <inheritdoc/>
    public override string Summary => "Show who may sign in this project, and your own key.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Exits with 3 where the trust does not hold or its root is not pinned on this machine. The last lines are your
        own key: what you hand to a root so that it can add you.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon trust show", "Roots, keys, and what waits for signatures.")];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var keys = await ProjectKeys.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        return TrustOutput.Show(invocation, keys.Show());
    }
}
