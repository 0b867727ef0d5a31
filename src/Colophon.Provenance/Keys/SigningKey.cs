using System.Security.Cryptography;
using Colophon.Kernel.Files;
using Colophon.Provenance.Keys.OpenSsh;

namespace Colophon.Provenance.Keys;

/// <summary>How a key file is made.</summary>
public sealed record SigningKeyOptions
{
    /// <summary>
    /// Protects the file (by scrypt, or by PBKDF2 where OpenSSL has no scrypt). Without one, a random key in a 0600 file beside it does: that keeps the private key out of a
    /// copied or backed-up key file, and out of the reach of other users, but not from anyone who can read both files as you.
    /// </summary>
    public string? Passphrase { get; init; }

    /// <summary>The project's root; a key file inside it is refused, because it would be committed sooner or later.</summary>
    public string? ProjectRoot { get; init; }
}

/// <summary>
/// A key that signs: an Ed25519 private key in memory, which leaves this class only encrypted, or one that an ssh-agent holds. Whoever signs with it need not know which.
/// </summary>
public sealed class SigningKey : IDisposable
{
    private readonly ISigner _signer;

    private SigningKey(ISigner signer, PublicKey key) => (_signer, Public) = (signer, key);

    /// <summary>The public half.</summary>
    public PublicKey Public { get; }

    /// <summary>The public half's id.</summary>
    public string KeyId => Public.KeyId;

    /// <summary>Where the user's own key lies: <c>keys/signing.json</c> under Colophon's configuration folder.</summary>
    /// <param name="configurationDirectory"><c>$XDG_CONFIG_HOME/colophon</c>.</param>
    public static string DefaultPath(string configurationDirectory) => Path.Combine(configurationDirectory, "keys", "signing.json");

    /// <summary>Whether a key file is there and a passphrase protects it; asks for none and never throws.</summary>
    public static bool NeedsPassphrase(string path) => KeyFile.NeedsPassphrase(path);

    /// <summary>Makes a key that lives in memory only.</summary>
    public static SigningKey Generate()
    {
        Span<byte> seed = stackalloc byte[EvpKey.KeyLength];
        RandomNumberGenerator.Fill(seed);
        try
        {
            return FromSeed(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Makes a key and writes its encrypted file (mode 0600).</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.KeyExists"/>, <see cref="ProvenanceError.KeyInsideProject"/>.</exception>
    /// <exception cref="Kernel.Errors.KernelException">The file cannot be written.</exception>
    public static SigningKey Create(string path, SigningKeyOptions options)
    {
        var full = Path.GetFullPath(path);
        KeyFile.CheckOutside(full, options.ProjectRoot);

        Span<byte> seed = stackalloc byte[EvpKey.KeyLength];
        RandomNumberGenerator.Fill(seed);
        var key = FromSeed(seed);
        try
        {
            var file = KeyFile.Seal(full, seed, key.Public, options.Passphrase);
            if (AtomicFile.TryCreate(full, file, KeyFile.Mode))
                return key;
            throw new ProvenanceException(ProvenanceError.KeyExists, $"The key file '{full}' exists already.", "Move it away first if you really want a new key.");
        }
        catch
        {
            key.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Reads a key file.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.KeyMissing"/>, <see cref="ProvenanceError.KeyUnreadable"/> or <see cref="ProvenanceError.PassphraseNeeded"/>.</exception>
    public static SigningKey Load(string path, string? passphrase = null)
    {
        var seed = KeyFile.Open(Path.GetFullPath(path), passphrase, out var declared);
        try
        {
            var key = FromSeed(seed);
            if (key.Public.Bytes.SequenceEqual(declared))
                return key;
            key.Dispose();
            throw KeyFile.Unreadable(path, "its public half does not belong to its private half");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Opens the key that the user chose.</summary>
    /// <param name="choice">Which.</param>
    /// <param name="access">What that may need.</param>
    /// <exception cref="ProvenanceException">
    /// <see cref="ProvenanceError.KeyMissing"/>, <see cref="ProvenanceError.KeyUnreadable"/>, <see cref="ProvenanceError.PassphraseNeeded"/>, <see cref="ProvenanceError.KeyInsideProject"/>,
    /// <see cref="ProvenanceError.AgentUnavailable"/> or <see cref="ProvenanceError.AgentKeyMissing"/>.
    /// </exception>
    public static SigningKey Open(SigningKeyChoice choice, SigningKeyAccess access)
    {
        switch (choice.Kind)
        {
            case SigningKeyKind.OpenSshFile:
                var seed = OpenSshKeyFile.Read(choice.Path(access.Home), access.ProjectRoot);
                try
                {
                    return FromSeed(seed);
                }
                finally
                {
                    CryptographicOperations.ZeroMemory(seed);
                }

            case SigningKeyKind.Agent:
                var agent = new SshAgent(access.AgentSocket, access.AgentLimit, access.Time);
                var identity = agent.Find(choice.Value);
                return new SigningKey(new AgentKey(agent, identity), identity.Key);

            default:
                return Load(DefaultPath(access.ConfigurationDirectory), access.Passphrase());
        }
    }

    /// <summary>Signs a message; 64 bytes.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.AgentUnavailable"/>, <see cref="ProvenanceError.AgentKeyMissing"/> or <see cref="ProvenanceError.AgentRefused"/>, where an agent holds the key.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message) => _signer.Sign(message);

    /// <inheritdoc/>
    public void Dispose() => _signer.Dispose();

    internal static SigningKey FromSeed(ReadOnlySpan<byte> seed)
    {
        var key = EvpKey.FromSeed(seed);
        return PublicKey.TryCreate(key.PublicBytes(), out var point)
            ? new SigningKey(key, point)
            : throw new ProvenanceException(ProvenanceError.KeyUnreadable, "The private key is not a sound Ed25519 key.");
    }
}
