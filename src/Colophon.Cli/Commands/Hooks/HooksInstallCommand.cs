using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Hooks;

/// <summary><c>colophon hooks install</c>.</summary>
internal sealed class HooksInstallCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "hooks install";

    /// <inheritdoc/>
    public override string Summary => "Let git commit the audit log together with the code.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Installs a pre-commit hook where git looks for hooks (core.hooksPath is respected). It stages .openspec/audit, and what
        was edited after it was accepted it records as a person's edit. A hook that is there already runs after it. It never
        breaks a commit, also where Colophon is not installed.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon hooks install", "Once in each clone.")];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var hooks = await ProjectHooks.OfAsync(invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
        var report = await hooks.InstallAsync(Path.Combine(AppContext.BaseDirectory, "colophon"), cancellationToken).ConfigureAwait(false);
        return HookOutput.Write(invocation, report, "installed");
    }
}
