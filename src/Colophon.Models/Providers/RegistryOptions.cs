using Colophon.Models.Cassettes;

namespace Colophon.Models.Providers;

/// <summary>What a registry works with.</summary>
public sealed record RegistryOptions
{
    /// <summary>Providers beyond the built-in ones, or instead of them.</summary>
    public IReadOnlyList<ProviderOptions> Providers { get; init; } = [];

    /// <summary>Reads an environment variable. Default: the process's own.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Looks a key up in the secret store by name; asked where the environment has none. Default: no store.</summary>
    public Func<string, string?> Secrets { get; init; } = static _ => null;

    /// <summary>The handler all requests go through instead of the network's; it stays the caller's.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Where to record what the providers answer; null: nowhere. The file must not exist, unless <see cref="CassetteOptions.Append"/> is set.</summary>
    public string? RecordTo { get; init; }

    /// <summary>How cassettes are recorded and played.</summary>
    public CassetteOptions Cassette { get; init; } = new();

    /// <summary>The clock of time-outs and durations.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
