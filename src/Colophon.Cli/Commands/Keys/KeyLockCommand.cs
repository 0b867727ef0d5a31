using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Keys;

/// <summary><c>colophon key lock</c>.</summary>
internal sealed class KeyLockCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "key lock";

    /// <inheritdoc/>
    public override string Summary => "Forget the passphrase that `key unlock` keeps.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon key lock", "At once.")];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var key = await UserKey.OfAsync(invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
        KeyUnlockCommand.Write(invocation, unlocked: false, key.Lock() ? "Locked." : "Nothing was unlocked.");
        return ExitCode.Done;
    }
}
