using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Colophon.Tools.Inputs;

/// <summary>
/// The fields of an input record. One list writes the schema and checks the input, so what the model was told and what is accepted cannot
/// drift apart. Written by hand rather than by reflection, so that it is the same under native AOT.
/// </summary>
/// <param name="fields">The fields, in the order the model is shown them.</param>
/// <param name="bind">Makes the record out of values that were checked.</param>
public sealed class InputShape<TInput>(IReadOnlyList<InputField> fields, Func<InputValues, TInput> bind)
{
    private readonly Lazy<JsonElement> _schema = new(() => WriteSchema(fields));

    /// <summary>The JSON Schema: an object that takes these fields and no others.</summary>
    public JsonElement Schema => _schema.Value;

    /// <summary>The fields, in order.</summary>
    public IReadOnlyList<InputField> Fields { get; } = fields;

    /// <summary>Checks an input and makes the record.</summary>
    /// <param name="input">What the model sent.</param>
    /// <param name="bound">The record.</param>
    /// <param name="problems">Every field that is unknown, missing, given twice or of the wrong type; empty where it fits.</param>
    public bool TryBind(JsonElement input, [MaybeNullWhen(false)] out TInput bound, out IReadOnlyList<string> problems)
    {
        bound = default;
        var found = new List<string>();
        problems = found;
        if (input.ValueKind != JsonValueKind.Object)
        {
            found.Add($"expected an object with {Names()}");
            return false;
        }

        var values = new JsonElement[Fields.Count];
        foreach (var member in input.EnumerateObject())
            Take(member, values, found);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].ValueKind == JsonValueKind.Undefined && Fields[i].Required)
                found.Add($"'{Fields[i].Name}' is required");
        }

        if (found.Count > 0)
            return false;
        bound = bind(new InputValues(Fields, values));
        return true;
    }

    private void Take(JsonProperty member, JsonElement[] values, List<string> found)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!member.NameEquals(Fields[i].Name))
                continue;
            // Providers that enforce schemas strictly make models send null for what they leave out.
            if (member.Value.ValueKind == JsonValueKind.Null && !Fields[i].Required)
                return;
            if (values[i].ValueKind != JsonValueKind.Undefined)
                found.Add($"'{Fields[i].Name}' is given twice");
            else if (Fields[i].Refuse(member.Value) is { } why)
                found.Add(why);
            values[i] = member.Value;
            return;
        }

        found.Add($"'{member.Name}' is not a field, the fields are {Names()}");
    }

    private string Names() => string.Join(", ", Fields.Select(static field => field.Required ? field.Name : field.Name + " (optional)"));

    private static JsonElement WriteSchema(IReadOnlyList<InputField> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "object");
            writer.WriteStartObject("properties");
            foreach (var field in fields)
                field.WriteSchema(writer);
            writer.WriteEndObject();
            writer.WriteStartArray("required");
            foreach (var field in fields.Where(static field => field.Required))
                writer.WriteStringValue(field.Name);
            writer.WriteEndArray();
            writer.WriteBoolean("additionalProperties", false);
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
