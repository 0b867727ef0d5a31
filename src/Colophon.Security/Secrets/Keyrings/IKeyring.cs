namespace Colophon.Security.Secrets.Keyrings;

/// <summary>
/// A place that the system keeps for its user's secrets and that may hold the passphrase of Colophon's key file. Only a passphrase is ever handed to one: the signing key itself stays encrypted in its file.
/// </summary>
public interface IKeyring
{
    /// <summary>What the configuration and the command line call it.</summary>
    string Name { get; }

    /// <summary>What a sentence calls it.</summary>
    string Title { get; }

    /// <summary>The passphrase that is kept for a configuration folder, or null where there is none or no such ring here.</summary>
    /// <param name="configurationDirectory"><c>$XDG_CONFIG_HOME/colophon</c>, whose files it opens.</param>
    /// <exception cref="Errors.SecurityException"><see cref="Errors.SecurityError.KeyringLocked"/>, or <see cref="Errors.SecurityError.KeyringUnavailable"/>: it is here and fails.</exception>
    string? Find(string configurationDirectory);

    /// <summary>Keeps a passphrase; one that is kept already is replaced.</summary>
    /// <param name="configurationDirectory">The folder it belongs to.</param>
    /// <param name="passphrase">The passphrase.</param>
    /// <param name="time">For how long, in whole seconds; null until it is forgotten.</param>
    /// <exception cref="Errors.SecurityException"><see cref="Errors.SecurityError.KeyringUnavailable"/> or <see cref="Errors.SecurityError.KeyringLocked"/>.</exception>
    void Keep(string configurationDirectory, string passphrase, TimeSpan? time);

    /// <summary>Forgets a passphrase; false where none was kept.</summary>
    /// <exception cref="Errors.SecurityException">The ring does not let go of it.</exception>
    bool Forget(string configurationDirectory);

    /// <summary>How the ring stands; asks nobody for anything and never throws.</summary>
    KeyringState Look();
}

/// <summary>How a key ring stands.</summary>
/// <param name="Here">Whether it can be used.</param>
/// <param name="Message">What was found, in a few words.</param>
public readonly record struct KeyringState(bool Here, string Message);
