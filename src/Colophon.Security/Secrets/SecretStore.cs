using System.Security.Cryptography;
using Colophon.Kernel.Files;
using Colophon.Security.Errors;

namespace Colophon.Security.Secrets;

/// <summary>
/// The user's provider keys in one encrypted file: AES-256-GCM (NIST SP 800-38D), the key either 32 random bytes in a file beside it or derived from a
/// passphrase (PBKDF2-HMAC-SHA-256, RFC 8018). Every change reads the file anew under a lock and replaces it in one step.
/// </summary>
/// <remarks>
/// With a key file this protects against a copied or committed <c>secrets.json</c>, not against someone who can read the whole folder; with a
/// passphrase it does that too. Values never appear in <see cref="ToString"/> or in an error.
/// </remarks>
public sealed class SecretStore
{
    private const int LongestName = 128;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerOnly | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly string _folder;
    private readonly Func<string?> _passphrase;
    private readonly TimeProvider _time;
    private SecretEnvelope? _envelope;
    private byte[] _key = [];
    private SortedDictionary<string, string> _secrets = new(StringComparer.Ordinal);

    private SecretStore(string folder, Func<string?> passphrase, TimeProvider time) => (_folder, _passphrase, _time) = (folder, passphrase, time);

    /// <summary>The names of the secrets, sorted; never their values.</summary>
    public IReadOnlyList<string> Names => [.. _secrets.Keys];

    private string FilePath => Path.Combine(_folder, "secrets.json");

    private string KeyPath => Path.Combine(_folder, "secrets.key");

    /// <summary>Opens the store of a folder; one that does not exist yet is empty, and nothing is written before the first <see cref="SetAsync"/>.</summary>
    /// <param name="folder">Usually <c>$XDG_CONFIG_HOME/colophon</c>.</param>
    /// <param name="passphrase">What the key is derived from; null for a key file. It is asked only where the store is protected by one, or made.</param>
    /// <param name="time">The clock for waiting on another process.</param>
    /// <exception cref="SecurityException"><see cref="SecurityError.SecretsUnreadable"/> or <see cref="SecurityError.SecretsExposed"/>.</exception>
    public static SecretStore Open(string folder, Func<string?> passphrase, TimeProvider time)
    {
        var store = new SecretStore(folder, passphrase, time);
        store.Load();
        return store;
    }

    /// <summary>Whether a store is there and a passphrase protects it; asks for none and never throws.</summary>
    public static bool NeedsPassphrase(string folder)
    {
        try
        {
            return SecretEnvelope.Parse(File.ReadAllBytes(Path.Combine(folder, "secrets.json")))?.UsesPassphrase ?? false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The value, or null where there is none of that name.</summary>
    public string? Find(string name) => _secrets.GetValueOrDefault(name);

    /// <summary>Adds or replaces a secret.</summary>
    /// <param name="name">1 to 128 of <c>A-Z a-z 0-9 . _ - /</c>.</param>
    /// <param name="value">The secret.</param>
    /// <param name="cancellationToken">Ends the wait for another process.</param>
    /// <exception cref="SecurityException"><see cref="SecurityError.SecretNameInvalid"/>, or the file is damaged or exposed.</exception>
    /// <exception cref="Kernel.Errors.KernelException">The file could not be written; the old one stands.</exception>
    public async Task SetAsync(string name, string value, CancellationToken cancellationToken)
    {
        if (name.Length is 0 or > LongestName || name.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-' or '/')))
            throw new SecurityException(SecurityError.SecretNameInvalid, "A secret's name must be 1 to 128 letters, digits, dots, dashes, underscores or slashes.", "Try a name such as 'anthropic'.");
        await ChangeAsync(secrets => secrets[name] = value, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a secret; false where there was none.</summary>
    /// <exception cref="SecurityException">The file is damaged or exposed.</exception>
    /// <exception cref="Kernel.Errors.KernelException">The file could not be written; the old one stands.</exception>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var deleted = false;
        if (_secrets.ContainsKey(name))
            await ChangeAsync(secrets => deleted = secrets.Remove(name), cancellationToken).ConfigureAwait(false);
        return deleted;
    }

    /// <summary>How many secrets there are; never what they are.</summary>
    public override string ToString() => $"{nameof(SecretStore)} ({_secrets.Count} secrets)";

    private async Task ChangeAsync(Action<SortedDictionary<string, string>> change, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder, OwnerFolder);
        using var held = await FileLock.AcquireAsync(Path.Combine(_folder, "secrets.lock"), s_patience, _time, cancellationToken).ConfigureAwait(false);
        // Another process may have changed it since it was read.
        Load();
        if (_envelope is null)
        {
            var passphrase = _passphrase();
            _envelope = SecretEnvelope.Fresh(passphrase is not null);
            _key = passphrase is null ? ReadOrMakeKeyFile() : _envelope.DeriveKey(passphrase);
        }

        change(_secrets);
        _envelope = _envelope.Seal(_secrets, _key);
        AtomicFile.Write(FilePath, _envelope.ToJson(), OwnerOnly);
    }

    private void Load()
    {
        if (ReadPrivate(FilePath) is not { } bytes)
        {
            (_envelope, _secrets) = (null, new(StringComparer.Ordinal));
            return;
        }

        var envelope = SecretEnvelope.Parse(bytes) ?? throw Unreadable("is damaged", "Restore it from a copy, or delete it and set your keys again.");
        // The salt stays for the file's life, so a key already derived fits as long as the salt is the same.
        if (_key.Length == 0 || _envelope is null || !_envelope.Salt.AsSpan().SequenceEqual(envelope.Salt))
        {
            _key = envelope.UsesPassphrase
                ? envelope.DeriveKey(_passphrase() ?? throw Unreadable("is protected by a passphrase", "Set COLOPHON_PASSPHRASE, or keep it for a while: `colophon key unlock`."))
                : ReadKeyFile() ?? throw Unreadable($"cannot be opened without its key file '{KeyPath}'", "Restore the key file, or delete both and set your keys again.");
        }

        _secrets = envelope.Open(_key) ?? throw Unreadable("does not fit the key, or was changed", envelope.UsesPassphrase ? "Check the passphrase." : "Restore the file and its key from the same copy.");
        _envelope = envelope;
    }

    private byte[] ReadOrMakeKeyFile()
    {
        if (ReadKeyFile() is { } standing)
            return standing;
        AtomicFile.TryCreate(KeyPath, RandomNumberGenerator.GetBytes(32), OwnerOnly);
        return ReadKeyFile() ?? throw Unreadable($"cannot be opened without its key file '{KeyPath}'", null);
    }

    private byte[]? ReadKeyFile() =>
        ReadPrivate(KeyPath) switch
        {
            null => null,
            { Length: 32 } key => key,
            _ => throw Unreadable($"has a damaged key file '{KeyPath}'", "Restore the key file, or delete both and set your keys again."),
        };

    private static byte[]? ReadPrivate(string path)
    {
        try
        {
            if (!File.Exists(path))
                return null;
            if ((File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            {
                throw new SecurityException(
                    SecurityError.SecretsExposed,
                    $"'{path}' may be read or changed by other users of this machine.",
                    $"Run `chmod 600 {path}`; if others may have read it, replace the keys at their providers.");
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SecurityException(SecurityError.SecretsUnreadable, $"Cannot read '{path}': {e.Message}", "Check that the file is yours.", e);
        }
    }

    private SecurityException Unreadable(string why, string? hint) => new(SecurityError.SecretsUnreadable, $"The secret store '{FilePath}' {why}.", hint);
}
