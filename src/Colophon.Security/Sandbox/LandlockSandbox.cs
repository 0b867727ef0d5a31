namespace Colophon.Security.Sandbox;

/// <summary>Confines commands with Landlock and seccomp.</summary>
public sealed class LandlockSandbox(TimeProvider time) : ISandbox
{
    /// <inheritdoc/>
    public string Description => "Landlock";

    /// <inheritdoc/>
    public Task<SandboxResult> RunAsync(SandboxCommand command, SandboxPolicy policy, CancellationToken cancellationToken) =>
        throw new NotSupportedException(time.ToString());
}
