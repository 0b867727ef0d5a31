using System.Globalization;

namespace Colophon.Models.Catalog;

/// <summary>
/// Limits and prices of well-known models. The figures are those of the model list of sigoden/aichat at commit 82976d3 (MIT or
/// Apache-2.0), reduced to the providers built in here; figures that list gives for a free tier or as its own choice are left out. They age:
/// a provider's settings override them, and a model that is not listed has no price rather than a guessed one.
/// </summary>
internal static class KnownModels
{
    // provider|model|context|output|dollars a million prompt tokens|dollars a million reply tokens. Text, so that start-up pays nothing for it.
    private const string Table = """
        openai|gpt-5.2|400000|128000|1.75|14
        openai|gpt-5|400000|128000|1.25|10
        openai|gpt-5-mini|400000|128000|0.25|2
        openai|gpt-5-nano|400000|128000|0.05|0.4
        openai|gpt-4.1|1047576|32768|2|8
        openai|gpt-4o|128000|16384|2.5|10
        openai|gpt-4-turbo|128000|4096|10|30
        openai|gpt-3.5-turbo|16385|4096|0.5|1.5
        anthropic|claude-opus-4-6|200000||5|25
        anthropic|claude-sonnet-4-6|200000||3|15
        anthropic|claude-opus-4-5-20251101|200000||5|25
        anthropic|claude-sonnet-4-5-20250929|200000||3|15
        anthropic|claude-haiku-4-5-20251001|200000||1|5
        mistral|mistral-large-latest|||0.5|1.5
        mistral|mistral-medium-latest|131072||0.4|2
        mistral|mistral-small-latest|32768||0.1|0.3
        mistral|magistral-medium-latest|131072||2|5
        mistral|magistral-small-latest|131072||0.5|1.5
        mistral|devstral-medium-latest|262144||0.4|2
        mistral|devstral-small-latest|262144||0.1|0.3
        mistral|codestral-latest|262144||0.3|0.9
        mistral|ministral-14b-latest|262144||0.2|0.2
        groq|openai/gpt-oss-120b|131072|||
        groq|openai/gpt-oss-20b|131072|||
        groq|meta-llama/llama-4-maverick-17b-128e-instruct|131072|||
        groq|meta-llama/llama-4-scout-17b-16e-instruct|131072|||
        groq|llama-3.3-70b-versatile|131072|||
        groq|moonshotai/kimi-k2-instruct-0905|262144|||
        groq|qwen/qwen3-32b|131072|||
        groq|groq/compound|131072|||
        groq|groq/compound-mini|131072|||
        deepseek|deepseek-chat|64000|8192|0.56|1.68
        deepseek|deepseek-reasoner|64000|32768|0.56|1.68
        openrouter|openai/gpt-5.2|400000|128000|1.75|14
        openrouter|openai/gpt-5|400000|128000|1.25|10
        openrouter|openai/gpt-5-mini|400000|128000|0.25|2
        openrouter|openai/gpt-5-nano|400000|128000|0.05|0.4
        openrouter|openai/gpt-4.1|1047576|32768|2|8
        openrouter|openai/gpt-4o|128000||2.5|10
        openrouter|openai/gpt-oss-120b|131072||0.09|0.45
        openrouter|openai/gpt-oss-20b|131072||0.04|0.16
        openrouter|google/gemini-2.5-flash|1048576||0.3|2.5
        openrouter|google/gemini-2.5-pro|1048576||1.25|10
        openrouter|google/gemini-2.5-flash-lite|1048576||0.3|0.4
        openrouter|google/gemini-2.0-flash-001|1000000||0.15|0.6
        openrouter|google/gemini-2.0-flash-lite-001|1048576||0.075|0.3
        openrouter|google/gemma-3-27b-it|131072||0.1|0.2
        openrouter|anthropic/claude-opus-4.6|200000||5|25
        openrouter|anthropic/claude-sonnet-4.6|200000||3|15
        openrouter|anthropic/claude-opus-4.5|200000||5|25
        openrouter|anthropic/claude-sonnet-4.5|200000||3|15
        openrouter|anthropic/claude-haiku-4.5|200000||1|5
        openrouter|meta-llama/llama-4-maverick|1048576||0.18|0.6
        openrouter|meta-llama/llama-4-scout|327680||0.08|0.3
        openrouter|meta-llama/llama-3.3-70b-instruct|131072||0.12|0.3
        openrouter|mistralai/mistral-large-2512|262144||0.5|1.5
        openrouter|mistralai/mistral-medium-3.1|131072||0.4|2
        openrouter|mistralai/mistral-small-3.2-24b-instruct|131072||0.1|0.3
        openrouter|mistralai/devstral-2512|262144||0.5|0.22
        openrouter|mistralai/devstral-small|131072||0.07|0.28
        openrouter|mistralai/codestral-2508|256000||0.3|0.9
        openrouter|mistralai/ministral-14b-2512|262144||0.2|0.2
        openrouter|ai21/jamba-large-1.7|256000||2|8
        openrouter|cohere/command-a|256000||2.5|10
        openrouter|cohere/command-r7b-12-2024|128000|4096|0.0375|0.15
        openrouter|deepseek/deepseek-v3.2|163840||0.25|0.38
        openrouter|qwen/qwen3-max|262144||1.2|6
        openrouter|qwen/qwen3-max-thinking|262144||1.2|6
        openrouter|qwen/qwen3.5-plus-02-15|1000000||0.4|2.4
        openrouter|qwen/qwen3.5-397b-a17b|262144||0.15|1
        openrouter|qwen/qwen3-next-80b-a3b-instruct|262144||0.1|0.8
        openrouter|qwen/qwen3-next-80b-a3b-thinking|262144||0.1|0.8
        openrouter|qwen/qwen3-235b-a22b-2507|262144||0.12|0.59
        openrouter|qwen/qwen3-235b-a22b-thinking-2507|262144||0.118|0.118
        openrouter|qwen/qwen3-30b-a3b-instruct-2507|131072||0.2|0.8
        openrouter|qwen/qwen3-30b-a3b-thinking-2507|262144||0.071|0.285
        openrouter|qwen/qwen3-vl-32b-instruct|262144||0.35|1.1
        openrouter|qwen/qwen3-vl-8b-instruct|262144||0.08|0.50
        openrouter|qwen/qwen3-coder-next|262144||0.12|0.75
        openrouter|qwen/qwen3-coder-plus|128000||1|5
        openrouter|qwen/qwen3-coder-flash|128000||0.3|1.5
        openrouter|qwen/qwen3-coder|262144||0.22|0.95
        openrouter|qwen/qwen3-coder-30b-a3b-instruct|262144||0.052|0.207
        openrouter|moonshotai/kimi-k2.5|262144||0.57|2.85
        openrouter|moonshotai/kimi-k2-0905|262144||0.296|1.185
        openrouter|moonshotai/kimi-k2-thinking|262144||0.45|2.35
        openrouter|x-ai/grok-4.1-fast|2000000||0.2|0.5
        openrouter|x-ai/grok-code-fast-1|256000||0.2|1.5
        openrouter|amazon/nova-premier-v1|1000000||2.5|12.5
        openrouter|amazon/nova-pro-v1|300000|5120|0.8|3.2
        openrouter|amazon/nova-lite-v1|300000|5120|0.06|0.24
        openrouter|amazon/nova-micro-v1|128000|5120|0.035|0.14
        openrouter|perplexity/sonar-pro|200000||3|15
        openrouter|perplexity/sonar|127072||1|1
        openrouter|perplexity/sonar-reasoning-pro|128000||2|8
        openrouter|perplexity/sonar-deep-research|200000||2|8
        openrouter|minimax/minimax-m2.5|196608||0.3|1.1
        openrouter|minimax/minimax-m2.1|196608||0.12|0.48
        openrouter|z-ai/glm-5|204800||0.95|2.55
        openrouter|z-ai/glm-4.7|202752||0.16|0.80
        openrouter|z-ai/glm-4.7-flash|202752||0.07|0.40
        openrouter|z-ai/glm-4.6v|131072||0.3|0.9
        """;

    /// <summary>What is known of a model: by its name, or by the name without the date that a snapshot's name ends with.</summary>
    public static KnownModel? Find(string provider, string model)
    {
        foreach (var line in Table.AsSpan().EnumerateLines())
        {
            var rest = line;
            if (!Next(ref rest).SequenceEqual(provider))
                continue;
            var name = Next(ref rest);
            if (!name.SequenceEqual(model) && !IsSnapshot(name, model) && !IsSnapshot(model, name))
                continue;
            return new KnownModel
            {
                Provider = provider,
                Model = model,
                MaxInputTokens = Number(Next(ref rest)),
                MaxOutputTokens = Number(Next(ref rest)),
                Prices = Prices(provider, Next(ref rest), Next(ref rest)),
            };
        }

        return null;
    }

    private static ModelPrices? Prices(string provider, ReadOnlySpan<char> input, ReadOnlySpan<char> output)
    {
        if (Micros(input) is not { } inputPrice || Micros(output) is not { } outputPrice)
            return null;
        // Anthropic's price list: cache reads cost a tenth, five-minute cache writes a quarter more than plain input, for every model.
        return provider == "anthropic"
            ? new ModelPrices { Input = inputPrice, Output = outputPrice, CacheRead = inputPrice / 10, CacheWrite = inputPrice * 5 / 4 }
            : new ModelPrices { Input = inputPrice, Output = outputPrice };
    }

    /// <summary>Whether <paramref name="dated"/> is <paramref name="plain"/> with <c>-20250929</c> behind it.</summary>
    private static bool IsSnapshot(ReadOnlySpan<char> dated, ReadOnlySpan<char> plain)
    {
        const int dateLength = 8;
        return dated.Length == plain.Length + 1 + dateLength
            && dated.StartsWith(plain, StringComparison.Ordinal)
            && dated[plain.Length] == '-'
            && !dated[(plain.Length + 1)..].ContainsAnyExceptInRange('0', '9');
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest)
    {
        var bar = rest.IndexOf('|');
        var field = bar < 0 ? rest : rest[..bar];
        rest = bar < 0 ? [] : rest[(bar + 1)..];
        return field;
    }

    private static int? Number(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static long? Micros(ReadOnlySpan<char> dollars) =>
        decimal.TryParse(dollars, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? (long)(value * 1_000_000m) : null;
}
