using Colophon.Agent.Conversations;
using Colophon.Kernel.Errors;

namespace Colophon.Agent.Replies;

/// <summary>What one call of the model came to.</summary>
internal abstract record Reply
{
    private Reply()
    {
    }

    /// <summary>A whole reply; it may hold no parts at all.</summary>
    internal sealed record Whole(ConversationItem.Assistant Item) : Reply;

    /// <summary>No whole reply, after every retry.</summary>
    internal sealed record Failed(ColophonException Error) : Reply;
}
