using Colophon.Security.Errors;

namespace Colophon.Security.Secrets;

/// <summary>The user's provider keys, encrypted at rest.</summary>
public sealed class SecretStore
{
    private SecretStore()
    {
    }

    /// <summary>Opens the store in a folder, with the key file that lies beside it (created on first use).</summary>
    /// <param name="folder">Usually <c>$XDG_CONFIG_HOME/colophon</c>.</param>
    /// <param name="passphrase">A passphrase to derive the key from, or null for the key file.</param>
    /// <exception cref="SecurityException"><see cref="SecurityError.SecretsUnreadable"/> or <see cref="SecurityError.SecretsExposed"/>.</exception>
    public static SecretStore Open(string folder, string? passphrase) => throw new NotSupportedException(folder + passphrase?.Length);

    /// <summary>The names of the secrets, sorted; never their values.</summary>
    public IReadOnlyList<string> Names { get; } = [];

    /// <summary>The value, or null where there is none.</summary>
    public string? Find(string name) => throw new NotSupportedException(name);

    /// <summary>Adds or replaces a secret.</summary>
    public void Set(string name, string value) => throw new NotSupportedException(name + value.Length);

    /// <summary>Deletes a secret; false where there was none.</summary>
    public bool Delete(string name) => throw new NotSupportedException(name);
}
