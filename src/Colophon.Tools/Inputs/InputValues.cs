using System.Text.Json;

namespace Colophon.Tools.Inputs;

/// <summary>The checked values of an input, by field name.</summary>
public readonly struct InputValues
{
    private readonly IReadOnlyList<InputField> _fields;
    private readonly JsonElement[] _values;

    internal InputValues(IReadOnlyList<InputField> fields, JsonElement[] values) => (_fields, _values) = (fields, values);

    /// <summary>A required text.</summary>
    public string Text(string name) => OptionalText(name) ?? throw new InvalidOperationException($"'{name}' was not checked.");

    /// <summary>A text, or null where it was left out.</summary>
    public string? OptionalText(string name) => Value(name) is { ValueKind: not JsonValueKind.Undefined } value ? value.GetString() : null;

    /// <summary>A whole number, or null where it was left out.</summary>
    public int? Integer(string name) => Value(name) is { ValueKind: not JsonValueKind.Undefined } value ? value.GetInt32() : null;

    /// <summary>True where the flag was set; false where it was left out.</summary>
    public bool Flag(string name) => Value(name).ValueKind == JsonValueKind.True;

    private JsonElement Value(string name)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            if (_fields[i].Name == name)
                return _values[i];
        }

        throw new InvalidOperationException($"The shape has no field '{name}'.");
    }
}
