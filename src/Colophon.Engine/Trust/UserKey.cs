using Colophon.Engine.Composition;
using Colophon.Engine.Trust;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance;
using Colophon.Provenance.Keys;
using Colophon.Security.Errors;
using Colophon.Security.Secrets.Keyrings;

namespace Colophon.Engine;

/// <summary>The key that signs for this user, in every project.</summary>
public sealed class UserKey
{
    private static readonly TimeSpan s_default = TimeSpan.FromHours(8);

    private readonly EngineParts _parts;

    private UserKey(EngineParts parts) => _parts = parts;

    /// <summary>The key of the user whose environment this is.</summary>
    /// <param name="directory">Where the user is, absolute; a private key inside that project is refused.</param>
    /// <param name="overrides">What the caller sets for this run.</param>
    /// <param name="cancellationToken">Cancels asking git.</param>
    /// <exception cref="KernelException">The configuration is wrong.</exception>
    public static async Task<UserKey> OfAsync(string directory, EngineOverrides overrides, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        var repository = await GitRepository.TryDiscoverAsync(directory, cancellationToken).ConfigureAwait(false);
        return new UserKey(new EngineParts(new EngineFolders(Path.GetFullPath(directory), repository), EngineEnvironment.Of(overrides.Environment), overrides));
    }

    /// <summary>Which key signs.</summary>
    /// <exception cref="ColophonException">It cannot be opened.</exception>
    public UserKeyReport Show()
    {
        using var key = _parts.Key();
        return UserKeyReport.Of(_parts.KeyChoice.ToString(), key, Protection(_parts.KeyChoice));
    }

    /// <summary>Lets another key sign from now on, by the user's own settings. Whether a project trusts it is the project's to say.</summary>
    /// <param name="choice"><c>file</c>, <c>ssh:&lt;path&gt;</c>, <c>agent</c> or <c>agent:&lt;fingerprint or comment&gt;</c>; an agent's key is kept by its fingerprint.</param>
    /// <exception cref="ColophonException">It cannot be opened, and nothing was changed; or the settings cannot be written.</exception>
    public UserKeyReport Use(string choice)
    {
        using var key = KeyChoices.Open(_parts, KeyChoices.Parse(choice, null), out var kept, out _);
        KeyChoices.Keep(_parts, kept);
        return UserKeyReport.Of(kept.ToString(), key, Protection(kept));
    }

    /// <summary>Makes sure that there is a passphrase to keep, before anybody is asked for it.</summary>
    /// <exception cref="ColophonException">The key is in no file that a passphrase protects.</exception>
    public void DemandPassphrase()
    {
        var path = SigningKey.DefaultPath(_parts.Environment.ConfigurationDirectory);
        if (_parts.KeyChoice.Kind == SigningKeyKind.File && !File.Exists(path))
            throw new ProvenanceException(ProvenanceError.KeyMissing, $"There is no signing key at '{path}'.", "Run `colophon init` to make one.");
        if (_parts.KeyChoice.Kind != SigningKeyKind.File || !SigningKey.NeedsPassphrase(path))
            throw new ProvenanceException(ProvenanceError.KeyUnreadable, $"Your signing key ({_parts.KeyChoice}) has no passphrase that Colophon could keep.", "It signs without one, or your ssh-agent keeps it.");
    }

    /// <summary>Keeps the key file's passphrase in a key ring; it is tried first.</summary>
    /// <param name="passphrase">The passphrase.</param>
    /// <param name="keyring">The ring: <c>kernel</c>, <c>secret-service</c> or <c>keychain</c>; null takes the first of the user's that is here.</param>
    /// <param name="time">For how long; null takes eight hours where the ring keeps for a time, and the others keep until <see cref="Lock"/>.</param>
    /// <returns>The ring that keeps it, and for how long.</returns>
    /// <exception cref="ColophonException">The key is in no file that a passphrase protects, it is another one, or there is no such key ring here.</exception>
    public UnlockReport Unlock(string passphrase, string? keyring = null, TimeSpan? time = null)
    {
        DemandPassphrase();
        var path = SigningKey.DefaultPath(_parts.Environment.ConfigurationDirectory);
        SigningKey.Load(path, passphrase).Dispose();
        var ring = _parts.Passphrase.Choose(keyring);
        var kept = ring.Name == Keyring.Kernel ? time ?? s_default : time;
        ring.Keep(_parts.Environment.ConfigurationDirectory, passphrase, kept);
        return new UnlockReport(ring.Name, ring.Title, kept);
    }

    /// <summary>Has every key ring of the user's forget the passphrase.</summary>
    /// <returns>The names of those that kept one.</returns>
    /// <exception cref="ColophonException">A ring does not let go of it; the others did.</exception>
    public IReadOnlyList<string> Lock()
    {
        var forgot = new List<string>();
        ColophonException? failure = null;
        foreach (var ring in _parts.Passphrase.Keyrings)
        {
            try
            {
                if (ring.Forget(_parts.Environment.ConfigurationDirectory))
                    forgot.Add(ring.Name);
            }
            catch (SecurityException e)
            {
                failure ??= e;
            }
        }

        return failure is null ? forgot : throw failure;
    }

    private KeyProtection Protection(SigningKeyChoice choice) => choice.Kind != SigningKeyKind.File ? new KeyProtection(KeyProtectionKind.Elsewhere, null)
        : SigningKey.NeedsPassphrase(SigningKey.DefaultPath(_parts.Environment.ConfigurationDirectory)) ? new KeyProtection(KeyProtectionKind.Passphrase, _parts.Passphrase.Origin)
        : new KeyProtection(KeyProtectionKind.KeyFile, null);
}

/// <summary>What protects a signing key where it lies.</summary>
public enum KeyProtectionKind
{
    /// <summary>A passphrase.</summary>
    Passphrase,

    /// <summary>A random key in a file beside it.</summary>
    KeyFile,

    /// <summary>Whatever its own place gives it: an ssh-agent's, or a file's mode.</summary>
    Elsewhere,
}

/// <summary>What protects a signing key where it lies.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Store">Where the passphrase was found: <c>COLOPHON_PASSPHRASE</c>, <c>COLOPHON_PASSPHRASE_FILE</c>, <c>kernel</c>, <c>secret-service</c> or <c>keychain</c>; null where there is none.</param>
public sealed record KeyProtection(KeyProtectionKind Kind, string? Store);

/// <summary>Where a passphrase is kept from now on.</summary>
/// <param name="Keyring">The ring's name.</param>
/// <param name="Title">What a sentence calls it.</param>
/// <param name="Time">For how long; null until it is forgotten.</param>
public sealed record UnlockReport(string Keyring, string Title, TimeSpan? Time);

/// <summary>A user's signing key.</summary>
public sealed record UserKeyReport
{
    /// <summary>Where it lies: <c>file</c>, <c>ssh:&lt;path&gt;</c> or <c>agent:&lt;fingerprint&gt;</c>.</summary>
    public required string Choice { get; init; }

    /// <summary>The id by which entries and trust files name it.</summary>
    public required string KeyId { get; init; }

    /// <summary>The public half as Base64: what a root adds.</summary>
    public required string Public { get; init; }

    /// <summary>The fingerprint as <c>ssh-keygen -l</c> prints it.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What protects it.</summary>
    public required KeyProtection Protection { get; init; }

    internal static UserKeyReport Of(string choice, SigningKey key, KeyProtection protection) => new()
    {
        Protection = protection,
        Choice = choice,
        KeyId = key.KeyId,
        Public = PublicKeyText.Of(key.Public),
        Fingerprint = PublicKeyText.Fingerprint(key.Public),
    };
}
