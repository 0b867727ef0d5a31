using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires.Anthropic;

/// <summary>A block that is being streamed: text and thinking are handed on at once, the input of a tool call is gathered.</summary>
internal sealed class AnthropicBlock(JsonElement start)
{
    private readonly ArrayBufferWriter<byte> _input = new();
    private readonly string _type = start.TryGetProperty("type", out var type) ? type.GetString() ?? string.Empty : string.Empty;
    private StringBuilder? _text;

    /// <summary>What the block's first event already holds; null where that is nothing.</summary>
    public AIContent? Opening() => _type switch
    {
        "text" => Member("text") is { Length: > 0 } text ? new TextContent(text) : null,
        "thinking" => (Member("thinking"), Member("signature")) is var (thought, signature) && (thought + signature).Length > 0
            ? new TextReasoningContent(thought) { ProtectedData = NullIfEmpty(signature) }
            : null,
        "redacted_thinking" => new TextReasoningContent(null) { ProtectedData = AnthropicBlocks.RedactedPrefix + Member("data") },
        _ => null,
    };

    /// <summary>Reads a delta; the reader stands on its value.</summary>
    public AIContent? Accept(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
            throw new FormatException("A delta is not an object.");
        AIContent? content = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("text"u8) && reader.Read())
                content = OnText(reader.GetString());
            else if (reader.ValueTextEquals("partial_json"u8) && reader.Read())
                Gather(ref reader);
            else if (reader.ValueTextEquals("thinking"u8) && reader.Read())
                content = reader.GetString() is { Length: > 0 } thought ? new TextReasoningContent(thought) : content;
            else if (reader.ValueTextEquals("signature"u8) && reader.Read())
                content = new TextReasoningContent(null) { ProtectedData = reader.GetString() };
            else if (reader.Read())
                reader.Skip();
        }

        return content;
    }

    /// <summary>What only the block's end completes: a tool call, or an unknown block passed through.</summary>
    public AIContent? Complete() => _type switch
    {
        "text" or "thinking" or "redacted_thinking" => null,
        "tool_use" => ToolCallArguments.Create(
            start.GetProperty("id").GetString() ?? string.Empty, start.GetProperty("name").GetString() ?? string.Empty, Input()),
        _ => new WireBlockContent(AnthropicChatClient.Wire, Assembled()),
    };

    private TextContent? OnText(string? text)
    {
        if (_type == "text")
            return string.IsNullOrEmpty(text) ? null : new TextContent(text);
        (_text ??= new StringBuilder()).Append(text);
        return null;
    }

    private void Gather(ref Utf8JsonReader reader)
    {
        var span = _input.GetSpan(reader.HasValueSequence ? (int)reader.ValueSequence.Length : reader.ValueSpan.Length);
        _input.Advance(reader.CopyString(span));
    }

    /// <summary>The streamed input, or, where a server sent it whole, the one of the first event.</summary>
    private string Input() =>
        _input.WrittenCount > 0 ? Encoding.UTF8.GetString(_input.WrittenSpan)
        : start.TryGetProperty("input", out var whole) && whole.ValueKind is not JsonValueKind.Null ? whole.GetRawText() : string.Empty;

    /// <summary>The unknown block with its streamed input and text put in.</summary>
    private JsonElement Assembled()
    {
        if (_input.WrittenCount == 0 && _text is null)
            return start;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in start.EnumerateObject())
            {
                if (!(member.NameEquals("input") && _input.WrittenCount > 0) && !(member.NameEquals("text") && _text is not null))
                    member.WriteTo(writer);
            }

            if (_input.WrittenCount > 0)
            {
                writer.WritePropertyName("input"u8);
                writer.WriteRawValue(_input.WrittenSpan);
            }

            if (_text is not null)
                writer.WriteString("text"u8, _text.ToString());
            writer.WriteEndObject();
        }

        return WireJson.Parse(buffer.WrittenSpan);
    }

    private string? Member(string name) =>
        start.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
