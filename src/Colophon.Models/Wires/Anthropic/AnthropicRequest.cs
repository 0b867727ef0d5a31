using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires.Anthropic;

/// <summary>Writes the body of a request. Equal histories give equal bytes, so a longer history extends a shorter one's cached prefix.</summary>
internal static class AnthropicRequest
{
    public static ReadOnlyMemory<byte> Write(IEnumerable<ChatMessage> messages, ChatOptions? options, AnthropicOptions wire)
    {
        if (options is not null)
            CheckOptions(options, wire.Provider);
        var (system, turns) = AnthropicTurns.Arrange(messages, options?.Instructions, wire.Provider);

        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("model"u8, options?.ModelId ?? wire.Model);
        writer.WriteNumber("max_tokens"u8, options?.MaxOutputTokens ?? wire.MaxOutputTokens);
        writer.WriteBoolean("stream"u8, true);
        WriteSampling(writer, options, wire);
        WriteTools(writer, options, wire.PromptCaching);
        WriteSystem(writer, system, wire.PromptCaching);
        WriteMessages(writer, turns, wire);
        Refusal.WriteAdditional(writer, options);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void CheckOptions(ChatOptions options, string provider)
    {
        Refusal.CheckCommon(provider, options);
        if (options.FrequencyPenalty is not null)
            throw Refusal.Option(provider, nameof(options.FrequencyPenalty));
        if (options.PresencePenalty is not null)
            throw Refusal.Option(provider, nameof(options.PresencePenalty));
        if (options.Seed is not null)
            throw Refusal.Option(provider, nameof(options.Seed));
        if (options.ResponseFormat is not (null or ChatResponseFormatText))
            throw Refusal.Option(provider, nameof(options.ResponseFormat), "Offer a tool whose input has the wanted schema and require it.");
        if (options.Reasoning?.Effort is not (null or ReasoningEffort.None))
            throw Refusal.Option(provider, nameof(options.Reasoning), "Set the provider's thinking_tokens instead: the protocol counts tokens, not effort.");
    }

    private static void WriteSampling(Utf8JsonWriter writer, ChatOptions? options, AnthropicOptions wire)
    {
        if (options?.Temperature is { } temperature)
            writer.WriteNumber("temperature"u8, temperature);
        if (options?.TopP is { } topP)
            writer.WriteNumber("top_p"u8, topP);
        if (options?.TopK is { } topK)
            writer.WriteNumber("top_k"u8, topK);
        if (options?.StopSequences is { Count: > 0 } stops)
        {
            writer.WriteStartArray("stop_sequences"u8);
            foreach (var stop in stops)
                writer.WriteStringValue(stop);
            writer.WriteEndArray();
        }

        if (wire.ThinkingTokens is { } thinking && options?.Reasoning?.Effort is not ReasoningEffort.None)
        {
            writer.WriteStartObject("thinking"u8);
            writer.WriteString("type"u8, "enabled"u8);
            writer.WriteNumber("budget_tokens"u8, thinking);
            writer.WriteEndObject();
        }
    }

    private static void WriteTools(Utf8JsonWriter writer, ChatOptions? options, bool caching)
    {
        if (options?.Tools is not { Count: > 0 } tools)
            return;
        writer.WriteStartArray("tools"u8);
        for (var i = 0; i < tools.Count; i++)
        {
            var tool = (AIFunctionDeclaration)tools[i];
            writer.WriteStartObject();
            writer.WriteString("name"u8, tool.Name);
            if (tool.Description.Length > 0)
                writer.WriteString("description"u8, tool.Description);
            writer.WritePropertyName("input_schema"u8);
            WireJson.WriteVerbatim(writer, tool.JsonSchema);
            if (caching && i == tools.Count - 1)
                AnthropicBlocks.WriteCacheMark(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteToolChoice(writer, options);
    }

    private static void WriteToolChoice(Utf8JsonWriter writer, ChatOptions options)
    {
        var single = options.AllowMultipleToolCalls is false;
        if (options.ToolMode is null && !single)
            return;
        writer.WriteStartObject("tool_choice"u8);
        switch (options.ToolMode)
        {
            case NoneChatToolMode:
                writer.WriteString("type"u8, "none"u8);
                single = false;
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                writer.WriteString("type"u8, "tool"u8);
                writer.WriteString("name"u8, name);
                break;
            case RequiredChatToolMode:
                writer.WriteString("type"u8, "any"u8);
                break;
            default:
                writer.WriteString("type"u8, "auto"u8);
                break;
        }

        if (single)
            writer.WriteBoolean("disable_parallel_tool_use"u8, true);
        writer.WriteEndObject();
    }

    private static void WriteSystem(Utf8JsonWriter writer, List<string> system, bool caching)
    {
        if (system.Count == 0)
            return;
        writer.WriteStartArray("system"u8);
        for (var i = 0; i < system.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("text"u8, system[i]);
            if (caching && i == system.Count - 1)
                AnthropicBlocks.WriteCacheMark(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMessages(Utf8JsonWriter writer, List<AnthropicTurn> turns, AnthropicOptions wire)
    {
        // Two marks, because the provider looks back only 20 blocks from each: with many calls side by side the latest alone would miss.
        var last = turns.FindLastIndex(turn => turn.IsUser);
        var earlier = last > 0 ? turns.FindLastIndex(last - 1, turn => turn.IsUser) : -1;
        writer.WriteStartArray("messages"u8);
        for (var i = 0; i < turns.Count; i++)
        {
            var turn = turns[i];
            writer.WriteStartObject();
            writer.WriteString("role"u8, turn.IsUser ? "user"u8 : "assistant"u8);
            writer.WriteStartArray("content"u8);
            for (var k = 0; k < turn.Contents.Count; k++)
            {
                var marked = wire.PromptCaching && (i == last || i == earlier) && k == turn.Contents.Count - 1;
                AnthropicBlocks.Write(writer, turn.Contents[k], marked, wire.Provider);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
