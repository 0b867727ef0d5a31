using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Colophon.Models.Errors;
using Colophon.Models.Wires;

namespace Colophon.Models.Cassettes;

/// <summary>What identifies a request, independent of the machine it is made on.</summary>
internal sealed class RequestPrint
{
    private const int HashDigits = 16;
    private const int PreviewLength = 100;

    // What a run may set differently without asking for anything else: transport, cache marks, and limits that budgets lower.
    private static readonly string[] s_ignored =
        ["stream", "stream_options", "max_tokens", "max_completion_tokens", "thinking", "model", "messages", "tools", "system"];

    private readonly TextMask _mask;
    private readonly List<RequestPart> _parts = [];
    private readonly List<string> _texts = [];

    private RequestPrint(TextMask mask) => _mask = mask;

    public string Model { get; private set; } = string.Empty;

    public string Role { get; private set; } = "user";

    public int Turn { get; private set; }

    public string Digest { get; private set; } = string.Empty;

    public IReadOnlyList<RequestPart> Parts => _parts;

    /// <summary>Takes the print of a request's body.</summary>
    /// <exception cref="ModelException"><see cref="ModelError.CassetteMismatch"/>: the request is no JSON, so not a wire's of ours.</exception>
    public static RequestPrint Of(ReadOnlyMemory<byte> body, TextMask mask)
    {
        var print = new RequestPrint(mask);
        try
        {
            using var document = JsonDocument.Parse(body);
            print.Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ModelException(ModelError.CassetteMismatch, "A request that is no JSON object cannot be matched with a cassette.", inner: e);
        }

        return print;
    }

    /// <summary>The beginning of a part's normalised text, for messages.</summary>
    public string Preview(int part) => _texts[part].Length <= PreviewLength ? _texts[part] : _texts[part][..PreviewLength] + "…";

    /// <summary>
    /// Where the words stand last in the first message of the user (from 1), 0 where only another part has them, -1 where none has. A prompt
    /// that lists all tasks and then sets one has the one it sets last.
    /// </summary>
    public int LastIndexOf(string text)
    {
        // The parts are kept as JSON, so the words are looked for as JSON spells them.
        var words = JsonEncodedText.Encode(_mask.Apply(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        var first = _parts.FindIndex(part => part.Name.StartsWith("messages[", StringComparison.Ordinal) && part.Name.EndsWith(" user", StringComparison.Ordinal));
        var index = first < 0 ? -1 : _texts[first].LastIndexOf(words, StringComparison.Ordinal);
        return index >= 0 ? index + 1 : _texts.Exists(part => part.Contains(words, StringComparison.Ordinal)) ? 0 : -1;
    }

    private void Read(JsonElement root)
    {
        Model = root.TryGetProperty("model", out var model) ? model.GetString() ?? string.Empty : string.Empty;
        Add("model", model);
        foreach (var member in root.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            if (!s_ignored.Contains(member.Name, StringComparer.Ordinal))
                Add(member.Name, member.Value);
        }

        if (root.TryGetProperty("system", out var system))
            Add("system", system);
        if (root.TryGetProperty("tools", out var tools))
            AddEach("tools", tools, tool => ToolName(tool));
        if (root.TryGetProperty("messages", out var messages))
        {
            AddEach("messages", messages, message => Text(message, "role"));
            Turn = messages.EnumerateArray().Count(message => Text(message, "role") == "assistant");
            Role = RoleOf(messages);
        }

        var all = string.Join('\n', _parts.Select(part => $"{part.Name}\t{part.Hash}"));
        Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }

    private void AddEach(string name, JsonElement items, Func<JsonElement, string> label)
    {
        var index = 0;
        foreach (var item in items.EnumerateArray())
            Add($"{name}[{index++}] {label(item)}", item);
    }

    private void Add(string name, JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions))
            WriteNormalised(writer, value);
        _texts.Add(Encoding.UTF8.GetString(buffer.WrittenSpan));
        _parts.Add(new RequestPart(name, Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan))[..HashDigits]));
    }

    private void WriteNormalised(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    if (member.NameEquals("cache_control"))
                        continue;
                    writer.WritePropertyName(member.Name);
                    WriteNormalised(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    WriteNormalised(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(_mask.Apply(value.GetString() ?? string.Empty));
                break;
            case JsonValueKind.Undefined:
                writer.WriteNullValue();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <summary>Anthropic's results of tools travel in a user's message; Chat Completions gives them a role.</summary>
    private static string RoleOf(JsonElement messages)
    {
        if (messages.GetArrayLength() == 0)
            return "user";
        var last = messages[messages.GetArrayLength() - 1];
        var role = Text(last, "role");
        var hasResult = last.TryGetProperty("content", out var content) && content.ValueKind is JsonValueKind.Array
            && content.EnumerateArray().Any(block => Text(block, "type") == "tool_result");
        return role == "user" && hasResult ? "tool" : role;
    }

    private static string ToolName(JsonElement tool) =>
        Text(tool, "name") is { Length: > 0 } name ? name : tool.TryGetProperty("function", out var function) ? Text(function, "name") : string.Empty;

    private static string Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString() ?? string.Empty
            : string.Empty;
}
