namespace Colophon.Models.Catalog;

/// <summary>Limits and prices of a model, as far as they are known.</summary>
public sealed record KnownModel
{
    /// <summary>The provider's name in the registry.</summary>
    public required string Provider { get; init; }

    /// <summary>The model's name at the provider.</summary>
    public required string Model { get; init; }

    /// <summary>The size of the context in tokens; null where unknown.</summary>
    public int? MaxInputTokens { get; init; }

    /// <summary>The most tokens a reply can have; null where unknown.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>The prices; null where unknown.</summary>
    public ModelPrices? Prices { get; init; }
}
