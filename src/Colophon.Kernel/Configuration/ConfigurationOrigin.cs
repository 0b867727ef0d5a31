namespace Colophon.Kernel.Configuration;

/// <summary>The layers of the configuration; a later one wins.</summary>
public enum ConfigurationLayer
{
    /// <summary>What the program brings.</summary>
    BuiltIn,

    /// <summary>The machine's file (<c>/etc/colophon/config.toml</c>).</summary>
    System,

    /// <summary>The user's file (<c>$XDG_CONFIG_HOME/colophon/config.toml</c>).</summary>
    User,

    /// <summary>The project's file (<c>.colophon/config.toml</c>): committed, so trusted least.</summary>
    Project,

    /// <summary>A variable <c>COLOPHON__SECTION__KEY</c>.</summary>
    Environment,

    /// <summary>An option of this command.</summary>
    CommandLine,
}

/// <summary>Where a value came from.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Source">The file, variable or option; empty for a built-in value.</param>
/// <param name="Line">The line in the file; zero elsewhere.</param>
public sealed record ConfigurationOrigin(ConfigurationLayer Layer, string Source, int Line)
{
    /// <summary>The origin as people read it: <c>built-in</c>, <c>/home/me/.config/colophon/config.toml:3</c>, <c>COLOPHON__LIMITS__TURNS</c>.</summary>
    public override string ToString() => Layer switch
    {
        ConfigurationLayer.BuiltIn => "built-in",
        _ when Line > 0 => $"{Source}:{Line}",
        _ => Source,
    };
}

/// <summary>A value in force.</summary>
/// <param name="Name">The dotted key.</param>
/// <param name="Value">A <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="IReadOnlyList{T}"/> of strings, as the key's kind says.</param>
/// <param name="Origin">Where it came from.</param>
public sealed record ConfigurationValue(string Name, object Value, ConfigurationOrigin Origin);

/// <summary>Something wrong in the configuration.</summary>
/// <param name="Origin">Where.</param>
/// <param name="Message">What.</param>
/// <param name="Hint">What to do about it, or null.</param>
/// <param name="IsSyntax">Whether the file is not valid TOML, rather than its content wrong.</param>
public sealed record ConfigurationProblem(ConfigurationOrigin Origin, string Message, string? Hint, bool IsSyntax = false);

/// <summary>Where the layers are to be found.</summary>
public sealed record ConfigurationSources
{
    /// <summary>The machine's file; a missing file is an empty one.</summary>
    public string? SystemFile { get; init; }

    /// <summary>The user's file; a missing file is an empty one.</summary>
    public string? UserFile { get; init; }

    /// <summary>The project's file; a missing file is an empty one.</summary>
    public string? ProjectFile { get; init; }

    /// <summary>The environment; only names that begin with <c>COLOPHON__</c> are read.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Keys set by options, with the option's name: <c>("model.default", "ollama/qwen", "--model")</c>.</summary>
    public IReadOnlyList<(string Name, string Value, string Option)> CommandLine { get; init; } = [];
}
