using System.Text;

namespace Colophon.Agent.Conversations;

/// <summary>An append-only list of records. Not for more than one thread at a time; an <see cref="AgentLoop"/> run is its only writer while it runs.</summary>
public sealed class Conversation
{
    private readonly List<ConversationItem> _items;

    /// <summary>Starts an empty conversation.</summary>
    public Conversation() => _items = [];

    private Conversation(List<ConversationItem> items) => _items = items;

    /// <summary>The records, oldest first.</summary>
    public IReadOnlyList<ConversationItem> Items => _items;

    /// <summary>The text of the model's last reply; null before the first.</summary>
    public string? LastText => _items.OfType<ConversationItem.Assistant>().LastOrDefault()?.Text;

    /// <summary>Calls at the end that have no answer: the run was killed between a reply and its results.</summary>
    public IReadOnlyList<AssistantPart.Call> Unanswered => _items is [.., ConversationItem.Assistant last] ? last.Calls : [];

    /// <summary>Whether the model has had its last word: its last reply is whole and calls nothing.</summary>
    public bool IsFinished => _items is [.., ConversationItem.Assistant { Calls.Count: 0, IsCut: false }];

    /// <summary>Starts a conversation with its instructions and the first request.</summary>
    public static Conversation Start(string system, string user) => new([new ConversationItem.System(system), new ConversationItem.User(user)]);

    /// <summary>Reads a conversation from JSON lines, as <see cref="ConversationJson.Line"/> wrote them.</summary>
    /// <param name="jsonLines">UTF-8. A last line that is torn, because the writer was killed, is dropped.</param>
    /// <returns>The conversation up to the first line that cannot be read, and what is wrong with that line; null where nothing is.</returns>
    public static (Conversation Conversation, string? Problem) Parse(ReadOnlySpan<byte> jsonLines)
    {
        var items = new List<ConversationItem>();
        while (!jsonLines.IsEmpty)
        {
            var end = jsonLines.IndexOf((byte)'\n');
            if (end < 0)
                return (new Conversation(items), $"Line {items.Count + 1} was not written to its end and is left out.");
            if (!ConversationJson.TryRead(jsonLines[..end], out var item, out var why))
                return (new Conversation(items), $"Line {items.Count + 1} is no record of a conversation: {why}");
            items.Add(item);
            jsonLines = jsonLines[(end + 1)..];
        }

        return (new Conversation(items), null);
    }

    /// <summary>Adds a record at the end. Callers add <see cref="ConversationItem.User"/> records; the loop adds the others.</summary>
    public void Append(ConversationItem item) => _items.Add(item);

    /// <summary>Forgets a last reply whose calls have no answer, so that the model is asked again. What was sent before stays a prefix of what will be.</summary>
    /// <returns>False where there was none.</returns>
    public bool DropUnanswered()
    {
        if (Unanswered.Count == 0)
            return false;
        _items.RemoveAt(_items.Count - 1);
        return true;
    }

    /// <summary>The whole conversation as JSON lines.</summary>
    public byte[] ToJsonLines()
    {
        using var stream = new MemoryStream();
        foreach (var item in _items)
            stream.Write(ConversationJson.Line(item));
        return stream.ToArray();
    }

    /// <summary>The conversation as JSON lines, for people.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToJsonLines());
}
