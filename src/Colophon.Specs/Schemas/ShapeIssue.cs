using System.Buffers;
using System.Globalization;
using System.Text;
using Colophon.Specs.Json;

namespace Colophon.Specs.Schemas;

/// <summary>Why a value has the wrong shape, as the CLI's validator classes it.</summary>
internal enum ShapeFault
{
    Type,
    TooShort,
    Pattern,
    UnknownKeys,
    Custom,
}

/// <summary>One thing that is wrong with the shape of a YAML file.</summary>
/// <param name="Fault">The class.</param>
/// <param name="Path">Keys, and indexes in the form of numbers, from the root.</param>
/// <param name="Message">The CLI's words.</param>
/// <param name="Detail">The type expected, the pattern, or the unknown keys one a line.</param>
internal sealed record ShapeIssue(ShapeFault Fault, IReadOnlyList<object> Path, string Message, string Detail = "")
{
    /// <summary><c>artifacts.0.id: message</c>.</summary>
    internal string Line => $"{Where}: {Message}";

    /// <summary>The same without a colon where the root itself is wrong.</summary>
    internal string ShortLine => Path.Count == 0 ? Message : Line;

    private string Where => string.Join('.', Path);

    /// <summary>The issues as the CLI prints them in messages: JSON.</summary>
    internal static string ToJson(IReadOnlyList<ShapeIssue> issues)
    {
        var output = new ArrayBufferWriter<byte>();
        var json = new JsonText(output);
        json.BeginArray();
        foreach (var issue in issues)
            issue.Write(json);
        json.EndArray();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private void Write(JsonText json)
    {
        json.BeginObject();
        switch (Fault)
        {
            case ShapeFault.Type:
                json.Text("expected", Detail);
                json.Text("code", "invalid_type");
                break;
            case ShapeFault.TooShort:
                json.Text("origin", "string");
                json.Text("code", "too_small");
                json.Number("minimum", 1);
                json.Flag("inclusive", true);
                break;
            case ShapeFault.Pattern:
                json.Text("origin", "string");
                json.Text("code", "invalid_format");
                json.Text("format", "regex");
                json.Text("pattern", Detail);
                break;
            case ShapeFault.UnknownKeys:
                json.Text("code", "unrecognized_keys");
                json.Texts("keys", Detail.Split('\n'));
                break;
            default:
                json.Text("code", "custom");
                json.Text("message", Message);
                break;
        }

        json.Name("path");
        json.BeginArray();
        foreach (var part in Path)
        {
            if (part is int index)
                json.Number(index);
            else
                json.Text(Convert.ToString(part, CultureInfo.InvariantCulture) ?? "");
        }

        json.EndArray();
        if (Fault != ShapeFault.Custom)
            json.Text("message", Message);
        json.EndObject();
    }
}

/// <summary>Collects what is wrong with the shape of a value.</summary>
internal sealed class ShapeCheck
{
    private readonly List<object> _path = [];

    internal List<ShapeIssue> Issues { get; } = [];

    /// <summary>Checks something below a key or an index.</summary>
    internal void At(object part, Action check)
    {
        _path.Add(part);
        check();
        _path.RemoveAt(_path.Count - 1);
    }

    internal void Add(ShapeFault fault, string message, string detail = "") => Issues.Add(new ShapeIssue(fault, [.. _path], message, detail));

    /// <summary>A value of a map as a type; a fault where it is another, or missing and required.</summary>
    internal void Member<T>(Dictionary<string, object?> map, string key, string type, bool required, Action<T>? check = null)
    {
        var present = map.TryGetValue(key, out var value);
        if (!present && !required)
            return;
        At(key, () =>
        {
            if (value is T typed)
                check?.Invoke(typed);
            else
                Expected(type, value, present);
        });
    }

    internal void Expected(string type, object? value, bool present = true) =>
        Add(ShapeFault.Type, $"Invalid input: expected {type}, received {(present ? TypeOf(value) : "undefined")}", type);

    internal void NotEmpty(string text, string message = "Too small: expected string to have >=1 characters")
    {
        if (text.Length == 0)
            Add(ShapeFault.TooShort, message);
    }

    private static string TypeOf(object? value) => value switch
    {
        null => "null",
        string => "string",
        bool => "boolean",
        double number => double.IsNaN(number) ? "NaN" : double.IsInfinity(number) ? "Infinity" : "number",
        List<object?> => "array",
        _ => "object",
    };
}
