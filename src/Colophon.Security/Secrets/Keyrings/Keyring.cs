using System.Security.Cryptography;
using System.Text;
using Colophon.Security.Secrets.Keyrings.Service;

namespace Colophon.Security.Secrets.Keyrings;

/// <summary>The key rings there are.</summary>
public static class Keyring
{
    /// <summary>The Linux kernel's, in memory (keyrings(7)).</summary>
    public const string Kernel = "kernel";

    /// <summary>The desktop's on Linux: freedesktop.org's Secret Service.</summary>
    public const string SecretService = "secret-service";

    /// <summary>The desktop's on macOS.</summary>
    public const string Keychain = "keychain";

    /// <summary>Their names, in the order in which they are asked where nobody chose another.</summary>
    public static IReadOnlyList<string> Names { get; } = [Kernel, SecretService, Keychain];

    /// <summary>Makes one; nothing is opened before it is asked.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="variables">The environment, which says where the session's bus is and whether there is a display to ask on.</param>
    /// <param name="time">The clock for waiting.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static IKeyring Of(string name, IReadOnlyDictionary<string, string> variables, TimeProvider time) => name switch
    {
        Kernel => new KernelKeyring(),
        SecretService => new SecretServiceKeyring(variables, time),
        Keychain => new KeychainKeyring(),
        _ => throw new ArgumentException($"There is no key ring '{name}'.", nameof(name)),
    };

    /// <summary>Folders of their own (tests, other accounts of one user) have passphrases of their own.</summary>
    internal static string FolderId(string configurationDirectory) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(Path.GetFullPath(configurationDirectory)))))[..32];
}
