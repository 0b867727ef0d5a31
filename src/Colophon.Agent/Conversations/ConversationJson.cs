using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Colophon.Agent.Conversations;

/// <summary>
/// Records as JSON, one line each. What is read back equals what was written, to the character: checkpoints must give the same requests.
/// Texts are well-formed UTF-16 by then (the loop sees to that).
/// </summary>
public static class ConversationJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One record as UTF-8 JSON with a line feed at its end and none before.</summary>
    public static byte[] Line(ConversationItem item)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
            Write(writer, item);
        buffer.GetSpan(1)[0] = (byte)'\n';
        buffer.Advance(1);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads one record.</summary>
    /// <param name="line">The line, without its line feed.</param>
    /// <param name="item">The record.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out ConversationItem? item, [NotNullWhen(false)] out string? problem)
    {
        (item, problem) = (null, null);
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            if (reader.Read())
                throw new JsonException("something follows the object");
            item = Read(document.RootElement);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            problem = e.Message;
            return false;
        }
    }

    private static void Write(Utf8JsonWriter writer, ConversationItem item)
    {
        writer.WriteStartObject();
        switch (item)
        {
            case ConversationItem.System system:
                writer.WriteString("type", "system");
                writer.WriteString("text", system.Text);
                break;
            case ConversationItem.User user:
                writer.WriteString("type", "user");
                writer.WriteString("text", user.Text);
                break;
            case ConversationItem.Assistant assistant:
                writer.WriteString("type", "assistant");
                writer.WriteStartArray("parts");
                foreach (var part in assistant.Parts)
                    Write(writer, part);
                writer.WriteEndArray();
                writer.WriteString("finish", assistant.Finish);
                writer.WritePropertyName("facts");
                FactsJson.Write(writer, assistant.Facts);
                break;
            case ConversationItem.ToolResults results:
                writer.WriteString("type", "results");
                writer.WriteStartArray("answers");
                foreach (var answer in results.Answers)
                    Write(writer, answer);
                writer.WriteEndArray();
                break;
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, AssistantPart part)
    {
        writer.WriteStartObject();
        switch (part)
        {
            case AssistantPart.Text text:
                writer.WriteString("type", "text");
                writer.WriteString("text", text.Value);
                break;
            case AssistantPart.Reasoning reasoning:
                writer.WriteString("type", "reasoning");
                writer.WriteString("text", reasoning.Value);
                if (reasoning.Protected is not null)
                    writer.WriteString("protected", reasoning.Protected);
                break;
            case AssistantPart.Call call:
                writer.WriteString("type", "call");
                writer.WriteString("id", call.Id);
                writer.WriteString("name", call.Name);
                writer.WriteString("arguments", call.Arguments);
                break;
            case AssistantPart.Block block:
                writer.WriteString("type", "block");
                writer.WriteString("wire", block.Wire);
                writer.WriteString("json", block.Json);
                break;
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ToolAnswer answer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", answer.CallId);
        writer.WriteString("tool", answer.Tool);
        writer.WriteString("text", answer.Text);
        if (answer.IsError)
            writer.WriteBoolean("error", true);
        writer.WriteEndObject();
    }

    private static ConversationItem Read(JsonElement json) => Text(json, "type") switch
    {
        "system" => new ConversationItem.System(Text(json, "text")),
        "user" => new ConversationItem.User(Text(json, "text")),
        "assistant" => new ConversationItem.Assistant(
            [.. json.GetProperty("parts").EnumerateArray().Select(Part)], Text(json, "finish"), FactsJson.Read(json.GetProperty("facts"))),
        "results" => new ConversationItem.ToolResults([.. json.GetProperty("answers").EnumerateArray().Select(Answer)]),
        var other => throw new JsonException($"'{other}' is not a kind of record"),
    };

    private static AssistantPart Part(JsonElement json) => Text(json, "type") switch
    {
        "text" => new AssistantPart.Text(Text(json, "text")),
        "reasoning" => new AssistantPart.Reasoning(Text(json, "text"), json.TryGetProperty("protected", out var kept) ? kept.GetString() : null),
        "call" => new AssistantPart.Call(Text(json, "id"), Text(json, "name"), Text(json, "arguments")),
        "block" => new AssistantPart.Block(Text(json, "wire"), Text(json, "json")),
        var other => throw new JsonException($"'{other}' is not a kind of part"),
    };

    private static ToolAnswer Answer(JsonElement json) =>
        new(Text(json, "id"), Text(json, "tool"), Text(json, "text"), json.TryGetProperty("error", out var error) && error.GetBoolean());

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new JsonException($"'{name}' is null");
}
