using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Colophon.Provenance.Keys;

/// <summary>
/// How a passphrase becomes the key of a key file: scrypt (RFC 7914), which needs 128 MiB for each guess, where OpenSSL has it; else PBKDF2-SHA512 (RFC 8018). The file names which and how much.
/// </summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Cost">scrypt's N, or the rounds.</param>
/// <param name="Block">scrypt's r; 0 for PBKDF2.</param>
/// <param name="Lanes">scrypt's p; 0 for PBKDF2.</param>
internal readonly record struct KeyDerivation(string Name, long Cost, long Block, long Lanes)
{
    internal const string Scrypt = "scrypt";
    internal const string Pbkdf2 = "pbkdf2-sha512";
    private const int KeyLength = 32;

    /// <summary>A file may ask for this much memory and no more: whoever can write it must not be able to fill the machine.</summary>
    private const long MaximumMemory = 1L << 30;

    private static readonly KeyDerivation s_scrypt = new(Scrypt, 1 << 17, 8, 1);
    private static readonly KeyDerivation s_pbkdf2 = new(Pbkdf2, 600_000, 0, 0);

    /// <summary>Whether the costs are neither below what protects nor above what is bearable.</summary>
    internal bool IsBearable => Name == Scrypt
        ? Cost is >= 1 << 15 and <= 1 << 22 && BitOperations.IsPow2(Cost) && Block is >= 8 and <= 32 && Lanes is >= 1 and <= 4 && 128 * Cost * Block <= MaximumMemory
        : Cost is >= 600_000 and <= 20_000_000 && (Block, Lanes) == (0, 0);

    /// <summary>What the encryption is bound to, so that no file can claim another derivation than its own.</summary>
    internal string Bound => Name == Scrypt ? $"{Name}:{Block}:{Lanes}\n{Cost}" : $"{Name}\n{Cost}";

    /// <summary>Derives a key the best way that there is here.</summary>
    internal static byte[] Best(string passphrase, byte[] salt, out KeyDerivation used)
    {
        // A libcrypto that is restricted to approved algorithms has no scrypt.
        if (s_scrypt.TryScrypt(passphrase, salt) is { } key)
        {
            used = s_scrypt;
            return key;
        }

        used = s_pbkdf2;
        return used.Derive(passphrase, salt);
    }

    /// <summary>Derives a key; the caller checked <see cref="IsBearable"/>.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.CryptoMissing"/>: it is scrypt and libcrypto has none.</exception>
    internal byte[] Derive(string passphrase, byte[] salt) => Name == Scrypt
        ? TryScrypt(passphrase, salt) ?? throw new ProvenanceException(ProvenanceError.CryptoMissing, "The system's OpenSSL has no scrypt, which the key file's passphrase goes through.", "Use an OpenSSL that is not restricted to approved algorithms.")
        : Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, (int)Cost, HashAlgorithmName.SHA512, KeyLength);

    private unsafe byte[]? TryScrypt(string passphrase, byte[] salt)
    {
        var secret = Encoding.UTF8.GetBytes(passphrase);
        var key = new byte[KeyLength];
        try
        {
            fixed (byte* from = secret, grain = salt, to = key)
            {
                if (LibCrypto.Scrypt(from, (nuint)secret.Length, grain, (nuint)salt.Length, (ulong)Cost, (ulong)Block, (ulong)Lanes, (ulong)(2 * MaximumMemory), to, KeyLength) == 1)
                    return key;
            }

            LibCrypto.ClearErrors();
            return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}
