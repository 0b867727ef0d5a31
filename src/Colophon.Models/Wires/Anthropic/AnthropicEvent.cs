using System.Text.Json;

namespace Colophon.Models.Wires.Anthropic;

/// <summary>Looks into an event without building a document.</summary>
internal static class AnthropicEvent
{
    /// <summary>Moves to the value of a member of the outermost object.</summary>
    public static bool Find(ref Utf8JsonReader reader, ReadOnlySpan<byte> member)
    {
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            throw new FormatException("An event is not an object.");
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(member);
            reader.Read();
            if (found)
                return true;
            reader.Skip();
        }

        return false;
    }
}
