using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Colophon.Provenance.Keys;

/// <summary>
/// Signatures as <c>ssh-keygen -Y sign</c> makes them (OpenSSH's PROTOCOL.sshsig), which git puts under tags and commits where <c>gpg.format</c> is <c>ssh</c>. Ed25519 only.
/// </summary>
internal static class SshSignature
{
    internal const string Begin = "-----BEGIN SSH SIGNATURE-----";
    private const string End = "-----END SSH SIGNATURE-----";
    private const string Algorithm = "ssh-ed25519";
    private const int LineLength = 70;

    private static ReadOnlySpan<byte> Magic => "SSHSIG"u8;

    /// <summary>The armored signature over a message.</summary>
    internal static string Sign(ReadOnlySpan<byte> message, string @namespace, SigningKey key)
    {
        var blob = new List<byte>([.. Magic, 0, 0, 0, 1]);
        Put(blob, PublicBlob(key.Public));
        Put(blob, Encoding.ASCII.GetBytes(@namespace));
        Put(blob, []);
        Put(blob, "sha512"u8);
        var signature = new List<byte>();
        Put(signature, Encoding.ASCII.GetBytes(Algorithm));
        Put(signature, key.Sign(Signed(message, @namespace)));
        Put(blob, [.. signature]);
        var text = Convert.ToBase64String([.. blob]);
        return $"{Begin}\n{string.Concat(text.Chunk(LineLength).Select(static line => new string(line) + "\n"))}{End}\n";
    }

    /// <summary>The key that signed a message, or null where the signature is not by a sound Ed25519 key over these bytes.</summary>
    internal static PublicKey? SignerOf(ReadOnlySpan<byte> message, string armored, string @namespace)
    {
        var start = armored.IndexOf(Begin, StringComparison.Ordinal);
        var end = armored.IndexOf(End, StringComparison.Ordinal);
        if (start < 0 || end < start)
            return null;
        var text = string.Concat(armored[(start + Begin.Length)..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
            return null;
        var reader = new Reader(bytes.AsSpan(0, length));
        if (!reader.Skip(Magic) || !reader.Skip([0, 0, 0, 1]))
            return null;
        var key = reader.Next();
        var space = reader.Next();
        var reserved = reader.Next();
        var hash = reader.Next();
        var signature = reader.Next();
        if (reader.IsCut || !space.SequenceEqual(Encoding.ASCII.GetBytes(@namespace)) || reserved.Length > 0 || !hash.SequenceEqual("sha512"u8))
            return null;
        var inner = new Reader(signature);
        var isOurs = inner.Next().SequenceEqual(Encoding.ASCII.GetBytes(Algorithm));
        var raw = inner.Next();
        var publicReader = new Reader(key);
        var isKey = publicReader.Next().SequenceEqual(Encoding.ASCII.GetBytes(Algorithm));
        var point = publicReader.Next();
        return isOurs && isKey && !inner.IsCut && !publicReader.IsCut && PublicKey.TryCreate(point, out var signer) && signer.Verify(Signed(message, @namespace), raw) ? signer : null;
    }

    private static byte[] PublicBlob(PublicKey key)
    {
        var blob = new List<byte>();
        Put(blob, Encoding.ASCII.GetBytes(Algorithm));
        Put(blob, key.Bytes);
        return [.. blob];
    }

    private static byte[] Signed(ReadOnlySpan<byte> message, string @namespace)
    {
        var signed = new List<byte>([.. Magic]);
        Put(signed, Encoding.ASCII.GetBytes(@namespace));
        Put(signed, []);
        Put(signed, "sha512"u8);
        Put(signed, SHA512.HashData(message));
        return [.. signed];
    }

    private static void Put(List<byte> to, ReadOnlySpan<byte> value)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        to.AddRange(length);
        to.AddRange(value);
    }

    /// <summary>Takes length-prefixed strings apart; what is cut reads as empty and is noted.</summary>
    private ref struct Reader(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        internal bool IsCut { get; private set; }

        internal bool Skip(ReadOnlySpan<byte> expected)
        {
            if (!_rest.StartsWith(expected))
                return false;
            _rest = _rest[expected.Length..];
            return true;
        }

        internal ReadOnlySpan<byte> Next()
        {
            if (_rest.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(_rest) is var length && length > _rest.Length - 4)
            {
                IsCut = true;
                return [];
            }

            var value = _rest.Slice(4, (int)length);
            _rest = _rest[(4 + (int)length)..];
            return value;
        }
    }
}
