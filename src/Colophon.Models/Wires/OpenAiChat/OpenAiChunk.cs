using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires.OpenAiChat;

/// <summary>One chunk, read in one pass without a document. Only the first choice counts: we never ask for more.</summary>
internal ref struct OpenAiChunk
{
    public string? Id;
    public string? Model;
    public string? Text;
    public string? Reasoning;
    public string? FinishReason;
    public long? Created;
    public UsageDetails? Usage;
    public bool IsError;

    /// <summary>Whether id and model are known already: every chunk repeats them.</summary>
    public bool HeadKnown;

    public void Read(ref Utf8JsonReader reader, List<OpenAiCall> calls)
    {
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            throw new FormatException("A chunk is not an object.");
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("choices"u8))
                ReadChoices(ref reader, calls);
            else if (!HeadKnown && reader.ValueTextEquals("id"u8) && reader.Read())
                Id = String(ref reader);
            else if (!HeadKnown && reader.ValueTextEquals("model"u8) && reader.Read())
                Model = String(ref reader);
            else if (reader.ValueTextEquals("created"u8) && reader.Read())
                Created = Number(ref reader);
            else if (reader.ValueTextEquals("usage"u8) && reader.Read())
                Usage = OpenAiUsage.Read(ref reader);
            else if (reader.ValueTextEquals("error"u8) && reader.Read())
                IsError = IsErrorValue(ref reader);
            else
                SkipValue(ref reader);
        }
    }

    private void ReadChoices(ref Utf8JsonReader reader, List<OpenAiCall> calls)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("message"u8))
                    ReadDelta(ref reader, calls);
                else if (reader.ValueTextEquals("finish_reason"u8) && reader.Read())
                    FinishReason = String(ref reader) ?? FinishReason;
                else
                    SkipValue(ref reader);
            }
        }
    }

    private void ReadDelta(ref Utf8JsonReader reader, List<OpenAiCall> calls)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content"u8) && reader.Read())
                ReadContent(ref reader);
            else if ((reader.ValueTextEquals("reasoning_content"u8) || reader.ValueTextEquals("reasoning"u8)) && reader.Read())
                Reasoning = String(ref reader) ?? Reasoning;
            else if (reader.ValueTextEquals("refusal"u8) && reader.Read())
                Text = String(ref reader) ?? Text;
            else if (reader.ValueTextEquals("tool_calls"u8))
                ReadCalls(ref reader, calls);
            else
                SkipValue(ref reader);
        }
    }

    /// <summary>Text, or, from Mistral's reasoning models, a list of pieces of text and of thinking.</summary>
    private void ReadContent(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            Text = String(ref reader) ?? Text;
            return;
        }

        foreach (var piece in JsonElement.ParseValue(ref reader).EnumerateArray())
        {
            if (piece.ValueKind is not JsonValueKind.Object)
                continue;
            if (piece.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String)
                Text += text.GetString();
            else if (piece.TryGetProperty("thinking", out var thoughts) && thoughts.ValueKind is JsonValueKind.Array)
                Reasoning += string.Concat(thoughts.EnumerateArray().Select(thought => thought.TryGetProperty("text", out var part) ? part.GetString() : null));
        }
    }

    private static void ReadCalls(ref Utf8JsonReader reader, List<OpenAiCall> calls)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
        {
            var piece = ReadCall(ref reader);
            var target = calls.FindLast(call => call.Index == piece.Index);
            // Some servers number every call 0, others not at all; a new id is a new call.
            if (target is null || (piece.Id is not null && target.Id is not null && piece.Id != target.Id))
            {
                calls.Add(piece);
                continue;
            }

            target.Id ??= piece.Id;
            target.Name ??= piece.Name;
            target.Append(piece);
        }
    }

    private static OpenAiCall ReadCall(ref Utf8JsonReader reader)
    {
        string? id = null, name = null;
        int? index = null;
        var text = new OpenAiCall();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("index"u8) && reader.Read())
                index = (int?)Number(ref reader);
            else if (reader.ValueTextEquals("id"u8) && reader.Read())
                id = String(ref reader) is { Length: > 0 } given ? given : null;
            else if (reader.ValueTextEquals("function"u8) && reader.Read() && reader.TokenType is JsonTokenType.StartObject)
                name = ReadFunction(ref reader, text) ?? name;
            else
                SkipValue(ref reader);
        }

        var call = new OpenAiCall { Index = index, Id = id, Name = name };
        call.Append(text);
        return call;
    }

    private static string? ReadFunction(ref Utf8JsonReader reader, OpenAiCall call)
    {
        string? name = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8) && reader.Read())
                name = String(ref reader) is { Length: > 0 } given ? given : null;
            else if (reader.ValueTextEquals("arguments"u8) && reader.Read())
                call.Append(ref reader);
            else
                SkipValue(ref reader);
        }

        return name;
    }

    private static string? String(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String)
            return reader.GetString();
        reader.Skip();
        return null;
    }

    private static long? Number(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.Number)
            return reader.TryGetInt64(out var value) ? value : null;
        reader.Skip();
        return null;
    }

    private static bool IsErrorValue(ref Utf8JsonReader reader)
    {
        var isError = reader.TokenType is not JsonTokenType.Null;
        reader.Skip();
        return isError;
    }

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.PropertyName)
            reader.Read();
        reader.Skip();
    }
}
