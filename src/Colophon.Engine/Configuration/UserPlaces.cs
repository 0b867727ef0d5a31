using Colophon.Kernel.Configuration;
using Colophon.Kernel.Errors;

namespace Colophon.Engine;

/// <summary>Where a user's own files lie: configuration, keys, secrets, pinned trust. Nothing of it is ever inside a project.</summary>
/// <param name="ConfigurationDirectory"><c>$XDG_CONFIG_HOME/colophon</c>, or <c>~/.config/colophon</c>.</param>
public sealed record UserPlaces(string ConfigurationDirectory)
{
    private const string SystemFile = "/etc/colophon/config.toml";

    /// <summary>The user's configuration file.</summary>
    public string ConfigurationFile => Path.Combine(ConfigurationDirectory, "config.toml");

    /// <summary>The places that an environment names, by the XDG base directory specification: a relative path counts as unset.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.ConfigurationInvalid"/>: neither <c>XDG_CONFIG_HOME</c> nor <c>HOME</c> is set.</exception>
    public static UserPlaces Of(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (environment.GetValueOrDefault("XDG_CONFIG_HOME") is { Length: > 0 } configuration && Path.IsPathRooted(configuration))
            return new UserPlaces(Path.Combine(configuration, "colophon"));
        if (environment.GetValueOrDefault("HOME") is { Length: > 0 } home && Path.IsPathRooted(home))
            return new UserPlaces(Path.Combine(home, ".config", "colophon"));
        throw new KernelException(KernelError.ConfigurationInvalid, "There is no place for your configuration and keys: neither HOME nor XDG_CONFIG_HOME is set.", "Set one of them, as in XDG_CONFIG_HOME=/tmp/config.");
    }

    /// <summary>Where the layers of a project's configuration are to be found.</summary>
    /// <param name="projectRoot">The top of the project, or null outside of one.</param>
    /// <param name="environment">The environment variables.</param>
    /// <param name="settings">Keys set by the caller, such as <c>limits.turns</c>.</param>
    public ConfigurationSources Sources(string? projectRoot, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> settings) => new()
    {
        SystemFile = SystemFile,
        UserFile = ConfigurationFile,
        ProjectFile = projectRoot is null ? null : Path.Combine(projectRoot, ".colophon", "config.toml"),
        Environment = environment,
        CommandLine = [.. settings.Select(static setting => (setting.Key, setting.Value, setting.Key))],
    };
}
