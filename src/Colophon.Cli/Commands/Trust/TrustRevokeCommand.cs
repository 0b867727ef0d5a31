using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Audit;
using Colophon.Cli.Commands.Project;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Trust;

namespace Colophon.Cli.Commands.Trust;

/// <summary><c>colophon trust revoke</c>.</summary>
internal sealed class TrustRevokeCommand : CliCommand
{
    private static readonly OptionSpec At = new("--at", "From this moment on: for a stolen key, the last one it was surely in the right hands.") { Value = "when" };

    /// <inheritdoc/>
    public override string Name => "trust revoke";

    /// <inheritdoc/>
    public override string Summary => "End a key, from now or from the moment it was stolen.";

    /// <inheritdoc/>
    public override string Details =>
        """
        A root that is revoked is no root any more. Times in the log are their writer's word: a thief can date entries
        back. Only what others saw before (other streams, countersignatures, published commits) is safe from that.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon trust revoke Grace", "She left."), new("colophon trust revoke 3f9a --at 2026-01-31T12:00Z", "Stolen: what it signed since counts for nothing.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("key", "The beginning of its id, or its holder's name.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [At, TrustOptions.Threshold];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var at = invocation.Line.Value(At) is { } moment ? Moment.Parse(At.Name, moment, invocation.Time) : invocation.Time.GetUtcNow();
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var keys = await ProjectKeys.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        return TrustOutput.Changed(invocation, await keys.MakeAsync(new TrustEdit.Revoke(keys.Find(invocation.Line.Arguments[0]), at) { Threshold = TrustOptions.Number(invocation.Line) }, cancellationToken).ConfigureAwait(false));
    }
}
