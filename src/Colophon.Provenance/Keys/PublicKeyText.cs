using System.Diagnostics.CodeAnalysis;

namespace Colophon.Provenance.Keys;

/// <summary>A public key as people hand it over: Base64 of its 32 bytes, or the line of an OpenSSH public key file (RFC 4253, RFC 8709).</summary>
public static class PublicKeyText
{
    private const string Type = "ssh-ed25519";

    // The type and the key, each after its length in four bytes.
    private static ReadOnlySpan<byte> Prefix => "\0\0\0\u000bssh-ed25519\0\0\0\u0020"u8;

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

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
