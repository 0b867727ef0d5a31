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
    public override string Summary => "Forget the passphrase that `key unlock` keeps, in every key ring.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon key lock", "At once.")];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var key = await UserKey.OfAsync(invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
        var forgot = key.Lock();
        KeyUnlockCommand.Write(invocation, forgot, unlocked: false, forgot.Count == 0 ? "Nothing was unlocked." : $"Locked: {string.Join(" and ", forgot)} forgot it.");
        return ExitCode.Done;
    }
}
