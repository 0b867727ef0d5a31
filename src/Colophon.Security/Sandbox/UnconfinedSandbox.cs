using Colophon.Security.Consent;
using Colophon.Security.Sandbox.Reach;
using Colophon.Security.Sandbox.Spawn;

namespace Colophon.Security.Sandbox;

/// <summary>
/// Runs commands without any confinement, because a person said so. The environment is scrubbed, the limits hold and what is left over is
/// killed all the same; but the command can read and write whatever the user can, and a process that leaves its session and clears its
/// environment survives.
/// </summary>
/// <param name="consent">The person's word; it cannot be built without naming where it came from.</param>
/// <param name="time">The clock for time limits.</param>
public sealed class UnconfinedSandbox(UnconfinedConsent consent, TimeProvider time) : ISandbox
{
    private readonly SandboxHost _host = SandboxHost.Current();

    /// <inheritdoc/>
    public string Description => $"unconfined, by {consent.Origin}";

    /// <inheritdoc/>
    public async Task<SandboxResult> RunAsync(SandboxCommand command, SandboxPolicy policy, CancellationToken cancellationToken)
    {
        try
        {
            using var home = new PrivateFolder(policy.PrivateFolder);
            var runId = RunId.New();
            var environment = ScrubbedEnvironment.Build(_host, policy, home.Path, Directory.Exists, runId);
            var prepared = CommandPreparation.Prepare(command, policy, environment, static _ => true);
            using var launcher = new SessionLauncher(runId);
            return await new CommandRun(launcher, prepared, time).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandPreparation.Failed(command, e);
        }
    }
}
