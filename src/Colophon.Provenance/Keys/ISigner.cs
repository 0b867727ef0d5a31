namespace Colophon.Provenance.Keys;

/// <summary>What makes the signatures of a <see cref="SigningKey"/>.</summary>
internal interface ISigner : IDisposable
{
    /// <summary>The 64 bytes of an Ed25519 signature (RFC 8032) over the message itself.</summary>
    byte[] Sign(ReadOnlySpan<byte> message);
}
