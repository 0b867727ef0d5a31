using Colophon.Engine.Composition;
using Colophon.Kernel.Configuration;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Keys;

namespace Colophon.Engine.Trust;

/// <summary>Reads, opens and keeps the user's choice of a signing key.</summary>
internal static class KeyChoices
{
    internal const string Section = "signing";
    internal const string Setting = "signing.key";

    /// <summary>What a setting or an option says.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.ConfigurationInvalid"/>: it is none of the forms.</exception>
    internal static SigningKeyChoice Parse(string text, string? where) => SigningKeyChoice.TryParse(text, out var choice)
        ? choice
        : throw new KernelException(
            KernelError.ConfigurationInvalid,
            $"{(where is null ? "" : where + ": ")}'{text}' names no signing key.",
            text.Contains('/', StringComparison.Ordinal) || text.StartsWith("id_", StringComparison.Ordinal) ? $"A private key file of OpenSSH's is named so: ssh:{text}" : "Write file, ssh:<path of a private key>, agent, or agent:<fingerprint or comment>.");

    /// <summary>Opens a key and says how to name it from now on: a file by its full path, an agent's key by its fingerprint. Colophon's own file is made where it is missing.</summary>
    internal static SigningKey Open(EngineParts parts, SigningKeyChoice choice, out SigningKeyChoice kept, out string? created)
    {
        created = null;
        SigningKey key;
        var path = SigningKey.DefaultPath(parts.Environment.ConfigurationDirectory);
        if (choice.Kind == SigningKeyKind.File && !File.Exists(path))
        {
            key = SigningKey.Create(path, new SigningKeyOptions { Passphrase = parts.KeyAccess.Passphrase(), ProjectRoot = parts.KeyAccess.ProjectRoot });
            created = path;
        }
        else
        {
            key = SigningKey.Open(choice, parts.KeyAccess);
        }

        kept = choice.Kind switch
        {
            SigningKeyKind.Agent => choice with { Value = PublicKeyText.Fingerprint(key.Public) },
            SigningKeyKind.OpenSshFile => choice with { Value = choice.Path(parts.KeyAccess.Home) },
            _ => choice,
        };
        return key;
    }

    /// <summary>Writes the choice into the user's own settings; false where it stands there already.</summary>
    internal static bool Keep(EngineParts parts, SigningKeyChoice choice)
    {
        if (parts.KeyChoice == choice)
            return false;
        SettingsFile.Set(Path.Combine(parts.Environment.ConfigurationDirectory, "config.toml"), Section, "key", choice.ToString());
        return true;
    }
}
