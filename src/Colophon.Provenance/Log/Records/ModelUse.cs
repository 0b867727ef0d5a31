namespace Colophon.Provenance.Log;

/// <summary>Which model answered and what it took. All numbers are integers, so that every reader computes the same bytes.</summary>
public sealed record ModelUse
{
    /// <summary>The configured provider's name.</summary>
    public required string Provider { get; init; }

    /// <summary>The model asked for.</summary>
    public required string Requested { get; init; }

    /// <summary>The model the provider said it used, or null where it said nothing.</summary>
    public string? Reported { get; init; }

    /// <summary>The base address of the endpoint, without credentials or query.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The sampling temperature in thousandths, or null where it was left to the provider.</summary>
    public long? TemperatureMilli { get; init; }

    /// <summary>The limit on output tokens per call, or null.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Input tokens over all calls.</summary>
    public long TokensIn { get; init; }

    /// <summary>Output tokens over all calls.</summary>
    public long TokensOut { get; init; }

    /// <summary>Those of the input tokens that came from the provider's cache.</summary>
    public long TokensCached { get; init; }

    /// <summary>Cost in millionths of the price list's currency.</summary>
    public long CostMicros { get; init; }

    /// <summary>Streamed chunks received.</summary>
    public long Chunks { get; init; }

    /// <summary>The <c>provider/model</c> names that were tried before and failed.</summary>
    public IReadOnlyList<string> Fallbacks { get; init; } = [];
}
