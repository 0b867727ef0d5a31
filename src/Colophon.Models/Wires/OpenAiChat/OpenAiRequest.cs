using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires.OpenAiChat;

/// <summary>Writes the body of a request. Equal histories give equal bytes.</summary>
internal static class OpenAiRequest
{
    public static ReadOnlyMemory<byte> Write(IEnumerable<ChatMessage> messages, ChatOptions? options, OpenAiChatOptions wire)
    {
        if (options is not null)
            CheckOptions(options, wire);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("model"u8, options?.ModelId ?? wire.Model);
        writer.WriteBoolean("stream"u8, true);
        if (wire.Quirks.AskForUsage)
        {
            writer.WriteStartObject("stream_options"u8);
            writer.WriteBoolean("include_usage"u8, true);
            writer.WriteEndObject();
        }

        if (options is not null)
        {
            WriteSampling(writer, options, wire.Quirks);
            WriteTools(writer, options);
            WriteFormat(writer, options.ResponseFormat);
        }

        writer.WriteStartArray("messages"u8);
        if (!string.IsNullOrWhiteSpace(options?.Instructions))
            OpenAiMessages.WriteSystem(writer, options.Instructions);
        foreach (var message in messages)
            OpenAiMessages.Write(writer, message, wire);
        writer.WriteEndArray();
        Refusal.WriteAdditional(writer, options);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void CheckOptions(ChatOptions options, OpenAiChatOptions wire)
    {
        Refusal.CheckCommon(wire.Provider, options);
        if (options.TopK is not null && !wire.Quirks.TopK)
            throw Refusal.Option(wire.Provider, nameof(options.TopK));
        if (options.Seed is not null && wire.Quirks.SeedMember is null)
            throw Refusal.Option(wire.Provider, nameof(options.Seed));
        if (options.Reasoning?.Effort is not null && !wire.Quirks.ReasoningEffort)
            throw Refusal.Option(wire.Provider, nameof(options.Reasoning));
    }

    private static void WriteSampling(Utf8JsonWriter writer, ChatOptions options, OpenAiQuirks quirks)
    {
        if (options.MaxOutputTokens is { } limit)
            writer.WriteNumber(quirks.MaxTokensMember, limit);
        if (options.Temperature is { } temperature)
            writer.WriteNumber("temperature"u8, temperature);
        if (options.TopP is { } topP)
            writer.WriteNumber("top_p"u8, topP);
        if (options.TopK is { } topK)
            writer.WriteNumber("top_k"u8, topK);
        if (options.FrequencyPenalty is { } frequency)
            writer.WriteNumber("frequency_penalty"u8, frequency);
        if (options.PresencePenalty is { } presence)
            writer.WriteNumber("presence_penalty"u8, presence);
        if (options.Seed is { } seed && quirks.SeedMember is { } member)
            writer.WriteNumber(member, seed);
        if (options.Reasoning?.Effort is { } effort)
            writer.WriteString("reasoning_effort"u8, Effort(effort));
        if (options.StopSequences is { Count: > 0 } stops)
        {
            writer.WriteStartArray("stop"u8);
            foreach (var stop in stops)
                writer.WriteStringValue(stop);
            writer.WriteEndArray();
        }
    }

    private static string Effort(ReasoningEffort effort) => effort switch
    {
        ReasoningEffort.None => "none",
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        _ => "xhigh",
    };

    private static void WriteTools(Utf8JsonWriter writer, ChatOptions options)
    {
        if (options.Tools is not { Count: > 0 } tools)
            return;
        writer.WriteStartArray("tools"u8);
        foreach (var tool in tools.Cast<AIFunctionDeclaration>())
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            writer.WriteString("name"u8, tool.Name);
            if (tool.Description.Length > 0)
                writer.WriteString("description"u8, tool.Description);
            writer.WritePropertyName("parameters"u8);
            WireJson.WriteVerbatim(writer, tool.JsonSchema);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        switch (options.ToolMode)
        {
            case null:
                break;
            case NoneChatToolMode:
                writer.WriteString("tool_choice"u8, "none"u8);
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                writer.WriteStartObject("tool_choice"u8);
                writer.WriteString("type"u8, "function"u8);
                writer.WriteStartObject("function"u8);
                writer.WriteString("name"u8, name);
                writer.WriteEndObject();
                writer.WriteEndObject();
                break;
            case RequiredChatToolMode:
                writer.WriteString("tool_choice"u8, "required"u8);
                break;
            default:
                writer.WriteString("tool_choice"u8, "auto"u8);
                break;
        }

        if (options.AllowMultipleToolCalls is { } multiple)
            writer.WriteBoolean("parallel_tool_calls"u8, multiple);
    }

    private static void WriteFormat(Utf8JsonWriter writer, ChatResponseFormat? format)
    {
        if (format is not ChatResponseFormatJson json)
            return;
        writer.WriteStartObject("response_format"u8);
        if (json.Schema is { } schema)
        {
            writer.WriteString("type"u8, "json_schema"u8);
            writer.WriteStartObject("json_schema"u8);
            writer.WriteString("name"u8, json.SchemaName ?? "reply");
            if (json.SchemaDescription is { } description)
                writer.WriteString("description"u8, description);
            writer.WritePropertyName("schema"u8);
            WireJson.WriteVerbatim(writer, schema);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteString("type"u8, "json_object"u8);
        }

        writer.WriteEndObject();
    }
}
