using System.Buffers;
using System.Collections;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Colophon.Models.Errors;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires;

/// <summary>Writing of loosely typed values without reflection, shared by the wires.</summary>
internal static class WireJson
{
    /// <summary>Compact, and only what JSON itself needs is escaped: the text goes to a server, never into a page.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A schema or block byte for byte; <c>{"type":"object"}</c> for none.</summary>
    public static void WriteVerbatim(Utf8JsonWriter writer, JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.Undefined)
            writer.WriteRawValue("""{"type":"object","properties":{}}"""u8, skipInputValidation: true);
        else
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(element), skipInputValidation: true);
    }

    public static void WriteObject(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>>? members)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members ?? [])
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a value of any type that JSON knows.</summary>
    /// <exception cref="ModelException"><see cref="ModelError.OptionRefused"/>: the value is of a type that only reflection could write.</exception>
    public static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case int number: writer.WriteNumberValue(number); break;
            case long number: writer.WriteNumberValue(number); break;
            case double number: writer.WriteNumberValue(number); break;
            case float number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case JsonElement { ValueKind: JsonValueKind.Undefined }: writer.WriteNullValue(); break;
            case JsonElement element: WriteVerbatim(writer, element); break;
            case JsonDocument document: WriteVerbatim(writer, document.RootElement); break;
            case JsonNode node: node.WriteTo(writer); break;
            case IEnumerable<KeyValuePair<string, object?>> members: WriteObject(writer, members); break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items)
                    WriteValue(writer, item);
                writer.WriteEndArray();
                break;
            default:
                throw new ModelException(ModelError.OptionRefused, $"A value of type {value.GetType().Name} cannot be sent to a model.", "Pass a string or a JsonElement.");
        }
    }

    /// <summary>The text of a tool's result: strings as they are, JSON as its text.</summary>
    public static string ResultText(FunctionResultContent result) => result.Result switch
    {
        null => result.Exception is { } failure ? failure.Message : string.Empty,
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString() ?? string.Empty,
        JsonElement { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => string.Empty,
        JsonElement element => element.GetRawText(),
        TextContent text => text.Text,
        var other => Serialize(other),
    };

    /// <summary>The parts of a tool's result where it is not plain text, else null.</summary>
    public static IReadOnlyList<AIContent>? ResultParts(FunctionResultContent result) => result.Result switch
    {
        TextContent => null,
        AIContent single => [single],
        IEnumerable<AIContent> parts => [.. parts],
        _ => null,
    };

    /// <summary>A copied JSON value from text that is known to be JSON.</summary>
    public static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return JsonElement.ParseValue(ref reader);
    }

    private static string Serialize(object value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            WriteValue(writer, value);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
