using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Trust;

/// <summary><c>colophon trust sign</c>.</summary>
internal sealed class TrustSignCommand : CliCommand
{
    private static readonly OptionSpec Dropped = new("--drop", "Drop the change instead.");

    /// <inheritdoc/>
    public override string Name => "trust sign";

    /// <inheritdoc/>
    public override string Summary => "Sign, as a root, the change of trust that waits; or drop it.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon trust sign", "Look at it first with `colophon trust show`.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Dropped];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var keys = await ProjectKeys.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        if (!invocation.Line.Has(Dropped))
            return TrustOutput.Changed(invocation, await keys.SignAsync(cancellationToken).ConfigureAwait(false));
        keys.Drop();
        return TrustOutput.Show(invocation, keys.Show());
    }
}
