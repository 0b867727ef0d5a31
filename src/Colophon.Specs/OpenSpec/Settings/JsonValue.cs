using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Colophon.Kernel.Json;
using Colophon.Specs.Json;

namespace Colophon.Specs.OpenSpec.Settings;

/// <summary>
/// JSON as plain values, read and written as the CLI's language does: <see cref="string"/>, <see cref="bool"/>, <see cref="double"/>, null, <see cref="List{T}"/>
/// and <see cref="OrderedDictionary{TKey,TValue}"/>. A key that stands twice has its last value in its first place.
/// </summary>
internal static class JsonValue
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 512 };

    /// <summary><c>JSON.parse</c>; false where it would throw.</summary>
    internal static bool TryParse(string text, out object? value)
    {
        try
        {
            using var document = JsonDocument.Parse(text, s_options);
            value = Convert(document.RootElement);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            value = null;
            return false;
        }
    }

    /// <summary>Writes the value where a value is due.</summary>
    internal static void Write(JsonText json, object? value)
    {
        switch (value)
        {
            case null or double.NaN or double.PositiveInfinity or double.NegativeInfinity:
                json.Literal("null");
                break;
            case bool flag:
                json.Literal(flag ? "true" : "false");
                break;
            case double number:
                json.Literal(NumberText(number));
                break;
            case string text:
                json.Text(text);
                break;
            case List<object?> list:
                json.BeginArray();
                foreach (var item in list)
                    Write(json, item);
                json.EndArray();
                break;
            case OrderedDictionary<string, object?> map:
                json.BeginObject();
                foreach (var (key, item) in InOrder(map))
                {
                    json.Name(key);
                    Write(json, item);
                }

                json.EndObject();
                break;
            default:
                throw new ArgumentException($"{value.GetType()} is no JSON value.", nameof(value));
        }
    }

    /// <summary><c>JSON.stringify(value)</c>: on one line.</summary>
    internal static string Compact(object? value)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(new JsonText(output, indented: false), value);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary><c>String(number)</c>.</summary>
    internal static string NumberText(double number)
    {
        using var document = JsonDocument.Parse(number.ToString("R", CultureInfo.InvariantCulture));
        return Encoding.ASCII.GetString(CanonicalJson.ToBytes(document.RootElement));
    }

    /// <summary>The entries as the language lists them: keys that are array indexes first, by number, then the others as they came.</summary>
    internal static IEnumerable<KeyValuePair<string, object?>> InOrder(OrderedDictionary<string, object?> map) =>
        map.Keys.Any(IsIndex)
            ? map.Where(static entry => IsIndex(entry.Key)).OrderBy(static entry => uint.Parse(entry.Key, CultureInfo.InvariantCulture)).Concat(map.Where(static entry => !IsIndex(entry.Key)))
            : map;

    private static bool IsIndex(string key) =>
        key.Length is > 0 and < 11 && char.IsAsciiDigit(key[0]) && (key == "0" || key[0] != '0') && uint.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && index != uint.MaxValue;

    private static object? Convert(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
                foreach (var property in element.EnumerateObject())
                    map[property.Name] = Convert(property.Value);
                return map;
            case JsonValueKind.Array:
                var list = new List<object?>(element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                    list.Add(Convert(item));
                return list;
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return element.GetDouble();
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                return null;
        }
    }
}
