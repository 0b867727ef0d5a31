namespace Colophon.Models.Wires.OpenAiChat;

/// <summary>Settings of the OpenAI Chat Completions wire, which most other providers and local servers speak too.</summary>
public sealed record OpenAiChatOptions : WireOptions
{
    /// <summary>The public address of OpenAI.</summary>
    public static Uri DefaultBaseUrl { get; } = new("https://api.openai.com/v1");

    /// <summary>Where this provider's dialect differs.</summary>
    public OpenAiQuirks Quirks { get; init; } = new();
}
