using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires.OpenAiChat;

/// <summary>Reads the usage member of a chunk.</summary>
internal static class OpenAiUsage
{
    /// <summary>Reads the value the reader stands on; null where it is not an object.</summary>
    public static UsageDetails? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        var usage = JsonElement.ParseValue(ref reader);
        return new UsageDetails
        {
            InputTokenCount = Count(usage, "prompt_tokens"),
            OutputTokenCount = Count(usage, "completion_tokens"),
            TotalTokenCount = Count(usage, "total_tokens"),
            // DeepSeek names the cached part itself.
            CachedInputTokenCount = Detail(usage, "prompt_tokens_details", "cached_tokens") ?? Count(usage, "prompt_cache_hit_tokens"),
            ReasoningTokenCount = Detail(usage, "completion_tokens_details", "reasoning_tokens"),
        };
    }

    private static long? Detail(JsonElement usage, string group, string name) =>
        usage.TryGetProperty(group, out var details) && details.ValueKind is JsonValueKind.Object ? Count(details, name) : null;

    private static long? Count(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var count) ? count : null;
}
