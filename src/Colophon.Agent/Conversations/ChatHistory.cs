using System.Text.Json;
using Colophon.Models.Wires;
using Microsoft.Extensions.AI;

namespace Colophon.Agent.Conversations;

/// <summary>The records as the messages a chat client takes. Each record is turned once and kept, so a long run costs no more a turn than a short one.</summary>
internal sealed class ChatHistory(Conversation conversation)
{
    private readonly List<ChatMessage> _messages = [];

    /// <summary>The messages of all records so far. The list is this object's own: clients read it and keep nothing of it.</summary>
    internal IReadOnlyList<ChatMessage> Messages
    {
        get
        {
            for (var i = _messages.Count; i < conversation.Items.Count; i++)
                _messages.Add(ToMessage(conversation.Items[i]));
            return _messages;
        }
    }

    private static ChatMessage ToMessage(ConversationItem item) => item switch
    {
        ConversationItem.System system => new ChatMessage(ChatRole.System, system.Text),
        ConversationItem.User user => new ChatMessage(ChatRole.User, user.Text),
        ConversationItem.Assistant assistant => new ChatMessage(ChatRole.Assistant, [.. assistant.Parts.Select(ToContent)]),
        // All answers go into one message: two tool messages would become two user turns on some wires.
        ConversationItem.ToolResults results => new ChatMessage(ChatRole.Tool, [.. results.Answers.Select(ToContent)]),
        _ => throw new InvalidOperationException($"{item.GetType().Name} is not a record the loop knows."),
    };

    private static AIContent ToContent(AssistantPart part) => part switch
    {
        AssistantPart.Text text => new TextContent(text.Value),
        AssistantPart.Reasoning reasoning => new TextReasoningContent(reasoning.Value) { ProtectedData = reasoning.Protected },
        AssistantPart.Call call => ToolCallArguments.Create(call.Id, call.Name, call.Arguments),
        AssistantPart.Block block => ToBlock(block),
        _ => throw new InvalidOperationException($"{part.GetType().Name} is not a part the loop knows."),
    };

    private static FunctionResultContent ToContent(ToolAnswer answer) =>
        new(answer.CallId, answer.Text) { Exception = answer.IsError ? new ToolFailure(answer.Text) : null };

    private static WireBlockContent ToBlock(AssistantPart.Block block)
    {
        using var document = JsonDocument.Parse(block.Json);
        return new WireBlockContent(block.Wire, document.RootElement.Clone());
    }

    /// <summary>Marks an answer as a failure for the wires that can say so.</summary>
    private sealed class ToolFailure(string message) : Exception(message);
}
