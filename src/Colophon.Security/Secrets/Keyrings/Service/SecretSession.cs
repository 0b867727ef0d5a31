using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Colophon.Security.Secrets.Keyrings.Bus;

namespace Colophon.Security.Secrets.Keyrings.Service;

/// <summary>A secret as it travels: <c>(oayays)</c>.</summary>
/// <param name="Parameters">The initialisation vector; empty in a session without encryption.</param>
/// <param name="Value">The secret.</param>
internal readonly record struct SealedSecret(byte[] Parameters, byte[] Value);

/// <summary>
/// A session with the Secret Service, by which secrets are encrypted on the bus: Diffie-Hellman in the second Oakley group (RFC 2409, 6.2), HKDF-SHA-256 without salt and information, AES-128-CBC with PKCS #7.
/// A service that has no encryption is spoken to without (<c>plain</c>): the bus is the user's own.
/// </summary>
internal sealed class SecretSession
{
    internal const string Encrypted = "dh-ietf1024-sha256-aes128-cbc-pkcs7";
    internal const string Plain = "plain";
    private const int PrimeLength = 128;
    private const int KeyLength = 16;

    private static readonly BigInteger s_prime = new(
        Convert.FromHexString(
            "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF"),
        isUnsigned: true,
        isBigEndian: true);

    private readonly byte[]? _key;

    private SecretSession(string path, byte[]? key) => (Path, _key) = (path, key);

    /// <summary>The session's object.</summary>
    internal string Path { get; }

    /// <summary>Opens one, encrypted where the service can.</summary>
    internal static SecretSession Open(Func<string, Action<BusWriter>, BusMessage> openSession)
    {
        var secret = new BigInteger(RandomNumberGenerator.GetBytes(PrimeLength), isUnsigned: true, isBigEndian: true) % (s_prime - 3) + 2;
        var own = Padded(BigInteger.ModPow(2, secret, s_prime));
        BusMessage answer;
        try
        {
            answer = openSession(Encrypted, body => body.Signature("ay").Bytes(own));
        }
        catch (BusException e) when (e.Name is "org.freedesktop.DBus.Error.NotSupported")
        {
            answer = openSession(Plain, static body => body.Signature("s").Text(""));
            var nothing = answer.Reader("vo");
            nothing.Skip("v");
            return new SecretSession(nothing.Text(), null);
        }

        var reader = answer.Reader("vo");
        reader.Variant("ay");
        var theirs = new BigInteger(reader.Bytes(), isUnsigned: true, isBigEndian: true);
        if (theirs <= 1 || theirs >= s_prime - 1)
            throw new InvalidDataException("The Secret Service's public key is none.");
        var shared = Padded(BigInteger.ModPow(theirs, secret, s_prime));
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, KeyLength);
        CryptographicOperations.ZeroMemory(shared);
        return new SecretSession(reader.Text(), key);
    }

    internal SealedSecret Seal(string text)
    {
        var clear = Encoding.UTF8.GetBytes(text);
        if (_key is null)
            return new SealedSecret([], clear);
        using var aes = Aes.Create();
        aes.Key = _key;
        var sealedSecret = new SealedSecret(aes.IV, aes.EncryptCbc(clear, aes.IV));
        CryptographicOperations.ZeroMemory(clear);
        return sealedSecret;
    }

    /// <summary>The secret in the clear.</summary>
    /// <exception cref="InvalidDataException">It was encrypted by another key, or is no text.</exception>
    internal string Open(SealedSecret secret)
    {
        try
        {
            if (_key is null)
                return s_strict.GetString(secret.Value);
            using var aes = Aes.Create();
            aes.Key = _key;
            var clear = aes.DecryptCbc(secret.Value, secret.Parameters);
            var text = s_strict.GetString(clear);
            CryptographicOperations.ZeroMemory(clear);
            return text;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException("The Secret Service gave a secret that cannot be decrypted.", e);
        }
    }

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>As long as the prime, whatever the number: that is what is derived from.</summary>
    private static byte[] Padded(BigInteger number)
    {
        var padded = new byte[PrimeLength];
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(padded, PrimeLength - bytes.Length);
        return padded;
    }
}
