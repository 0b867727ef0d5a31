using Colophon.Security.Sandbox.Confine;

namespace Colophon.Security.Sandbox.Reach;

/// <summary>What every program needs to run at all.</summary>
internal static class SystemPaths
{
    private static readonly string[] s_folders =
    [
        "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/proc", "/sys", "/nix/store", "/snap",
        "/etc/resolv.conf", "/etc/localtime",
    ];

    private static readonly string[] s_devices = ["/dev/null", "/dev/zero", "/dev/full"];
    private static readonly string[] s_sources = ["/dev/random", "/dev/urandom"];

    /// <summary>Names below <c>/etc</c> that only root may read, and a command of root's has no need to.</summary>
    private static readonly HashSet<string> s_secretsOfTheMachine = new(StringComparer.Ordinal)
    {
        "shadow", "shadow-", "gshadow", "gshadow-", "sudoers", "sudoers.d", "ssh", "krb5.keytab", "NetworkManager", "wireguard", "openvpn",
        "kubernetes", "rancher", "docker", "security", "ipsec.secrets", "ipsec.d", "letsencrypt", "ssl",
    };

    /// <summary>The paths and what may be done there.</summary>
    internal static IEnumerable<(string Path, LandlockRights Rights)> All(bool isAdministrator)
    {
        foreach (var folder in s_folders)
            yield return (folder, LandlockRights.Read);
        foreach (var device in s_devices)
            yield return (device, LandlockRights.Device);
        foreach (var source in s_sources)
            yield return (source, LandlockRights.ReadFile | LandlockRights.DeviceControl);
        yield return ("/dev", LandlockRights.ReadDirectory);
        foreach (var entry in Settings(isAdministrator))
            yield return (entry, LandlockRights.Read);
    }

    /// <summary><c>/etc</c>; entry by entry for root, whom file modes do not stop from reading the machine's secrets.</summary>
    private static IEnumerable<string> Settings(bool isAdministrator)
    {
        if (!isAdministrator || !Directory.Exists("/etc"))
            return ["/etc"];
        var entries = Directory.EnumerateFileSystemEntries("/etc").Where(static entry => !s_secretsOfTheMachine.Contains(Path.GetFileName(entry)));
        return [.. entries, "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/security/limits.conf"];
    }
}
