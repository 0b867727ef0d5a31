using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Hooks;

/// <summary><c>colophon hooks run</c>.</summary>
internal sealed class HooksRunCommand : CliCommand
{
    private static readonly OptionSpec Amend = new("--amend", "The commit that is checked out is made anew.");
    private static readonly OptionSpec Fixup = new("--fixup", "The commit that this one is to become a part of.") { Value = "commit" };

    /// <inheritdoc/>
    public override string Name => "hooks run";

    /// <inheritdoc/>
    public override string Summary => "What the hook runs.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Reads what is staged from standard input, as `git diff --cached --raw -z --no-renames --no-abbrev` prints it. Always
        exits with 0: a commit is never broken by it.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("git diff --cached --raw -z --no-renames --no-abbrev | colophon hooks run", "From a hook of your own.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Amend, Fixup];

    /// <inheritdoc/>
    public override bool Hidden => true;

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        try
        {
            var staged = await invocation.Terminal.ReadAllAsync(cancellationToken).ConfigureAwait(false);
            var hooks = await ProjectHooks.OfAsync(invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
            foreach (var told in await hooks.RunAsync(staged, invocation.Line.Has(Amend), invocation.Line.Value(Fixup), cancellationToken).ConfigureAwait(false))
                invocation.Terminal.Note("colophon: " + Terminal.Safe(told));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            invocation.Terminal.Note("colophon: " + Terminal.Safe(e.Message));
        }

        return ExitCode.Done;
    }
}
