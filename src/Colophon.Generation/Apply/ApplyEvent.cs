using Colophon.Agent.Events;
using Colophon.Generation.Context;
using Colophon.Generation.Review;

namespace Colophon.Generation.Apply;

/// <summary>What happens while a change is applied. The listener is called in order and waited for.</summary>
public abstract record ApplyEvent
{
    private protected ApplyEvent()
    {
    }

    /// <summary>Something worth a line that is no failure.</summary>
    public sealed record Notice(string Message, string? Hint = null) : ApplyEvent;

    /// <summary>The run begins.</summary>
    public sealed record Started(string Change, string Session, string Model, int OpenTasks, int TotalTasks, bool Resumed) : ApplyEvent;

    /// <summary>Work on a task begins, or begins again after a rejection.</summary>
    public sealed record TaskStarted(ProposedTask Task, int Index, int Count, int Attempt) : ApplyEvent;

    /// <summary>The files that the model is given were chosen.</summary>
    public sealed record ContextChosen(ContextSelection Selection) : ApplyEvent;

    /// <summary>The model and its tools at work.</summary>
    public sealed record Agent(AgentEvent Event) : ApplyEvent;

    /// <summary>A proposal goes to the reviewer.</summary>
    public sealed record ProposalReady(Proposal Proposal) : ApplyEvent;

    /// <summary>A task is written, signed and ticked.</summary>
    public sealed record Accepted(ProposedTask Task, IReadOnlyList<string> Files, string Entry) : ApplyEvent;

    /// <summary>A proposal was rejected and the rejection recorded.</summary>
    public sealed record Rejected(ProposedTask Task, string Reason, string Entry, bool TriesAgain) : ApplyEvent;
}
