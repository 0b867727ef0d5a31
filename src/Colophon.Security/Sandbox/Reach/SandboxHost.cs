using Colophon.Security.Sandbox.Confine;
using Colophon.Security.Sandbox.Native;

namespace Colophon.Security.Sandbox.Reach;

/// <summary>What the sandbox knows about the machine and the user it runs for.</summary>
/// <param name="Home">The user's home folder, or null where none is known.</param>
/// <param name="ConfigurationFolder">Colophon's own folder of keys and secrets.</param>
/// <param name="IsAdministrator">Whether the program runs as root.</param>
/// <param name="Variables">The environment to choose from.</param>
internal sealed record SandboxHost(string? Home, string? ConfigurationFolder, bool IsAdministrator, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>The real paths of the system and of the toolchains that are installed, and what may be done there.</summary>
    internal IReadOnlyList<(string Path, LandlockRights Rights)> FindPlaces() =>
    [
        .. SystemPaths.All(IsAdministrator)
            .Concat(ToolchainPaths.All(this).Select(static path => (Path: path, Rights: LandlockRights.Read)))
            .Where(static place => Path.Exists(place.Path))
            .Select(static place => (RealPath.Of(place.Path), place.Rights))
            .Distinct(),
    ];

    /// <summary>The directories of <c>PATH</c>, absolute ones only.</summary>
    internal IEnumerable<string> SearchPath =>
        (Variables.GetValueOrDefault("PATH") is { Length: > 0 } path ? path : "/usr/local/bin:/usr/bin:/bin")
        .Split(':').Where(Path.IsPathRooted).Select(static entry => entry.Length > 1 ? entry.TrimEnd('/') : entry).Distinct(StringComparer.Ordinal);

    /// <summary>The machine as this process sees it.</summary>
    internal static SandboxHost Current()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            if (entry is { Key: string name, Value: string value })
                variables[name] = value;
        }

        var home = variables.GetValueOrDefault("HOME") is { Length: > 0 } named && Path.IsPathRooted(named) ? RealPath.Of(named) : null;
        var configuration = variables.GetValueOrDefault("XDG_CONFIG_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg) ? xdg
            : home is null ? null : Path.Combine(home, ".config");
        return new(home, configuration is null ? null : RealPath.Of(Path.Combine(configuration, "colophon")), Posix.EffectiveUser() == 0, variables);
    }
}
