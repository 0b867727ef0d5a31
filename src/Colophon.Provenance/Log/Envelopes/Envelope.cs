using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Colophon.Kernel.Json;
using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Log;

/// <summary>
/// A signed document on disk: the payload on one line, then <c>{"payloadType":…,"signatures":[…]}</c>. Entries and trust files share this form.
/// </summary>
internal sealed record Envelope(string PayloadType, ReadOnlyMemory<byte> Payload, IReadOnlyList<EntrySignature> Signatures)
{
    internal const int MaximumSignatures = 64;

    /// <summary>The signed bytes.</summary>
    internal byte[] Pae { get; } = Log.Pae.Of(PayloadType, Payload.Span);

    /// <summary>Makes and signs an envelope; the payload must be one line.</summary>
    internal static Envelope Seal(string payloadType, ReadOnlyMemory<byte> payload, params ReadOnlySpan<SigningKey> keys)
    {
        var pae = Log.Pae.Of(payloadType, payload.Span);
        var signatures = new List<EntrySignature>(keys.Length);
        foreach (var key in keys)
            signatures.Add(new EntrySignature(key.KeyId, key.Sign(pae)));
        return new Envelope(payloadType, payload, signatures);
    }

    /// <summary>Reads a file's bytes. A carriage return before either line feed is tolerated: some checkouts add it.</summary>
    internal static bool TryRead(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out Envelope? envelope, out string fault)
    {
        envelope = null;
        var first = file.Span.IndexOf((byte)'\n');
        if (first < 0)
            return Refuse("It has no payload line.", out fault);
        var rest = file[(first + 1)..];
        if (rest.IsEmpty || rest.Span.IndexOf((byte)'\n') != rest.Length - 1)
            return Refuse("It does not consist of two lines.", out fault);
        var line = Strip(rest[..^1]);
        if (StrictJson.Check(line.Span, StrictJsonOptions.ForSigning).Diagnostic is { } diagnostic)
            return Refuse($"Its signature line: {diagnostic.Message}", out fault);
        if (!TryReadSignatures(line.Span, out var type, out var signatures))
            return Refuse("Its signature line has the wrong members.", out fault);
        envelope = new Envelope(type, Strip(file[..first]), signatures);
        fault = "";
        return true;
    }

    internal byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(Payload.Length + 320);
        buffer.Write(Payload.Span);
        buffer.Write("\n"u8);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("payloadType", PayloadType);
            json.WriteStartArray("signatures");
            foreach (var signature in Signatures)
            {
                json.WriteStartObject();
                json.WriteString("keyid", signature.KeyId);
                json.WriteBase64String("sig", signature.Signature.Span);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static bool TryReadSignatures(ReadOnlySpan<byte> line, out string type, out List<EntrySignature> signatures)
    {
        (type, signatures) = ("", []);
        var reader = new Utf8JsonReader(line);
        // Only what stands in the list of signatures is one: whatever else looks like it says nothing.
        var listed = false;
        string? member = null, section = null, keyId = null, signature = null;
        while (reader.Read())
        {
            switch (reader.CurrentDepth, reader.TokenType)
            {
                case (_, JsonTokenType.PropertyName):
                    member = reader.GetString();
                    section = reader.CurrentDepth == 1 ? member : section;
                    break;
                case (1, JsonTokenType.String) when section == "payloadType":
                    type = reader.GetString() ?? "";
                    break;
                case (1, not (JsonTokenType.StartArray or JsonTokenType.EndArray)) when section == "signatures":
                    return false;
                case (1, _):
                    listed = section == "signatures" && reader.TokenType == JsonTokenType.StartArray;
                    break;
                case (2, not (JsonTokenType.StartObject or JsonTokenType.EndObject)) when listed:
                    return false;
                case (3, JsonTokenType.String) when listed && member == "keyid":
                    keyId = reader.GetString();
                    break;
                case (3, JsonTokenType.String) when listed && member == "sig":
                    signature = reader.GetString();
                    break;
                case (2, JsonTokenType.EndObject) when listed:
                    if (keyId is null || signature is null || Decode(signature) is not { } bytes || signatures.Count == MaximumSignatures)
                        return false;
                    signatures.Add(new EntrySignature(keyId, bytes));
                    (keyId, signature) = (null, null);
                    break;
            }
        }

        return type.Length > 0;
    }

    // DSSE: a reader accepts either base64 alphabet.
    private static byte[]? Decode(string text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        // The platform's reader passes over white space, so one signature could be written in many ways.
        if (text.AsSpan().ContainsAny(" \t\r\n"))
            return null;
        return Convert.TryFromBase64String(text.Replace('-', '+').Replace('_', '/'), bytes, out var length) ? bytes[..length] : null;
    }

    private static ReadOnlyMemory<byte> Strip(ReadOnlyMemory<byte> line) => line.Span.EndsWith("\r"u8) ? line[..^1] : line;

    private static bool Refuse(string reason, out string fault)
    {
        fault = reason;
        return false;
    }
}
