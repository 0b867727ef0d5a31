using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires.OpenAiChat;

/// <summary>A tool call being put together from its pieces.</summary>
internal sealed class OpenAiCall
{
    private readonly ArrayBufferWriter<byte> _arguments = new();

    /// <summary>The provider's number of the call; null where it gives none.</summary>
    public int? Index { get; init; }

    public string? Id { get; set; }

    public string? Name { get; set; }

    /// <summary>Appends a piece of the arguments; the reader stands on a string, or on an object from servers that send it so.</summary>
    public void Append(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                _arguments.Advance(reader.CopyString(_arguments.GetSpan(reader.ValueSpan.Length)));
                break;
            case JsonTokenType.Null:
                break;
            default:
                _arguments.Write(Encoding.UTF8.GetBytes(JsonElement.ParseValue(ref reader).GetRawText()));
                break;
        }
    }

    public void Append(OpenAiCall piece) => _arguments.Write(piece._arguments.WrittenSpan);

    public FunctionCallContent ToContent(int position) =>
        ToolCallArguments.Create(Id ?? $"call_{position}", Name ?? string.Empty, Encoding.UTF8.GetString(_arguments.WrittenSpan));
}
