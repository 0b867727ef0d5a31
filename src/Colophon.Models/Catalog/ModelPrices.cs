namespace Colophon.Models.Catalog;

/// <summary>
/// What a model costs, in millionths of a US dollar for a million tokens (so 3 dollars a million is 3,000,000). Where no price of
/// cached tokens is given the plain input price is used, which is an upper bound.
/// </summary>
public sealed record ModelPrices
{
    /// <summary>A model that costs nothing: a local server, or a cassette.</summary>
    public static ModelPrices Free { get; } = new() { Input = 0, Output = 0 };

    /// <summary>Prompt tokens.</summary>
    public required long Input { get; init; }

    /// <summary>Reply tokens, reasoning included.</summary>
    public required long Output { get; init; }

    /// <summary>Prompt tokens read from the provider's cache; null: the input price.</summary>
    public long? CacheRead { get; init; }

    /// <summary>Prompt tokens written to the provider's cache; null: the input price.</summary>
    public long? CacheWrite { get; init; }

    /// <summary>The cost of one call in millionths of a dollar, rounded up.</summary>
    /// <param name="input">All prompt tokens, cached ones included.</param>
    /// <param name="output">Reply tokens.</param>
    /// <param name="cacheRead">Of the prompt, read from the cache.</param>
    /// <param name="cacheWrite">Of the prompt, written to the cache.</param>
    public long CostMicros(long input, long output, long cacheRead = 0, long cacheWrite = 0)
    {
        var plain = Math.Max(0, input - cacheRead - cacheWrite);
        var total = ((Int128)plain * Input) + ((Int128)cacheRead * (CacheRead ?? Input))
            + ((Int128)cacheWrite * (CacheWrite ?? Input)) + ((Int128)output * Output);
        return (long)((total + 999_999) / 1_000_000);
    }
}
