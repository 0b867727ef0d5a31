using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Colophon.Provenance.Keys;

/// <summary>A public key as people hand it over: Base64 of its 32 bytes, or the line of an OpenSSH public key file (RFC 4253, RFC 8709).</summary>
public static class PublicKeyText
{
    private const string Type = "ssh-ed25519";

    // The type and the key, each after its length in four bytes.
    internal static ReadOnlySpan<byte> Prefix => "\0\0\0\u000bssh-ed25519\0\0\0\u0020"u8;

    /// <summary>Reads either form.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PublicKey? key)
    {
        key = null;
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words is [Type, var encoded, ..])
            return Decode(encoded) is { } blob && blob.AsSpan().StartsWith(Prefix) && PublicKey.TryCreate(blob.AsSpan(Prefix.Length), out key);
        return words is [var only] && Decode(only) is { } bytes && PublicKey.TryCreate(bytes, out key);
    }

    /// <summary>The form to hand over: Base64.</summary>
    public static string Of(PublicKey key) => Convert.ToBase64String(key.Bytes);

    /// <summary>The key's fingerprint as `ssh-keygen -l` and `ssh-add -l` print it: <c>SHA256:</c> and Base64 without padding, over the key in SSH's form.</summary>
    public static string Fingerprint(PublicKey key) => "SHA256:" + Convert.ToBase64String(SHA256.HashData(Blob(key))).TrimEnd('=');

    /// <summary>The key in SSH's form (RFC 8709).</summary>
    internal static byte[] Blob(PublicKey key) => [.. Prefix, .. key.Bytes];

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
