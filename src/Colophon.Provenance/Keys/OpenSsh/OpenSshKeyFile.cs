using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Colophon.Provenance.Keys.OpenSsh;

/// <summary>
/// A private key file of OpenSSH's (PROTOCOL.key, <c>openssh-key-v1</c>) with one Ed25519 key and no passphrase. One with a passphrase is left to the agent, whose business that is.
/// </summary>
internal static class OpenSshKeyFile
{
    private const int MaximumLength = 64 * 1024;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static ReadOnlySpan<byte> Header => "-----BEGIN OPENSSH PRIVATE KEY-----"u8;

    private static ReadOnlySpan<byte> Footer => "-----END OPENSSH PRIVATE KEY-----"u8;

    private static ReadOnlySpan<byte> Magic => "openssh-key-v1\0"u8;

    /// <summary>The 32 bytes that the key is made from; the caller wipes them.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.KeyMissing"/>, <see cref="ProvenanceError.KeyUnreadable"/>, <see cref="ProvenanceError.KeyInsideProject"/>.</exception>
    internal static byte[] Read(string path, string? projectRoot)
    {
        KeyFile.CheckOutside(path, projectRoot);
        var text = Bytes(path);
        byte[] blob = [];
        try
        {
            blob = Unarmour(text) ?? throw Refused(path, text.AsSpan().IndexOf("PRIVATE KEY-----"u8) >= 0
                ? "it is a private key, but not in OpenSSH's own form"
                : "it is no private key file of OpenSSH's");
            return Seed(path, blob);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
            CryptographicOperations.ZeroMemory(blob);
        }
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            // A pipe or a device would be waited for.
            if (!File.Exists(path))
                throw new ProvenanceException(ProvenanceError.KeyMissing, $"There is no private key file at '{path}'.", "`ssh-keygen -t ed25519` makes one; `colophon key use file` goes back to Colophon's own.");
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            if (file.Length is 0 or > MaximumLength)
                throw Refused(path, "it is no private key file of OpenSSH's");
            // Before the mode: a public key may well be readable, and closing it would mend nothing.
            if (IsPublic(path, file))
                throw new ProvenanceException(ProvenanceError.KeyUnreadable, $"'{path}' is the public half of a key; signing needs the private one.", $"Name the file beside it: ssh:{(path.EndsWith(".pub", StringComparison.Ordinal) ? path[..^4] : "<path of the private key>")}");
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != UnixFileMode.None)
                throw new ProvenanceException(ProvenanceError.KeyUnreadable, $"The private key file '{path}' can be read or written by other users.", $"Run `chmod 600 '{path}'`; OpenSSH refuses such a file too.");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, e.Message);
        }
    }

    private static bool IsPublic(string path, FileStream file)
    {
        Span<byte> start = stackalloc byte[5];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return !start[..read].SequenceEqual("-----"u8) && (path.EndsWith(".pub", StringComparison.Ordinal) || start[..read].StartsWith("ssh-"u8) || start[..read].SequenceEqual("ecdsa"u8) || start[..read].StartsWith("sk-"u8));
    }

    private static byte[]? Unarmour(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        if (!text.StartsWith(Header) || !text.EndsWith(Footer) || text.Length < Header.Length + Footer.Length)
            return null;
        var body = text[Header.Length..^Footer.Length];
        var blob = new byte[Base64.GetMaxDecodedFromUtf8Length(body.Length)];
        var sound = Base64.DecodeFromUtf8(body, blob, out _, out var written) == System.Buffers.OperationStatus.Done;
        var exact = sound ? blob.AsSpan(0, written).ToArray() : null;
        CryptographicOperations.ZeroMemory(blob);
        return exact;
    }

    private static byte[] Seed(string path, ReadOnlySpan<byte> blob)
    {
        if (!blob.StartsWith(Magic))
            throw Refused(path, "it is no private key file of OpenSSH's");
        var outer = new SshReader(blob[Magic.Length..]);
        var cipher = outer.Text();
        var kdf = outer.Text();
        outer.Text();
        var count = outer.Number();
        var declared = outer.Text();
        var inside = outer.Text();
        if (outer.Failed || !outer.Rest.IsEmpty || count != 1)
            throw Refused(path, "it is damaged, or holds several keys");
        if (!declared.StartsWith(PublicKeyText.Prefix) || declared.Length != PublicKeyText.Prefix.Length + EvpKey.KeyLength)
            throw Refused(path, $"its key is of the type '{Name(declared)}', and Colophon signs with ssh-ed25519 only");
        var point = declared[PublicKeyText.Prefix.Length..];
        if (!cipher.SequenceEqual("none"u8) || !kdf.SequenceEqual("none"u8))
        {
            var hint = PublicKey.TryCreate(point, out var key) ? $"agent:{PublicKeyText.Fingerprint(key)}" : "agent";
            throw new ProvenanceException(
                ProvenanceError.KeyUnreadable, $"The private key file '{path}' is protected by a passphrase, which Colophon does not ask for.", $"Let the agent hold it: `ssh-add '{path}'`, then `--key {hint}`.");
        }

        var reader = new SshReader(inside);
        var same = reader.Number() == reader.Number();
        var type = reader.Text();
        var own = reader.Text();
        var secret = reader.Text();
        reader.Text();
        if (reader.Failed || !same || !type.SequenceEqual("ssh-ed25519"u8) || !own.SequenceEqual(point) || secret.Length != 2 * EvpKey.KeyLength || !secret[EvpKey.KeyLength..].SequenceEqual(point) || !Padded(inside, reader.Rest))
            throw Refused(path, "it is damaged");
        var seed = secret[..EvpKey.KeyLength].ToArray();
        using var derived = EvpKey.FromSeed(seed);
        if (point.SequenceEqual(derived.PublicBytes()))
            return seed;
        CryptographicOperations.ZeroMemory(seed);
        throw Refused(path, "its public half does not belong to its private half");
    }

    /// <summary>The bytes 1, 2, 3 … up to a multiple of eight.</summary>
    private static bool Padded(ReadOnlySpan<byte> inside, ReadOnlySpan<byte> padding)
    {
        for (var i = 0; i < padding.Length; i++)
        {
            if (padding[i] != i + 1)
                return false;
        }

        return padding.Length < 8 && inside.Length % 8 == 0;
    }

    private static string Name(ReadOnlySpan<byte> key)
    {
        var name = new SshReader(key).Text();
        return name.Length is > 0 and < 64 && name.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0 ? Encoding.ASCII.GetString(name) : "unknown";
    }

    private static ProvenanceException Refused(string path, string why) =>
        new(ProvenanceError.KeyUnreadable, $"The private key file '{path}' cannot be used: {why}.", "Make one by `ssh-keygen -t ed25519`, or let Colophon keep its own: `colophon key use file`.");
}
