using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Colophon.Kernel.Files;
using Colophon.Kernel.Json;

namespace Colophon.Provenance.Keys;

/// <summary>
/// The private key at rest: AES-256-GCM over the 32-byte seed, with the public key and the derivation as associated data, so that no part can be
/// exchanged. The encryption key comes from a passphrase or from a random <c>.kek</c> file beside it.
/// </summary>
internal static class KeyFile
{
    internal const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const int TagLength = 16;
    private const string ByFile = "file";

    internal static byte[] Seal(string path, ReadOnlySpan<byte> seed, PublicKey key, string? passphrase)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var nonce = RandomNumberGenerator.GetBytes(12);
        var derivation = new KeyDerivation(ByFile, 0, 0, 0);
        var secret = passphrase is null ? FileSecret(path, create: true) : KeyDerivation.Best(passphrase, salt, out derivation);
        var sealedSeed = new byte[seed.Length + TagLength];
        using (var aes = new AesGcm(secret, TagLength))
            aes.Encrypt(nonce, seed, sealedSeed.AsSpan(0, seed.Length), sealedSeed.AsSpan(seed.Length), Bound(key.Bytes, derivation, salt));
        CryptographicOperations.ZeroMemory(secret);

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("algorithm", "ed25519");
            json.WriteString("keyid", key.KeyId);
            json.WriteBase64String("public", key.Bytes);
            json.WriteString("kdf", derivation.Name);
            json.WriteNumber("rounds", derivation.Cost);
            if (derivation.Name == KeyDerivation.Scrypt)
            {
                json.WriteNumber("block", derivation.Block);
                json.WriteNumber("lanes", derivation.Lanes);
            }

            json.WriteBase64String("salt", salt);
            json.WriteBase64String("nonce", nonce);
            json.WriteBase64String("sealed", sealedSeed);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    internal static byte[] Open(string path, string? passphrase, out byte[] publicKey)
    {
        using var result = StrictJson.Parse(Read(path), StrictJsonOptions.ForSigning);
        if (result.Document?.RootElement is not { ValueKind: JsonValueKind.Object } file)
            throw Unreadable(path, "it is not a key file");
        if (!Member(file, "public", EvpKey.KeyLength, out publicKey) || !Member(file, "salt", 16, out var salt) || !Member(file, "nonce", 12, out var nonce)
            || !Member(file, "sealed", EvpKey.KeyLength + TagLength, out var sealedSeed)
            || !file.TryGetProperty("kdf", out var kdf) || kdf.ValueKind != JsonValueKind.String
            || !Number(file, "rounds", out var cost) || !Number(file, "block", out var block) || !Number(file, "lanes", out var lanes))
            throw Unreadable(path, "a member is missing or malformed");

        var derivation = new KeyDerivation(kdf.GetString() ?? "", cost, block, lanes);
        var secret = derivation.Name switch
        {
            ByFile => FileSecret(path, create: false),
            KeyDerivation.Scrypt or KeyDerivation.Pbkdf2 when !derivation.IsBearable => throw Unreadable(path, "what its passphrase costs is out of range"),
            KeyDerivation.Scrypt or KeyDerivation.Pbkdf2 => derivation.Derive(passphrase ?? throw PassphraseNeeded(path), salt),
            _ => throw Unreadable(path, "its protection is of an unknown kind"),
        };
        var seed = new byte[EvpKey.KeyLength];
        try
        {
            using var aes = new AesGcm(secret, TagLength);
            aes.Decrypt(nonce, sealedSeed.AsSpan(0, seed.Length), sealedSeed.AsSpan(seed.Length), seed, Bound(publicKey, derivation, salt));
            return seed;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Unreadable(path, passphrase is null ? "it was changed, or the .kek file beside it is another's" : "the passphrase is wrong or the file was changed");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    internal static bool NeedsPassphrase(string path)
    {
        try
        {
            using var result = StrictJson.Parse(File.ReadAllBytes(path), StrictJsonOptions.ForSigning);
            return result.Document?.RootElement is { ValueKind: JsonValueKind.Object } file && file.TryGetProperty("kdf", out var kdf) && kdf.ValueKind == JsonValueKind.String && !kdf.ValueEquals(ByFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    internal static void CheckOutside(string path, string? projectRoot)
    {
        if (projectRoot is not null && (path + "/").StartsWith(Path.GetFullPath(projectRoot).TrimEnd('/') + "/", StringComparison.Ordinal))
        {
            throw new ProvenanceException(
                ProvenanceError.KeyInsideProject, $"A private key may not lie inside the project: '{path}'.", "It would be committed sooner or later; leave it in your configuration folder or in ~/.ssh.");
        }
    }

    internal static ProvenanceException Unreadable(string path, string why) =>
        new(ProvenanceError.KeyUnreadable, $"The key file '{path}' cannot be used: {why}.", "Restore it from a backup, or make a new key and have it added to the project's trust.");

    private static byte[] Read(string path)
    {
        try
        {
            CheckMode(path);
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ProvenanceException(ProvenanceError.KeyMissing, $"There is no signing key at '{path}'.", "Run `colophon init` to make one.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e.Message);
        }
    }

    private static void CheckMode(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) is var open && open != UnixFileMode.None)
            throw new ProvenanceException(ProvenanceError.KeyUnreadable, $"The key file '{path}' can be read or written by other users.", $"Run `chmod 600 '{path}'`; if others may have read it, take a new key: `colophon trust rotate`.");
    }

    private static byte[] FileSecret(string path, bool create)
    {
        var beside = Path.ChangeExtension(path, ".kek");
        if (create)
            AtomicFile.TryCreate(beside, RandomNumberGenerator.GetBytes(32), Mode);
        if (!File.Exists(beside))
            throw Unreadable(path, $"'{beside}' is missing");
        CheckMode(beside);
        var secret = File.ReadAllBytes(beside);
        return secret.Length == 32 ? secret : throw Unreadable(path, $"'{beside}' is damaged");
    }

    private static byte[] Bound(ReadOnlySpan<byte> publicKey, KeyDerivation derivation, byte[] salt) =>
        Encoding.UTF8.GetBytes($"colophon-key-v1\n{Convert.ToHexStringLower(publicKey)}\n{derivation.Bound}\n{Convert.ToHexStringLower(salt)}\n");

    private static bool Member(JsonElement file, string name, int length, out byte[] bytes)
    {
        bytes = [];
        return file.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.TryGetBytesFromBase64(out var decoded) && (bytes = decoded).Length == length;
    }

    /// <summary>A number of the file; 0 where it is absent, which no derivation takes for one that it needs.</summary>
    private static bool Number(JsonElement file, string name, out long number)
    {
        number = 0;
        return !file.TryGetProperty(name, out var value) || (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out number));
    }

    private static ProvenanceException PassphraseNeeded(string path) =>
        new(ProvenanceError.PassphraseNeeded, $"The key file '{path}' is protected by a passphrase.", "Set COLOPHON_PASSPHRASE, or keep it for a while: `colophon key unlock`.");
}
