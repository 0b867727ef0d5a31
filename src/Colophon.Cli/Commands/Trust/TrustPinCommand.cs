using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Trust;

/// <summary><c>colophon trust pin</c>.</summary>
internal sealed class TrustPinCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "trust pin";

    /// <inheritdoc/>
    public override string Summary => "Pin the root of a project that others founded.";

    /// <inheritdoc/>
    public override string Details =>
        """
        The fingerprint in the repository itself proves nothing: get it from somebody who has it pinned.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon trust pin 3f9a…", "After comparing the 64 digits with a colleague.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("fingerprint", "The fingerprint of the root, as a colleague read it to you.")];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var fingerprint = invocation.Line.Arguments[0].Trim();
        if (fingerprint.Length != 64 || !fingerprint.All(char.IsAsciiHexDigit))
            throw new CliException(CliError.OptionValue, $"'{fingerprint}' is no fingerprint of a trust root: those are 64 hex digits.", "Ask somebody who has it pinned: their `colophon trust show` prints it.");
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var keys = await ProjectKeys.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        return TrustOutput.Founded(invocation, keys.Pin(fingerprint));
    }
}
