using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires;

/// <summary>
/// The arguments of a tool call, exactly as the model wrote them. A call whose arguments are not a JSON object has
/// <see cref="FunctionCallContent.Exception"/> set and no arguments; its text is kept here, so that it can be shown to the model.
/// </summary>
public static class ToolCallArguments
{
    /// <summary>The key of the text in <c>AdditionalProperties</c>.</summary>
    public const string Key = "colophon.arguments";

    /// <summary>Makes a call from the text of its arguments; empty text means no arguments.</summary>
    public static FunctionCallContent Create(string callId, string name, string text)
    {
        Dictionary<string, object?>? arguments = null;
        Exception? failure = null;
        try
        {
            arguments = Parse(text);
        }
        catch (JsonException e)
        {
            failure = new JsonException($"The arguments of '{name}' are not a JSON object: {e.Message}", e);
        }

        return new FunctionCallContent(callId, name, arguments)
        {
            Exception = failure,
            AdditionalProperties = new AdditionalPropertiesDictionary { [Key] = text },
        };
    }

    /// <summary>The text of a call's arguments, written anew from its values where the call is not from one of our wires.</summary>
    public static string Text(FunctionCallContent call)
    {
        if (call.AdditionalProperties is { } properties && properties.TryGetValue(Key, out var kept) && kept is string text)
            return string.IsNullOrWhiteSpace(text) ? "{}" : text;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, WireJson.WriterOptions))
            WireJson.WriteObject(writer, call.Arguments);
        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private static Dictionary<string, object?> Parse(string text)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(text))
            return arguments;
        using var document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException($"it is {document.RootElement.ValueKind}.");
        foreach (var member in document.RootElement.Clone().EnumerateObject())
            arguments[member.Name] = member.Value;
        return arguments;
    }
}
