using System.Text.Json;
using Colophon.Models.Errors;
using Colophon.Models.Facts;
using Colophon.Models.Wires.Transport;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires.Anthropic;

/// <summary>Reads the event stream of a reply. Events and blocks that are not known pass through or are passed over, never refused.</summary>
internal sealed class AnthropicReply(string provider) : WireReply(provider)
{
    private readonly SortedDictionary<int, AnthropicBlock> _open = [];

    protected override ChatResponseUpdate? Accept(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        if (!AnthropicEvent.Find(ref reader, "type"u8))
            return null;
        if (reader.ValueTextEquals("content_block_delta"u8))
            return AcceptDelta(data);
        if (reader.ValueTextEquals("ping"u8))
            return null;
        if (reader.ValueTextEquals("message_stop"u8))
        {
            IsComplete = true;
            return null;
        }

        using var document = JsonDocument.Parse(data.ToArray());
        var root = document.RootElement;
        return root.GetProperty("type").GetString() switch
        {
            "message_start" => AcceptStart(root.GetProperty("message")),
            "content_block_start" => AcceptBlock(root),
            "content_block_stop" => Close(root.GetProperty("index").GetInt32()),
            "message_delta" => AcceptEnd(root),
            "error" => throw Failure(root),
            _ => null,
        };
    }

    /// <summary>Blocks that the stream began and, being cut at a limit, did not end.</summary>
    protected override IReadOnlyList<AIContent> Tail() => [.. _open.Values.Select(block => block.Complete()).OfType<AIContent>()];

    private ChatResponseUpdate AcceptStart(JsonElement message)
    {
        ResponseId = Text(message, "id");
        ReportedModel = Text(message, "model");
        if (message.TryGetProperty("usage", out var usage))
            ReadUsage(usage);
        return NewUpdate();
    }

    private ChatResponseUpdate? AcceptBlock(JsonElement root)
    {
        var block = new AnthropicBlock(root.GetProperty("content_block").Clone());
        _open[root.GetProperty("index").GetInt32()] = block;
        return block.Opening() is { } content ? NewUpdate(content) : null;
    }

    private ChatResponseUpdate? AcceptDelta(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        if (!AnthropicEvent.Find(ref reader, "index"u8))
            return null;
        if (!_open.TryGetValue(reader.GetInt32(), out var block))
            throw new FormatException("A delta belongs to no open block.");
        reader = new Utf8JsonReader(data);
        return AnthropicEvent.Find(ref reader, "delta"u8) && block.Accept(ref reader) is { } content ? NewUpdate(content) : null;
    }

    private ChatResponseUpdate? Close(int index) =>
        _open.Remove(index, out var block) && block.Complete() is { } content ? NewUpdate(content) : null;

    private ChatResponseUpdate? AcceptEnd(JsonElement root)
    {
        if (root.TryGetProperty("usage", out var usage))
            ReadUsage(usage);
        if (root.TryGetProperty("delta", out var delta) && Text(delta, "stop_reason") is { } reason)
        {
            FinishReason = reason switch
            {
                "end_turn" or "stop_sequence" => ChatFinishReason.Stop,
                "tool_use" => ChatFinishReason.ToolCalls,
                "max_tokens" => ChatFinishReason.Length,
                "model_context_window_exceeded" => FinishReasons.ContextWindow,
                "refusal" => ChatFinishReason.ContentFilter,
                _ => new ChatFinishReason(reason),
            };
        }

        return null;
    }

    /// <summary>Counts are cumulative; later ones replace earlier. The protocol's input count leaves cached tokens out, ours has them in.</summary>
    private void ReadUsage(JsonElement usage)
    {
        if (usage.ValueKind is not JsonValueKind.Object)
            return;
        Usage ??= new UsageDetails();
        _input = Count(usage, "input_tokens") ?? _input;
        _cacheRead = Count(usage, "cache_read_input_tokens") ?? _cacheRead;
        _cacheWrite = Count(usage, "cache_creation_input_tokens") ?? _cacheWrite;
        Usage.OutputTokenCount = Count(usage, "output_tokens") ?? Usage.OutputTokenCount;
        if (_input is { } input)
            Usage.InputTokenCount = input + (_cacheRead ?? 0) + (_cacheWrite ?? 0);
        Usage.TotalTokenCount = Usage.InputTokenCount + Usage.OutputTokenCount;
        Usage.CachedInputTokenCount = _cacheRead;
        CacheWriteTokens = _cacheWrite;
        if (_cacheWrite is { } written)
            (Usage.AdditionalCounts ??= [])["cache_creation_input_tokens"] = written;
    }

    private long? _input;
    private long? _cacheRead;
    private long? _cacheWrite;

    private ModelException Failure(JsonElement root)
    {
        var name = root.TryGetProperty("error", out var error) ? Text(error, "type") : null;
        var text = ErrorText.Clean(ErrorText.Message(root) ?? name ?? "no reason given", null);
        return new ModelException(HttpFailure.ClassifyName(name, text), $"{Provider} reported an error in the reply: {text}", "Try again, or set fallback models.");
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static long? Count(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var count) ? count : null;
}
