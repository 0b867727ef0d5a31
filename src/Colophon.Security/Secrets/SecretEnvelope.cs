using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Colophon.Security.Secrets;

/// <summary>
/// The store's file: <c>{"version":1,"key":"file"|"passphrase","iterations":n,"salt":…,"nonce":…,"tag":…,"data":…}</c>, binary members in base64. The data decrypts to
/// a JSON object of names and values; everything before the nonce is authenticated with it.
/// </summary>
internal sealed record SecretEnvelope
{
    private const int Version = 1;

    /// <summary>OWASP's figure of 2023 for PBKDF2 with SHA-256.</summary>
    private const int DefaultIterations = 600_000;

    /// <summary>A file from elsewhere must not be able to keep us busy for hours, nor to make guessing cheap.</summary>
    private const int MostIterations = 10_000_000;
    private const int LeastIterations = 100_000;

    internal required bool UsesPassphrase { get; init; }

    internal required int Iterations { get; init; }

    internal required byte[] Salt { get; init; }

    internal byte[] Nonce { get; init; } = [];

    internal byte[] Tag { get; init; } = [];

    internal byte[] Data { get; init; } = [];

    /// <summary>An empty envelope with a salt of its own.</summary>
    internal static SecretEnvelope Fresh(bool usesPassphrase) => new()
    {
        UsesPassphrase = usesPassphrase,
        Iterations = usesPassphrase ? DefaultIterations : 0,
        Salt = RandomNumberGenerator.GetBytes(16),
    };

    /// <summary>Reads the file; null where it is none of ours or damaged.</summary>
    internal static SecretEnvelope? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var envelope = new SecretEnvelope
            {
                UsesPassphrase = root.GetProperty("key").GetString() == "passphrase",
                Iterations = root.GetProperty("iterations").GetInt32(),
                Salt = root.GetProperty("salt").GetBytesFromBase64(),
                Nonce = root.GetProperty("nonce").GetBytesFromBase64(),
                Tag = root.GetProperty("tag").GetBytesFromBase64(),
                Data = root.GetProperty("data").GetBytesFromBase64(),
            };
            var sound = root.GetProperty("version").GetInt32() == Version
                && envelope.Nonce.Length == 12
                && envelope.Tag.Length == 16
                && (!envelope.UsesPassphrase || envelope.Iterations is >= LeastIterations and <= MostIterations);
            return sound ? envelope : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    internal byte[] DeriveKey(string passphrase) =>
        Rfc2898DeriveBytes.Pbkdf2(passphrase, Salt, Iterations, HashAlgorithmName.SHA256, 32);

    /// <summary>The same envelope with new content, under a fresh nonce.</summary>
    internal SecretEnvelope Seal(SortedDictionary<string, string> secrets, byte[] key)
    {
        var clear = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(clear))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in secrets)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        var (nonce, tag, data) = (RandomNumberGenerator.GetBytes(12), new byte[16], new byte[clear.WrittenCount]);
        using var cipher = new AesGcm(key, tag.Length);
        cipher.Encrypt(nonce, clear.WrittenSpan, data, tag, Authenticated());
        return this with { Nonce = nonce, Tag = tag, Data = data };
    }

    /// <summary>The content, or null where the key does not fit or a byte was changed.</summary>
    internal SortedDictionary<string, string>? Open(byte[] key)
    {
        var clear = new byte[Data.Length];
        try
        {
            using var cipher = new AesGcm(key, Tag.Length);
            cipher.Decrypt(Nonce, Data, Tag, clear, Authenticated());
            using var document = JsonDocument.Parse(clear);
            var secrets = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
                secrets[property.Name] = property.Value.GetString() ?? "";
            return secrets;
        }
        catch (Exception e) when (e is CryptographicException or JsonException or InvalidOperationException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    internal byte[] ToJson()
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteString("key", UsesPassphrase ? "passphrase" : "file");
            writer.WriteNumber("iterations", Iterations);
            writer.WriteBase64String("salt", Salt);
            writer.WriteBase64String("nonce", Nonce);
            writer.WriteBase64String("tag", Tag);
            writer.WriteBase64String("data", Data);
            writer.WriteEndObject();
        }

        return [.. output.WrittenSpan, (byte)'\n'];
    }

    /// <summary>A record prints all its members; these are nobody's to read.</summary>
    public override string ToString() => nameof(SecretEnvelope);

    private byte[] Authenticated() =>
        Encoding.UTF8.GetBytes($"colophon-secrets-v{Version}|{(UsesPassphrase ? "passphrase" : "file")}|{Iterations}|{Convert.ToBase64String(Salt)}");
}
