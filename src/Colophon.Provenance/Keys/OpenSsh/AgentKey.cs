namespace Colophon.Provenance.Keys.OpenSsh;

/// <summary>Signs by an agent, and uses no signature that is not the key's own over the very message.</summary>
internal sealed class AgentKey(SshAgent agent, AgentIdentity identity) : ISigner
{
    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = agent.Sign(identity, message);
        return identity.Key.Verify(message, signature) ? signature : throw agent.Unavailable($"gave a signature that is not the key {identity.Fingerprint}'s over what was to be signed");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
