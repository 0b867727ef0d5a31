using Colophon.Agent.Conversations;
using Colophon.Agent.Limits;
using Colophon.Tools;

namespace Colophon.Agent.Events;

/// <summary>What happens in a run, in order. A run tells everything through one <see cref="IAgentObserver"/>.</summary>
public abstract record AgentEvent
{
    private protected AgentEvent()
    {
    }

    /// <summary>The model is about to be called.</summary>
    /// <param name="Turn">Counted from 1.</param>
    public sealed record TurnStarted(int Turn) : AgentEvent;

    /// <summary>A piece of the reply's text.</summary>
    public sealed record TextDelta(string Text) : AgentEvent;

    /// <summary>A piece of the model's reasoning.</summary>
    public sealed record ReasoningDelta(string Text) : AgentEvent;

    /// <summary>
    /// The reply broke off and the model is asked again. The pieces told since <see cref="TurnStarted"/>, or since the last of this, belong to no
    /// record; a display that showed them should say so.
    /// </summary>
    /// <param name="Attempt">The try that begins now, counted from 2.</param>
    /// <param name="Reason">What went wrong.</param>
    /// <param name="Discarded">The text that had come.</param>
    public sealed record ReplyRetried(int Attempt, string Reason, string Discarded) : AgentEvent;

    /// <summary>
    /// A record was added to the conversation. The loop goes on only when the observer returns: whoever wants to survive a crash makes the
    /// record durable here.
    /// </summary>
    public sealed record Appended(ConversationItem Item) : AgentEvent;

    /// <summary>A tool starts.</summary>
    public sealed record ToolStarted(AssistantPart.Call Call) : AgentEvent;

    /// <summary>A tool ended; calls that run side by side end in any order.</summary>
    public sealed record ToolFinished(AssistantPart.Call Call, ToolResult Result) : AgentEvent;

    /// <summary>A reply and all its calls are done.</summary>
    public sealed record TurnFinished(int Turn, AgentProgress Progress) : AgentEvent;
}

/// <summary>Where a run tells what happens. Calls come one at a time.</summary>
public interface IAgentObserver
{
    /// <summary>Takes an event; the loop waits for it.</summary>
    /// <param name="agentEvent">What happened.</param>
    /// <param name="cancellationToken">The run's; never cancelled for <see cref="AgentEvent.Appended"/>, which must not get lost.</param>
    ValueTask OnEventAsync(AgentEvent agentEvent, CancellationToken cancellationToken);
}
