using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Hooks;

/// <summary><c>colophon hooks uninstall</c>.</summary>
internal sealed class HooksUninstallCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "hooks uninstall";

    /// <inheritdoc/>
    public override string Summary => "Take the hook out again.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Puts back the hook that was there before.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon hooks uninstall", "In this clone.")];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var hooks = await ProjectHooks.OfAsync(invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
        return HookOutput.Write(invocation, await hooks.UninstallAsync(cancellationToken).ConfigureAwait(false), "taken out");
    }
}
