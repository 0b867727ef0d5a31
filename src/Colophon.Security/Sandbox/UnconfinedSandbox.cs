using Colophon.Security.Consent;

namespace Colophon.Security.Sandbox;

/// <summary>Runs commands without any confinement, because a person said so.</summary>
public sealed class UnconfinedSandbox(UnconfinedConsent consent, TimeProvider time) : ISandbox
{
    /// <inheritdoc/>
    public string Description => $"unconfined, by {consent.Origin}";

    /// <inheritdoc/>
    public Task<SandboxResult> RunAsync(SandboxCommand command, SandboxPolicy policy, CancellationToken cancellationToken) =>
        throw new NotSupportedException(time.ToString());
}
