using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Trust;

namespace Colophon.Cli.Commands.Trust;

/// <summary><c>colophon trust remove</c>.</summary>
internal sealed class TrustRemoveCommand : CliCommand
{
    private static readonly OptionSpec Root = new("--root", "Only take it from the roots; it stays a trusted key.");
    private static readonly OptionSpec Force = new("--force", "Also where it signed entries, which then count for nothing.");

    /// <inheritdoc/>
    public override string Name => "trust remove";

    /// <inheritdoc/>
    public override string Summary => "Forget a key that never signed anything, or take it from the roots.";

    /// <inheritdoc/>
    public override string Details =>
        """
        For a key that was added by mistake. One that signed entries is ended by `colophon trust revoke` instead, which
        keeps what it signed before; --force forgets it all the same, and then none of its entries verifies any more.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon trust remove Grace", "By the holder's name or the beginning of the key's id."), new("colophon trust remove Grace --root", "Only from the roots; the key stays trusted.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("key", "The beginning of its id, or its holder's name.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Root, Force, TrustOptions.Threshold];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var keys = await ProjectKeys.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        var id = keys.Find(invocation.Line.Arguments[0]);
        if (!invocation.Line.Has(Root) && !invocation.Line.Has(Force) && keys.Signed(id))
            throw new CliException(CliError.Refused, $"The key {id[..12]} signed entries of the log; without it they would verify no more.", "`colophon trust revoke` ends it and keeps what it signed before; --force removes it all the same.");
        return TrustOutput.Changed(invocation, await keys.MakeAsync(new TrustEdit.Remove(id, invocation.Line.Has(Root)) { Threshold = TrustOptions.Number(invocation.Line) }, cancellationToken).ConfigureAwait(false));
    }
}
