using Colophon.Models.Errors;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires.Anthropic;

/// <summary>A message of the protocol: a turn of the user (with tool results) or of the assistant.</summary>
internal sealed record AnthropicTurn(bool IsUser, List<AIContent> Contents);

/// <summary>Arranges messages into the alternating turns that the protocol wants, with leading system text apart.</summary>
internal static class AnthropicTurns
{
    public static (List<string> System, List<AnthropicTurn> Turns) Arrange(IEnumerable<ChatMessage> messages, string? instructions, string provider)
    {
        List<string> system = [];
        List<AnthropicTurn> turns = [];
        if (!string.IsNullOrWhiteSpace(instructions))
            system.Add(instructions);
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.System)
            {
                if (turns.Count > 0)
                {
                    throw new ModelException(
                        ModelError.OptionRefused,
                        $"{provider} takes system text only before the first message.",
                        "Put it first, or say it as the user.");
                }

                if (message.Text.Length > 0)
                    system.Add(message.Text);
                continue;
            }

            Add(turns, message.Role != ChatRole.Assistant, message.Contents);
        }

        return (system, turns);
    }

    private static void Add(List<AnthropicTurn> turns, bool isUser, IList<AIContent> contents)
    {
        AnthropicTurn? turn = turns.Count > 0 && turns[^1].IsUser == isUser ? turns[^1] : null;
        foreach (var content in contents)
        {
            // The protocol refuses empty text; usage is an account, not a content.
            if (content is UsageContent || (content is TextContent { Text: var text } && string.IsNullOrEmpty(text)))
                continue;
            if (turn is null)
                turns.Add(turn = new AnthropicTurn(isUser, []));
            if (content is TextReasoningContent reasoning)
                AddReasoning(turn.Contents, reasoning);
            else
                turn.Contents.Add(content);
        }

        Trim(turns);
    }

    /// <summary>Streamed thinking comes as pieces of text and then a signature; the block goes back as one.</summary>
    private static void AddReasoning(List<AIContent> contents, TextReasoningContent piece)
    {
        if (contents.Count > 0 && contents[^1] is TextReasoningContent { ProtectedData: null } open
            && piece.ProtectedData?.StartsWith(AnthropicBlocks.RedactedPrefix, StringComparison.Ordinal) != true)
        {
            contents[^1] = new TextReasoningContent(open.Text + piece.Text) { ProtectedData = piece.ProtectedData };
        }
        else
        {
            contents.Add(piece);
        }
    }

    /// <summary>Thinking without a signature is another provider's; the protocol would refuse it, so it is left out of the history.</summary>
    private static void Trim(List<AnthropicTurn> turns)
    {
        if (turns.Count == 0)
            return;
        turns[^1].Contents.RemoveAll(content => content is TextReasoningContent { ProtectedData: null });
        if (turns[^1].Contents.Count == 0)
            turns.RemoveAt(turns.Count - 1);
    }
}
