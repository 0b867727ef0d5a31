using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires.OpenAiChat;

/// <summary>Writes messages. A tool's result is a message of its own here; an error of a tool is told by its text.</summary>
internal static class OpenAiMessages
{
    public static void WriteSystem(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, "system"u8);
        writer.WriteString("content"u8, text);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, ChatMessage message, OpenAiChatOptions wire)
    {
        if (message.Role == ChatRole.System)
            WriteSystem(writer, message.Text);
        else if (message.Role == ChatRole.Assistant)
            WriteAssistant(writer, message, wire);
        else
            WriteUser(writer, message, wire.Provider);
    }

    private static void WriteAssistant(Utf8JsonWriter writer, ChatMessage message, OpenAiChatOptions wire)
    {
        var text = new StringBuilder();
        var reasoning = new StringBuilder();
        List<FunctionCallContent> calls = [];
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextContent part: text.Append(part.Text); break;
                case TextReasoningContent part: reasoning.Append(part.Text); break;
                case FunctionCallContent call: calls.Add(call); break;
                case UsageContent: break;
                default: throw Refusal.Content(wire.Provider, content);
            }
        }

        if (text.Length == 0 && calls.Count == 0)
            return;
        writer.WriteStartObject();
        writer.WriteString("role"u8, "assistant"u8);
        if (text.Length > 0)
            writer.WriteString("content"u8, text.ToString());
        else
            writer.WriteNull("content"u8);
        if (wire.Quirks.ReasoningMember is { } member && reasoning.Length > 0)
            writer.WriteString(member, reasoning.ToString());
        if (calls.Count > 0)
            WriteCalls(writer, calls);
        writer.WriteEndObject();
    }

    private static void WriteCalls(Utf8JsonWriter writer, List<FunctionCallContent> calls)
    {
        writer.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, call.CallId);
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            writer.WriteString("name"u8, call.Name);
            writer.WriteString("arguments"u8, ToolCallArguments.Text(call));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteUser(Utf8JsonWriter writer, ChatMessage message, string provider)
    {
        List<AIContent> rest = [];
        foreach (var content in message.Contents)
        {
            if (content is FunctionResultContent result)
                WriteResult(writer, result, provider);
            else if (content is not UsageContent)
                rest.Add(content);
        }

        if (rest.Count == 0)
            return;
        writer.WriteStartObject();
        writer.WriteString("role"u8, "user"u8);
        if (rest is [TextContent single])
        {
            writer.WriteString("content"u8, single.Text);
        }
        else
        {
            writer.WriteStartArray("content"u8);
            foreach (var content in rest)
                WritePart(writer, content, provider);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, FunctionResultContent result, string provider)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, "tool"u8);
        writer.WriteString("tool_call_id"u8, result.CallId);
        if (WireJson.ResultParts(result) is { } parts)
        {
            writer.WriteStartArray("content"u8);
            foreach (var part in parts)
            {
                // The protocol's tool messages hold text only.
                if (part is not TextContent)
                    throw Refusal.Content(provider, part);
                WritePart(writer, part, provider);
            }

            writer.WriteEndArray();
        }
        else
        {
            writer.WriteString("content"u8, WireJson.ResultText(result));
        }

        writer.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter writer, AIContent content, string provider)
    {
        writer.WriteStartObject();
        switch (content)
        {
            case TextContent text:
                writer.WriteString("type"u8, "text"u8);
                writer.WriteString("text"u8, text.Text);
                break;
            case ErrorContent error:
                writer.WriteString("type"u8, "text"u8);
                writer.WriteString("text"u8, error.Message);
                break;
            case DataContent data when data.HasTopLevelMediaType("image"):
                WriteImage(writer, data.Uri);
                break;
            case UriContent link when link.HasTopLevelMediaType("image"):
                WriteImage(writer, link.Uri.AbsoluteUri);
                break;
            default:
                throw Refusal.Content(provider, content);
        }

        writer.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter writer, string address)
    {
        writer.WriteString("type"u8, "image_url"u8);
        writer.WriteStartObject("image_url"u8);
        writer.WriteString("url"u8, address);
        writer.WriteEndObject();
    }
}
