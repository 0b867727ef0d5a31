namespace Colophon.Models.Catalog;

/// <summary>
/// What a client says about the model it talks to; ask any client of a pipeline by <c>GetService(typeof(ModelProfile))</c>. Unknown
/// limits and prices are null, never a guess.
/// </summary>
public sealed record ModelProfile
{
    /// <summary>The provider's name in the registry.</summary>
    public required string Provider { get; init; }

    /// <summary>The model's name at the provider.</summary>
    public required string Model { get; init; }

    /// <summary>Scheme, host, port and path that requests go to.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The limit on a reply's tokens that is sent when a call sets none; null: the provider's own.</summary>
    public int? DefaultMaxOutputTokens { get; init; }

    /// <summary>The size of the context in tokens; null where unknown.</summary>
    public int? MaxInputTokens { get; init; }

    /// <summary>The most tokens a reply can have; null where unknown.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>The prices; null where unknown.</summary>
    public ModelPrices? Prices { get; init; }

    /// <summary>The name as the user writes it.</summary>
    public string Name => $"{Provider}/{Model}";
}
