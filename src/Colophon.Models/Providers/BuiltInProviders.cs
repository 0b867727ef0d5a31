using Colophon.Models.Catalog;
using Colophon.Models.Wires.OpenAiChat;

namespace Colophon.Models.Providers;

/// <summary>The providers that need no configuration but a key.</summary>
internal static class BuiltInProviders
{
    public static IReadOnlyList<ProviderOptions> All { get; } =
    [
        new()
        {
            Name = "anthropic", Kind = ProviderKind.Anthropic, BaseUrl = new("https://api.anthropic.com"),
            KeyVariable = "ANTHROPIC_API_KEY", ExampleModel = "claude-sonnet-4-6",
        },
        new()
        {
            Name = "openai", BaseUrl = new("https://api.openai.com/v1"), KeyVariable = "OPENAI_API_KEY", ExampleModel = "gpt-5.2",
            Quirks = new() { MaxTokensMember = "max_completion_tokens", ReasoningEffort = true },
        },
        Local("ollama", "http://localhost:11434/v1", "OLLAMA_API_KEY", "qwen2.5-coder", new() { ReasoningEffort = true }),
        Remote("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", "anthropic/claude-sonnet-4.6", new() { TopK = true }),
        Remote("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY", "openai/gpt-oss-120b", new() { ReasoningEffort = true }),
        Remote("mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY", "devstral-medium-latest", new() { SeedMember = "random_seed", AskForUsage = false }),
        Remote("deepseek", "https://api.deepseek.com", "DEEPSEEK_API_KEY", "deepseek-chat", new() { SeedMember = null }),
        Remote("together", "https://api.together.xyz/v1", "TOGETHER_API_KEY", "Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8", new() { TopK = true }),
        Local("vllm", "http://localhost:8000/v1", "VLLM_API_KEY", "Qwen/Qwen2.5-Coder-7B-Instruct", new() { TopK = true }),
        new() { Name = ModelName.Replay, Kind = ProviderKind.Replay, NeedsKey = false, ExampleModel = "session.cassette" },
    ];

    private static ProviderOptions Remote(string name, string url, string variable, string example, OpenAiQuirks quirks) =>
        new() { Name = name, BaseUrl = new(url), KeyVariable = variable, ExampleModel = example, Quirks = quirks };

    /// <summary>A server on one's own machine takes no key, unless one is set, and no money.</summary>
    private static ProviderOptions Local(string name, string url, string variable, string example, OpenAiQuirks quirks) => Remote(name, url, variable, example, quirks) with
    {
        NeedsKey = false,
        Prices = new Dictionary<string, ModelPrices>(StringComparer.Ordinal) { ["*"] = ModelPrices.Free },
    };
}
