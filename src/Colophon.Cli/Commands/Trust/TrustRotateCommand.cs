using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Audit;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Trust;

namespace Colophon.Cli.Commands.Trust;

/// <summary><c>colophon trust rotate</c>.</summary>
internal sealed class TrustRotateCommand : CliCommand
{
    private static readonly OptionSpec To = new("--to", "The new key's public half, as `colophon trust show` prints it.") { Value = "key" };
    private static readonly OptionSpec Key = new("--key", "An existing key of yours takes over: file, ssh:<path>, agent or agent:<fingerprint or comment>.") { Value = "key" };
    private static readonly OptionSpec At = new("--at", "The moment it takes over; now without it.") { Value = "when" };

    /// <inheritdoc/>
    public override string Name => "trust rotate";

    /// <inheritdoc/>
    public override string Summary => "Let a new key take over from an old one.";

    /// <inheritdoc/>
    public override string Details =>
        """
        The new key takes over the name, the role and the place among the roots. What the old one signed before stays
        valid; what it signs later does not count.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon trust rotate", "Make yourself a new key; the old one's file is kept."), new("colophon trust rotate --key agent:ada@laptop", "A key that your ssh-agent holds takes over."), new("colophon trust rotate Grace --to AAAA…=", "Grace made the new key herself.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("key", "The old key: the beginning of its id, or its holder's name. Your own without one.") { Optional = true }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [To, Key, At];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var next = invocation.Line.Value(To) is { } text ? TrustOptions.Key([text]) : null;
        var at = invocation.Line.Value(At) is { } moment ? Moment.Parse(At.Name, moment, invocation.Time) : invocation.Time.GetUtcNow();
        if ((next is null) != (invocation.Line.Argument(0) is null))
            throw new CliException(CliError.MissingArgument, "To rotate another key, name it and its successor; to rotate your own, neither.", "For example: colophon trust rotate Grace --to AAAA…=");
        if (next is not null && invocation.Line.Has(Key))
            throw new CliException(CliError.OptionValue, "--key is for your own key, and --to for another's.", "Give one of them.");
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var keys = await ProjectKeys.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        if (invocation.Line.Argument(0) is not { } name)
            return TrustOutput.Changed(invocation, await keys.RotateOwnAsync(invocation.Line.Value(Key), cancellationToken).ConfigureAwait(false));
        return TrustOutput.Changed(invocation, await keys.MakeAsync(new TrustEdit.Rotate(keys.Find(name), next ?? throw new InvalidOperationException("The successor was checked above."), at), cancellationToken).ConfigureAwait(false));
    }
}
