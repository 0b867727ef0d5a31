using System.Text.Json;

namespace Colophon.Tools.Inputs;

/// <summary>One field of a tool's input: what the model reads about it, and what it may hold.</summary>
/// <param name="Name">The member's name in the JSON object.</param>
/// <param name="Description">What the model reads: meaning, unit and default.</param>
public abstract record InputField(string Name, string Description)
{
    /// <summary>False where the model may leave the field out (or send null).</summary>
    public bool Required { get; init; } = true;

    /// <summary>The word for its type in JSON Schema.</summary>
    private protected abstract string Type { get; }

    /// <summary>A text.</summary>
    public static InputField Text(string name, string description) => new TextField(name, description);

    /// <summary>A whole number within bounds, both ends included.</summary>
    public static InputField Integer(string name, string description, int minimum, int maximum) => new IntegerField(name, description, minimum, maximum);

    /// <summary>True or false.</summary>
    public static InputField Flag(string name, string description) => new FlagField(name, description);

    /// <summary>The same field, free to be left out.</summary>
    public InputField Optional() => this with { Required = false };

    /// <summary>Why the value does not fit, in words a model can act on; null where it fits.</summary>
    internal abstract string? Refuse(JsonElement value);

    internal void WriteSchema(Utf8JsonWriter writer)
    {
        writer.WriteStartObject(Name);
        writer.WriteString("type", Type);
        writer.WriteString("description", Description);
        WriteBounds(writer);
        writer.WriteEndObject();
    }

    private protected virtual void WriteBounds(Utf8JsonWriter writer)
    {
    }

    private string WrongType(JsonElement value) => $"'{Name}' must be of type {Type}, not {TypeOf(value)}";

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private sealed record TextField(string Name, string Description) : InputField(Name, Description)
    {
        private protected override string Type => "string";

        internal override string? Refuse(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.String)
                return WrongType(value);
            try
            {
                return value.GetString()?.Contains('\0') == true ? $"'{Name}' holds a NUL character" : null;
            }
            catch (InvalidOperationException)
            {
                return $"'{Name}' holds half of a surrogate pair, which is not text";
            }
        }
    }

    private sealed record IntegerField(string Name, string Description, int Minimum, int Maximum) : InputField(Name, Description)
    {
        private protected override string Type => "integer";

        internal override string? Refuse(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Number)
                return WrongType(value);
            return value.TryGetInt32(out var number) && number >= Minimum && number <= Maximum
                ? null
                : $"'{Name}' must be a whole number from {Minimum} to {Maximum}, not {value.GetRawText()}";
        }

        private protected override void WriteBounds(Utf8JsonWriter writer)
        {
            writer.WriteNumber("minimum", Minimum);
            writer.WriteNumber("maximum", Maximum);
        }
    }

    private sealed record FlagField(string Name, string Description) : InputField(Name, Description)
    {
        private protected override string Type => "boolean";

        internal override string? Refuse(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : WrongType(value);
    }
}
