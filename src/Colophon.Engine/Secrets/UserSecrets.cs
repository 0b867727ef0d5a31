using Colophon.Engine.Composition;
using Colophon.Security.Secrets;

namespace Colophon.Engine;

/// <summary>The user's provider keys, encrypted in the user's own configuration folder. Values go in and never come out here.</summary>
public sealed class UserSecrets
{
    private readonly SecretStore _store;

    private UserSecrets(SecretStore store) => _store = store;

    /// <summary>The names, sorted.</summary>
    public IReadOnlyList<string> Names => _store.Names;

    /// <summary>Opens the store; one that does not exist yet is empty.</summary>
    /// <exception cref="Security.Errors.SecurityException">It cannot be opened: another passphrase, damage, or others may read it.</exception>
    public static UserSecrets Open(EngineOverrides overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        var environment = EngineEnvironment.Of(overrides.Environment);
        var passphrase = new PassphraseSource(environment, EngineParts.UserConfiguration(environment), overrides.Time);
        return new UserSecrets(SecretStore.Open(environment.ConfigurationDirectory, () => passphrase.Value, overrides.Time));
    }

    /// <summary>Adds or replaces a secret.</summary>
    /// <exception cref="Security.Errors.SecurityException">The name is not allowed.</exception>
    public Task SetAsync(string name, string value, CancellationToken cancellationToken = default) => _store.SetAsync(name, value, cancellationToken);

    /// <summary>Deletes a secret; false where there was none.</summary>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default) => _store.DeleteAsync(name, cancellationToken);
}
