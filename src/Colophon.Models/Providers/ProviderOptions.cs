using Colophon.Models.Catalog;
using Colophon.Models.Wires.OpenAiChat;

namespace Colophon.Models.Providers;

/// <summary>A provider as data. A record with the name of a built-in one replaces it.</summary>
public sealed record ProviderOptions
{
    /// <summary>The name before the slash of a model's name, in lower case.</summary>
    public required string Name { get; init; }

    /// <summary>The wire. Default <see cref="ProviderKind.OpenAiChat"/>.</summary>
    public ProviderKind Kind { get; init; }

    /// <summary>The root of its interface; null only for <see cref="ProviderKind.Replay"/>.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>The environment variable that holds the key; null where there is none.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>The key's name in the secret store; null: the provider's name.</summary>
    public string? SecretName { get; init; }

    /// <summary>Whether a call without a key is pointless. Default true; false for servers on one's own machine.</summary>
    public bool NeedsKey { get; init; } = true;

    /// <summary>Headers added to every request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>How its dialect of Chat Completions differs.</summary>
    public OpenAiQuirks Quirks { get; init; } = new();

    /// <summary>Prices by model; those of the catalog hold for models not named. The model <c>*</c> stands for every other.</summary>
    public IReadOnlyDictionary<string, ModelPrices> Prices { get; init; } = new Dictionary<string, ModelPrices>(StringComparer.Ordinal);

    /// <summary>The <c>max_tokens</c> where a call sets none (Anthropic's wire demands one); null: the wire's default.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Tokens of extended thinking (Anthropic); null: none.</summary>
    public int? ThinkingTokens { get; init; }

    /// <summary>How long it may take to begin an answer; null: the wire's default.</summary>
    public TimeSpan? ResponseTimeout { get; init; }

    /// <summary>How long a stream may stay silent; null: the wire's default.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>A model of this provider, for hints.</summary>
    public string ExampleModel { get; init; } = "model";
}
