using System.Text.Json;
using Colophon.Models.Errors;
using Colophon.Models.Wires.Transport;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires.OpenAiChat;

/// <summary>
/// Reads the chunks of a reply. Tolerant where servers differ: reasoning under several names, tool calls whole or in pieces, with or
/// without index and id, usage in the last chunk or in one of its own, <c>[DONE]</c> or a plain end.
/// </summary>
internal sealed class OpenAiReply(string provider) : WireReply(provider)
{
    private readonly List<OpenAiCall> _calls = [];
    private bool _started;

    protected override ChatResponseUpdate? Accept(ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            IsComplete = true;
            return null;
        }

        var chunk = new OpenAiChunk { HeadKnown = ResponseId is not null && ReportedModel is not null };
        var reader = new Utf8JsonReader(data);
        chunk.Read(ref reader, _calls);
        if (chunk.IsError)
            throw Failure(data);
        ResponseId ??= chunk.Id;
        ReportedModel ??= chunk.Model;
        Usage = chunk.Usage ?? Usage;
        if (chunk.FinishReason is { Length: > 0 } reason)
            FinishReason = Map(reason);

        var update = chunk.Reasoning is { Length: > 0 } thought ? NewUpdate(new TextReasoningContent(thought)) : null;
        if (chunk.Text is { Length: > 0 } text)
            (update ??= NewUpdate()).Contents.Add(new TextContent(text));
        if (!_started)
        {
            _started = true;
            update ??= NewUpdate();
            update.CreatedAt = chunk.Created is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }

        return update;
    }

    protected override IReadOnlyList<AIContent> Tail() => [.. _calls.Select((call, index) => call.ToContent(index))];

    private static ChatFinishReason Map(string reason) => reason switch
    {
        "stop" => ChatFinishReason.Stop,
        "length" => ChatFinishReason.Length,
        "tool_calls" or "function_call" => ChatFinishReason.ToolCalls,
        "content_filter" => ChatFinishReason.ContentFilter,
        _ => new ChatFinishReason(reason),
    };

    private ModelException Failure(ReadOnlySpan<byte> data)
    {
        using var document = JsonDocument.Parse(data.ToArray());
        var error = document.RootElement.GetProperty("error");
        var text = ErrorText.Clean(ErrorText.Message(document.RootElement) ?? "no reason given", null);
        return new ModelException(HttpFailure.ClassifyName(Name(error), text), $"{Provider} reported an error in the reply: {text}", "Try again, or set fallback models.");
    }

    private static string? Name(JsonElement error)
    {
        if (error.ValueKind is not JsonValueKind.Object)
            return null;
        foreach (var member in (ReadOnlySpan<string>)["code", "type"])
        {
            if (error.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                return value.ToString();
        }

        return null;
    }
}
