using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Trust;

/// <summary><c>colophon trust init</c>.</summary>
internal sealed class TrustInitCommand : CliCommand
{
    private static readonly OptionSpec Named = new("--name", "The name you go by in the log; git's user.name without it.") { Value = "name" };

    /// <inheritdoc/>
    public override string Name => "trust init";

    /// <inheritdoc/>
    public override string Summary => "Found the trust of this project with your key.";

    /// <inheritdoc/>
    public override string Details =>
        """
        `colophon init` does the same along with everything else a project needs. The root is pinned in your own
        configuration; tell the others its fingerprint over another channel than this repository.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon trust init --name Ada", "You are its first root and developer.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Named];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var keys = await ProjectKeys.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        return TrustOutput.Founded(invocation, await keys.InitAsync(invocation.Line.Value(Named), cancellationToken).ConfigureAwait(false));
    }
}
