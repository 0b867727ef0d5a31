using System.Text.Json;

namespace Colophon.Models.Cassettes;

/// <summary>
/// Blots secrets out of a recorded answer, byte for byte, so that its form stays what it was: those that stand whole in it, and those that a stream sends in pieces, event by event.
/// </summary>
internal static class AnswerBlot
{
    // The members of a stream's events whose values are one text together, of every wire.
    private static readonly string[] s_deltas = ["text", "partial_json", "thinking", "content", "arguments", "reasoning_content", "reasoning"];

    /// <summary>The pieces without secrets, each as long as before; those of an answer that is no text as they came.</summary>
    /// <param name="pieces">An answer as it came in.</param>
    /// <param name="blot">Blots a text, keeping its length.</param>
    internal static IReadOnlyList<byte[]> Apply(IReadOnlyList<byte[]> pieces, Func<string, string> blot)
    {
        byte[] whole = [.. pieces.SelectMany(static piece => piece)];
        if (!System.Text.Unicode.Utf8.IsValid(whole))
            return pieces;
        var places = Enumerable.Range(0, whole.Length).ToArray();
        Blot(whole, places, blot);
        foreach (var delta in Deltas(whole))
            Blot(whole, delta, blot);
        var at = 0;
        return [.. pieces.Select(piece => whole[at..(at += piece.Length)])];
    }

    /// <summary>Blots the text that the bytes at some places are together. A byte is a character here: what is blotted is blotted whole either way.</summary>
    private static void Blot(byte[] whole, IReadOnlyList<int> places, Func<string, string> blot)
    {
        var text = string.Create(places.Count, (whole, places), static (characters, from) =>
        {
            for (var i = 0; i < characters.Length; i++)
                characters[i] = (char)from.whole[from.places[i]];
        });
        var clean = blot(text);
        if (ReferenceEquals(clean, text) || clean.Length != text.Length)
            return;
        for (var i = 0; i < clean.Length; i++)
        {
            if (clean[i] != text[i])
                whole[places[i]] = (byte)clean[i];
        }
    }

    /// <summary>Where the bytes of each member's texts lie, over all events.</summary>
    private static Dictionary<string, List<int>>.ValueCollection Deltas(byte[] whole)
    {
        var found = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var start = 0; start < whole.Length;)
        {
            var length = whole.AsSpan(start).IndexOf((byte)'\n');
            var end = length < 0 ? whole.Length : start + length;
            if (whole.AsSpan(start, end - start).StartsWith("data:"u8))
                Collect(whole, start + "data:".Length, end, found);
            start = end + 1;
        }

        return found.Values;
    }

    private static void Collect(byte[] whole, int start, int end, Dictionary<string, List<int>> found)
    {
        try
        {
            var reader = new Utf8JsonReader(whole.AsSpan(start, end - start));
            string? member = null;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    member = null;
                    foreach (var delta in s_deltas)
                        member = reader.ValueTextEquals(delta) ? delta : member;
                }
                else if (reader.TokenType == JsonTokenType.String && member is not null)
                {
                    if (!found.TryGetValue(member, out var places))
                        found[member] = places = [];
                    // Behind the quote; escapes are left as they are written.
                    places.AddRange(Enumerable.Range(start + (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length));
                }
            }
        }
        catch (JsonException)
        {
            // A line such as [DONE], or one that the connection broke in.
        }
    }
}
