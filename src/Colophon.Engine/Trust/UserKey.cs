using Colophon.Engine.Composition;
using Colophon.Engine.Trust;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance;
using Colophon.Provenance.Keys;
using Colophon.Security.Secrets;

namespace Colophon.Engine;

/// <summary>The key that signs for this user, in every project.</summary>
public sealed class UserKey
{
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
        return UserKeyReport.Of(_parts.KeyChoice.ToString(), key);
    }

    /// <summary>Lets another key sign from now on, by the user's own settings. Whether a project trusts it is the project's to say.</summary>
    /// <param name="choice"><c>file</c>, <c>ssh:&lt;path&gt;</c>, <c>agent</c> or <c>agent:&lt;fingerprint or comment&gt;</c>; an agent's key is kept by its fingerprint.</param>
    /// <exception cref="ColophonException">It cannot be opened, and nothing was changed; or the settings cannot be written.</exception>
    public UserKeyReport Use(string choice)
    {
        using var key = KeyChoices.Open(_parts, KeyChoices.Parse(choice, "The key"), out var kept, out _);
        KeyChoices.Keep(_parts, kept);
        return UserKeyReport.Of(kept.ToString(), key);
    }

    /// <summary>Keeps the key file's passphrase in memory for a while; it is tried first.</summary>
    /// <exception cref="ColophonException">The key is in no file that a passphrase protects, it is another one, or there is no key ring here.</exception>
    public void Unlock(string passphrase, TimeSpan time)
    {
        var path = SigningKey.DefaultPath(_parts.Environment.ConfigurationDirectory);
        if (_parts.KeyChoice.Kind != SigningKeyKind.File || !IsProtected(path))
            throw new ProvenanceException(ProvenanceError.KeyUnreadable, $"Your signing key ({_parts.KeyChoice}) has no passphrase that Colophon could keep.", "It signs without one, or your ssh-agent keeps it.");
        SigningKey.Load(path, passphrase).Dispose();
        PassphraseCache.Keep(_parts.Environment.ConfigurationDirectory, passphrase, time);
    }

    /// <summary>Forgets the passphrase; false where none was kept.</summary>
    /// <exception cref="ColophonException">The kernel does not let go of it.</exception>
    public bool Lock() => PassphraseCache.Forget(_parts.Environment.ConfigurationDirectory);

    private static bool IsProtected(string path)
    {
        try
        {
            SigningKey.Load(path).Dispose();
            return false;
        }
        catch (ProvenanceException e) when (e.Error == ProvenanceError.PassphraseNeeded)
        {
            return true;
        }
    }
}

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

    internal static UserKeyReport Of(string choice, SigningKey key) => new()
    {
        Choice = choice,
        KeyId = key.KeyId,
        Public = PublicKeyText.Of(key.Public),
        Fingerprint = PublicKeyText.Fingerprint(key.Public),
    };
}
