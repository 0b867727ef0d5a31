using System.Buffers;
using System.Text;
using System.Text.Json;
using Colophon.Models.Wires;

namespace Colophon.Models.Cassettes;

/// <summary>The lines of a cassette: JSON, one object a line, each ended by a line feed.</summary>
internal static class CassetteFormat
{
    public static ReadOnlyMemory<byte> Write(CassetteHeader header) => Line(writer =>
    {
        writer.WriteNumber("cassette"u8, CassetteHeader.CurrentVersion);
        writer.WriteString("wire"u8, header.Wire);
        writer.WriteString("model"u8, header.Model);
        writer.WriteString("match"u8, header.Match is CassetteMatch.Strict ? "strict" : "sequence");
        if (header.Note is { } note)
            writer.WriteString("note"u8, note);
    });

    public static ReadOnlyMemory<byte> Write(CassetteExchange exchange) => Line(writer =>
    {
        writer.WriteStartObject("request"u8);
        WriteText(writer, "model", exchange.Model);
        WriteText(writer, "role", exchange.Role);
        if (exchange.Turn is { } turn)
            writer.WriteNumber("turn"u8, turn);
        WriteText(writer, "contains", exchange.Contains);
        WriteText(writer, "digest", exchange.Digest);
        if (exchange.Parts.Count > 0)
        {
            writer.WriteStartArray("parts"u8);
            foreach (var part in exchange.Parts)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(part.Name);
                writer.WriteStringValue(part.Hash);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteStartObject("response"u8);
        writer.WriteNumber("status"u8, exchange.Status);
        writer.WriteStartObject("headers"u8);
        foreach (var (name, value) in exchange.Headers)
            writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteStartArray("body"u8);
        foreach (var piece in exchange.Body)
            WritePiece(writer, piece.Span);
        writer.WriteEndArray();
        if (exchange.Cut)
            writer.WriteBoolean("cut"u8, true);
        writer.WriteEndObject();
    });

    /// <summary>Reads the first line.</summary>
    /// <exception cref="FormatException">The line is of another version or shape.</exception>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static CassetteHeader ReadHeader(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (!root.TryGetProperty("cassette", out var version) || !version.TryGetInt32(out var number))
            throw new FormatException("the first line is not a cassette's header");
        if (number != CassetteHeader.CurrentVersion)
            throw new FormatException($"it has version {number}, and this program reads version {CassetteHeader.CurrentVersion}");
        return new CassetteHeader
        {
            Wire = Text(root, "wire") ?? throw new FormatException("the header names no wire"),
            Model = Text(root, "model") ?? throw new FormatException("the header names no model"),
            Match = (Text(root, "match") ?? "strict") switch
            {
                "strict" => CassetteMatch.Strict,
                "sequence" => CassetteMatch.Sequence,
                var other => throw new FormatException($"'{other}' is not a way to match; there are strict and sequence"),
            },
            Note = Text(root, "note"),
        };
    }

    /// <summary>Reads any other line.</summary>
    /// <exception cref="FormatException">The line is of another shape.</exception>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static CassetteExchange ReadExchange(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (!root.TryGetProperty("response", out var response))
            throw new FormatException("an exchange has no response");
        var request = root.TryGetProperty("request", out var given) ? given : default;
        var has = request.ValueKind is JsonValueKind.Object;
        return new CassetteExchange
        {
            Model = has ? Text(request, "model") : null,
            Role = has ? Text(request, "role") : null,
            Turn = has && request.TryGetProperty("turn", out var turn) ? turn.GetInt32() : null,
            Contains = has ? Text(request, "contains") : null,
            Digest = has ? Text(request, "digest") : null,
            Parts = has && request.TryGetProperty("parts", out var parts)
                ? [.. parts.EnumerateArray().Select(part => new RequestPart(part[0].GetString() ?? string.Empty, part[1].GetString() ?? string.Empty))]
                : [],
            Status = response.TryGetProperty("status", out var status) ? status.GetInt32() : 200,
            Headers = response.TryGetProperty("headers", out var headers)
                ? [.. headers.EnumerateObject().Select(header => KeyValuePair.Create(header.Name, header.Value.GetString() ?? string.Empty))]
                : [],
            Body = response.TryGetProperty("body", out var body) ? [.. body.EnumerateArray().Select(ReadPiece)] : [],
            Cut = response.TryGetProperty("cut", out var cut) && cut.GetBoolean(),
        };
    }

    /// <summary>A piece is text where it can be; a split character or a foreign encoding is kept in Base64.</summary>
    private static void WritePiece(Utf8JsonWriter writer, ReadOnlySpan<byte> piece)
    {
        if (System.Text.Unicode.Utf8.IsValid(piece))
        {
            writer.WriteStringValue(piece);
            return;
        }

        writer.WriteStartObject();
        writer.WriteBase64String("base64"u8, piece);
        writer.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> ReadPiece(JsonElement piece) => piece.ValueKind is JsonValueKind.Object
        ? piece.GetProperty("base64").GetBytesFromBase64()
        : Encoding.UTF8.GetBytes(piece.GetString() ?? string.Empty);

    private static ReadOnlyMemory<byte> Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
