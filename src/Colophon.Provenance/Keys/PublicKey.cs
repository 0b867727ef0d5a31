using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Colophon.Provenance.Keys;

/// <summary>An Ed25519 public key (RFC 8032), verified strictly: one message and key have one signature per signer.</summary>
public sealed class PublicKey
{
    private readonly byte[] _raw;
    private readonly EvpKey _key;

    private PublicKey(byte[] raw, EvpKey key) => (_raw, _key, KeyId) = (raw, key, Convert.ToHexStringLower(SHA256.HashData(raw)));

    /// <summary>SHA-256 of the raw 32 bytes in hex: how entries and trust files name the key.</summary>
    public string KeyId { get; }

    /// <summary>The raw 32 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _raw;

    /// <summary>Takes a raw key.</summary>
    /// <returns>False where it is not 32 bytes, not canonical or of small order.</returns>
    public static bool TryCreate(ReadOnlySpan<byte> raw, [NotNullWhen(true)] out PublicKey? key)
    {
        key = Ed25519Encoding.IsSoundPoint(raw) ? new PublicKey(raw.ToArray(), EvpKey.FromPublic(raw)) : null;
        return key is not null;
    }

    /// <summary>Whether the signature is this key's over the message; malleable and non-canonical ones are refused.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Ed25519Encoding.IsSoundSignature(signature) && _key.Verify(message, signature);
}
