namespace Colophon.Engine;

/// <summary>What the caller sets for one run, above every configuration file and the environment.</summary>
public sealed record EngineOverrides
{
    /// <summary>The model to use, as <c>provider/model</c> or <c>replay:path</c>; null takes the configured one.</summary>
    public string? Model { get; init; }

    /// <summary>Record what the provider's wire sends into this cassette file; null records nothing.</summary>
    public string? Record { get; init; }

    /// <summary>Configuration keys set on the command line, such as <c>limits.turns</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The environment to read; null takes the process's own. Tests pass their own.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>The clock; the system's by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
