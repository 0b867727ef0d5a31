using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Audit;
using Colophon.Cli.Commands.Project;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Trust;

namespace Colophon.Cli.Commands.Trust;

/// <summary><c>colophon trust add</c>.</summary>
internal sealed class TrustAddCommand : CliCommand
{
    private static readonly OptionSpec Named = new("--name", "Whose key it is.") { Value = "name" };
    private static readonly OptionSpec Role = new("--role", "What it may sign (default: developer).") { Value = "role", Choices = ["developer", "ci", "reviewer"], Kind = WordKind.Choice };
    private static readonly OptionSpec From = new("--from", "Valid from this moment; now without it.") { Value = "when" };
    private static readonly OptionSpec Until = new("--until", "Valid until this moment, or for a span from now (1y); for good without it.") { Value = "when" };
    private static readonly OptionSpec Root = new("--root", "Also make it one of the roots, which decide about trust.");

    /// <inheritdoc/>
    public override string Name => "trust add";

    /// <inheritdoc/>
    public override string Summary => "Trust a key.";

    /// <inheritdoc/>
    public override string Details =>
        """
        A developer may sign everything, ci nothing that takes a person (decisions, approvals, edits, key events), a
        reviewer only decisions, approvals, edits and acknowledged gaps. Where the threshold asks for more roots than
        you, the change waits in trust/pending until they ran `colophon trust sign`.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon trust add AAAA…= --name Grace", "A developer."), new("colophon trust add ssh-ed25519 AAAA… --name builds --role ci --until 2027-01-31", "A build server, for a time."), new("colophon trust add AAAA…= --name Grace --root --threshold 2", "Also a root; two must sign from now on.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("key", "Its public half as `colophon trust show` prints it, or the line of an OpenSSH Ed25519 public key.") { Many = true }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Named, Role, From, Until, Root, TrustOptions.Threshold];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var line = invocation.Line;
        DateTimeOffset? from = line.Value(From) is { } begins ? Moment.Parse(From.Name, begins, invocation.Time) : null;
        DateTimeOffset? until = line.Value(Until) is { } ends ? Moment.ParseAhead(Until.Name, ends, invocation.Time) : null;
        // A minute of grace, so that two clocks need not agree to the second.
        var edit = new TrustEdit.Add(TrustOptions.Key(line.Arguments), TrustOptions.Required(line, Named), TrustOptions.Role(line.Value(Role)), from ?? invocation.Time.GetUtcNow().AddMinutes(-1), until, line.Has(Root)) { Threshold = TrustOptions.Number(line) };
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var keys = await ProjectKeys.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        return TrustOutput.Changed(invocation, await keys.MakeAsync(edit, cancellationToken).ConfigureAwait(false));
    }
}
