namespace Colophon.Models.Wires.Anthropic;

/// <summary>Settings of the Anthropic Messages wire.</summary>
public sealed record AnthropicOptions : WireOptions
{
    /// <summary>The public address of Anthropic.</summary>
    public static Uri DefaultBaseUrl { get; } = new("https://api.anthropic.com");

    /// <summary>The version of the protocol, sent as <c>anthropic-version</c>.</summary>
    public string Version { get; init; } = "2023-06-01";

    /// <summary>The <c>max_tokens</c> sent where a call sets none; the protocol demands one. Default 8192, at least 1.</summary>
    public int MaxOutputTokens { get; init; } = 8192;

    /// <summary>Whether the stable prefix is marked for the provider's prompt cache. Default true.</summary>
    public bool PromptCaching { get; init; } = true;

    /// <summary>Tokens the model may think before it answers (at least 1024, below the limit of output); null: no extended thinking.</summary>
    public int? ThinkingTokens { get; init; }
}
