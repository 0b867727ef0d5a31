using Colophon.Security.Errors;

namespace Colophon.Security.Sandbox;

/// <summary>The one door through which programs chosen by a model or a user are started.</summary>
public interface ISandbox
{
    /// <summary>What confines the commands, in a few words for people: <c>Landlock ABI 7 + seccomp</c> or <c>unconfined</c>.</summary>
    string Description { get; }

    /// <summary>
    /// Runs one command to its end and kills everything it left behind. A command that fails, is killed or runs out of time is a result,
    /// not an exception.
    /// </summary>
    /// <param name="command">What to run, and for how long.</param>
    /// <param name="policy">What it may touch.</param>
    /// <param name="cancellationToken">Kills the command and all its children.</param>
    /// <exception cref="SecurityException">
    /// <see cref="SecurityError.SandboxUnavailable"/>, <see cref="SecurityError.PolicyInvalid"/> or <see cref="SecurityError.CannotStart"/>; nothing was started.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token fired; nothing of the command runs any more.</exception>
    Task<SandboxResult> RunAsync(SandboxCommand command, SandboxPolicy policy, CancellationToken cancellationToken);
}
