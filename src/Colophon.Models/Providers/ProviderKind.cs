namespace Colophon.Models.Providers;

/// <summary>The wire a provider speaks.</summary>
public enum ProviderKind
{
    /// <summary>OpenAI Chat Completions, which most providers and local servers speak.</summary>
    OpenAiChat,

    /// <summary>Anthropic Messages.</summary>
    Anthropic,

    /// <summary>A cassette; its model is the path, and its header says which wire it holds.</summary>
    Replay,
}
