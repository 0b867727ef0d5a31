using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires.Anthropic;

/// <summary>Writes the content blocks of a message.</summary>
internal static class AnthropicBlocks
{
    /// <summary>Marks <see cref="TextReasoningContent.ProtectedData"/> that is a redacted block's data and not a signature.</summary>
    public const string RedactedPrefix = "redacted_thinking:";

    public static void Write(Utf8JsonWriter writer, AIContent content, bool marked, string provider)
    {
        if (content is WireBlockContent { Wire: AnthropicChatClient.Wire } raw)
        {
            WireJson.WriteVerbatim(writer, raw.Block);
            return;
        }

        writer.WriteStartObject();
        switch (content)
        {
            case TextContent text: WriteText(writer, text.Text); break;
            case ErrorContent error: WriteText(writer, error.Message); break;
            case TextReasoningContent reasoning: WriteThinking(writer, reasoning); break;
            case FunctionCallContent call: WriteCall(writer, call); break;
            case FunctionResultContent result: WriteResult(writer, result, provider); break;
            case DataContent or UriContent: WriteMedia(writer, content, provider); break;
            default: throw Refusal.Content(provider, content);
        }

        if (marked && content is not TextReasoningContent)
            WriteCacheMark(writer);
        writer.WriteEndObject();
    }

    public static void WriteCacheMark(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("cache_control"u8);
        writer.WriteString("type"u8, "ephemeral"u8);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, text);
    }

    private static void WriteThinking(Utf8JsonWriter writer, TextReasoningContent reasoning)
    {
        var signature = reasoning.ProtectedData ?? string.Empty;
        if (signature.StartsWith(RedactedPrefix, StringComparison.Ordinal))
        {
            writer.WriteString("type"u8, "redacted_thinking"u8);
            writer.WriteString("data"u8, signature.AsSpan(RedactedPrefix.Length));
            return;
        }

        writer.WriteString("type"u8, "thinking"u8);
        writer.WriteString("thinking"u8, reasoning.Text);
        writer.WriteString("signature"u8, signature);
    }

    private static void WriteCall(Utf8JsonWriter writer, FunctionCallContent call)
    {
        writer.WriteString("type"u8, "tool_use"u8);
        writer.WriteString("id"u8, call.CallId);
        writer.WriteString("name"u8, call.Name);
        if (call.Exception is null)
        {
            writer.WritePropertyName("input"u8);
            writer.WriteRawValue(ToolCallArguments.Text(call), skipInputValidation: true);
            return;
        }

        // The protocol wants an object here; this is the form its documentation gives for showing a model its own broken JSON.
        writer.WriteStartObject("input"u8);
        writer.WriteString("INVALID_JSON"u8, ToolCallArguments.Text(call));
        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, FunctionResultContent result, string provider)
    {
        writer.WriteString("type"u8, "tool_result"u8);
        writer.WriteString("tool_use_id"u8, result.CallId);
        if (WireJson.ResultParts(result) is { } parts)
        {
            writer.WriteStartArray("content"u8);
            foreach (var part in parts)
                Write(writer, part, marked: false, provider);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteString("content"u8, WireJson.ResultText(result));
        }

        if (result.Exception is not null)
            writer.WriteBoolean("is_error"u8, true);
    }

    private static void WriteMedia(Utf8JsonWriter writer, AIContent content, string provider)
    {
        var type = content is DataContent d ? d.MediaType : ((UriContent)content).MediaType;
        var isImage = type.StartsWith("image/", StringComparison.Ordinal);
        if (!isImage && type != "application/pdf")
            throw Refusal.Content(provider, content);
        writer.WriteString("type"u8, isImage ? "image"u8 : "document"u8);
        writer.WriteStartObject("source"u8);
        if (content is DataContent data)
        {
            writer.WriteString("type"u8, "base64"u8);
            writer.WriteString("media_type"u8, type);
            writer.WriteBase64String("data"u8, data.Data.Span);
        }
        else
        {
            writer.WriteString("type"u8, "url"u8);
            writer.WriteString("url"u8, ((UriContent)content).Uri.AbsoluteUri);
        }

        writer.WriteEndObject();
    }
}
