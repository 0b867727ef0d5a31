using System.Text.Json;
using Colophon.Models.Errors;
using Colophon.Models.Facts;

namespace Colophon.Agent.Conversations;

/// <summary>The facts of a call inside a record; whoever signs an entry after a restart needs all of them.</summary>
internal static class FactsJson
{
    internal static void Write(Utf8JsonWriter writer, CallFacts facts)
    {
        writer.WriteStartObject();
        writer.WriteString("provider", facts.Provider);
        writer.WriteString("requested", facts.RequestedModel);
        Write(writer, "reported", facts.ReportedModel);
        writer.WriteString("endpoint", facts.Endpoint);
        Write(writer, "response", facts.ResponseId);
        Write(writer, "input", facts.InputTokens);
        Write(writer, "output", facts.OutputTokens);
        Write(writer, "cached", facts.CachedTokens);
        Write(writer, "cacheWrite", facts.CacheWriteTokens);
        Write(writer, "costMicros", facts.CostMicros);
        writer.WriteNumber("chunks", facts.Chunks);
        writer.WriteNumber("attempts", facts.Attempts);
        writer.WriteNumber("durationTicks", facts.Duration.Ticks);
        Write(writer, "firstContentTicks", facts.FirstContent?.Ticks);
        if (facts.Temperature is { } temperature)
            writer.WriteNumber("temperature", temperature);
        Write(writer, "maxOutput", facts.MaxOutputTokens);
        if (facts.FallbacksTried.Count > 0)
            WriteFallbacks(writer, facts.FallbacksTried);
        writer.WriteEndObject();
    }

    internal static CallFacts Read(JsonElement json) => new()
    {
        Provider = Text(json, "provider") ?? throw new JsonException("'provider' is missing"),
        RequestedModel = Text(json, "requested") ?? throw new JsonException("'requested' is missing"),
        ReportedModel = Text(json, "reported"),
        Endpoint = Text(json, "endpoint") ?? throw new JsonException("'endpoint' is missing"),
        ResponseId = Text(json, "response"),
        InputTokens = Number(json, "input"),
        OutputTokens = Number(json, "output"),
        CachedTokens = Number(json, "cached"),
        CacheWriteTokens = Number(json, "cacheWrite"),
        CostMicros = Number(json, "costMicros"),
        Chunks = (int)(Number(json, "chunks") ?? 0),
        Attempts = (int)(Number(json, "attempts") ?? 1),
        Duration = TimeSpan.FromTicks(Number(json, "durationTicks") ?? 0),
        FirstContent = Number(json, "firstContentTicks") is { } ticks ? TimeSpan.FromTicks(ticks) : null,
        Temperature = json.TryGetProperty("temperature", out var temperature) ? temperature.GetSingle() : null,
        MaxOutputTokens = (int?)Number(json, "maxOutput"),
        FallbacksTried = json.TryGetProperty("fallbacks", out var fallbacks) ? [.. fallbacks.EnumerateArray().Select(Fallback)] : [],
    };

    private static void WriteFallbacks(Utf8JsonWriter writer, IReadOnlyList<FallbackTried> fallbacks)
    {
        writer.WriteStartArray("fallbacks");
        foreach (var fallback in fallbacks)
        {
            writer.WriteStartObject();
            writer.WriteString("model", fallback.Model);
            writer.WriteNumber("error", (int)fallback.Error);
            writer.WriteString("message", fallback.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static FallbackTried Fallback(JsonElement json) =>
        new(Text(json, "model") ?? "", (ModelError)(Number(json, "error") ?? 0), Text(json, "message") ?? "");

    private static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static void Write(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static long? Number(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetInt64() : null;
}
