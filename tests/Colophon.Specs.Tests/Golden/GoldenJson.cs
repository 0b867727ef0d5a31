using System.Buffers;
using System.Text;
using System.Text.Json;
using Colophon.Specs.Json;

namespace Colophon.Specs.Tests.Golden;

/// <summary>Writes a recorded answer in the form <c>JSON.stringify(value, null, 2)</c> has, so that answers compare byte for byte.</summary>
internal static class GoldenJson
{
    public static string Stringify(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        var json = new JsonText(output);
        Write(json, null, value);
        json.Finish();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Write(JsonText json, string? name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                json.Number(name ?? "", value.GetInt64());
                return;
            case JsonValueKind.True or JsonValueKind.False:
                json.Flag(name ?? "", value.GetBoolean());
                return;
            case JsonValueKind.Null:
                json.Null(name ?? "");
                return;
        }

        if (name is not null)
            json.Name(name);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.BeginObject();
                foreach (var member in value.EnumerateObject())
                    Write(json, member.Name, member.Value);
                json.EndObject();
                break;
            case JsonValueKind.Array:
                json.BeginArray();
                foreach (var item in value.EnumerateArray())
                    Write(json, null, item);
                json.EndArray();
                break;
            default:
                json.Text(value.GetString() ?? "");
                break;
        }
    }
}
