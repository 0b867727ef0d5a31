using Colophon.Generation.Review;

namespace Colophon.Engine;

/// <summary>What happens while an engine works. A closed union: hosts switch over it and show what they like. A failure is an exception, never an event.</summary>
public abstract record EngineEvent
{
    private protected EngineEvent()
    {
    }

    /// <summary>Something worth a line that is no failure.</summary>
    /// <param name="Message">One sentence.</param>
    /// <param name="Hint">What the user can do about it, or null.</param>
    public sealed record Notice(string Message, string? Hint = null) : EngineEvent;

    /// <summary>The run begins.</summary>
    /// <param name="Change">The change.</param>
    /// <param name="Session">The session's id, the name of its folder below <c>.colophon/state/sessions</c>.</param>
    /// <param name="Model">The model, as <c>provider/model</c>.</param>
    /// <param name="OpenTasks">How many tasks are to be done.</param>
    /// <param name="TotalTasks">How many tasks the change has.</param>
    /// <param name="Resumed">Whether an interrupted session goes on.</param>
    public sealed record ApplyStarted(string Change, string Session, string Model, int OpenTasks, int TotalTasks, bool Resumed) : EngineEvent;

    /// <summary>Work on a task begins, or begins again after a rejection.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Index">Its place among the tasks of this run, from 1.</param>
    /// <param name="Count">How many tasks this run has.</param>
    /// <param name="Attempt">Which try this is, from 1.</param>
    public sealed record TaskStarted(ProposedTask Task, int Index, int Count, int Attempt) : EngineEvent;

    /// <summary>What the model is given to read, and why.</summary>
    /// <param name="Choices">The files in the order of their rank, those left out included.</param>
    /// <param name="Tokens">The estimate of what was taken.</param>
    /// <param name="Budget">The most that may be taken, in tokens.</param>
    public sealed record ContextChosen(IReadOnlyList<ContextChoice> Choices, int Tokens, int Budget) : EngineEvent;

    /// <summary>The model is asked.</summary>
    /// <param name="Number">Which turn of this try, from 1.</param>
    public sealed record TurnStarted(int Number) : EngineEvent;

    /// <summary>A piece of the model's text.</summary>
    /// <param name="Text">The piece; may hold control characters: escape before showing.</param>
    public sealed record TextDelta(string Text) : EngineEvent;

    /// <summary>A tool runs.</summary>
    /// <param name="Call">The call's id.</param>
    /// <param name="Tool">The tool's name.</param>
    /// <param name="Summary">One line on what it does, such as the path it reads; may hold what the model wrote.</param>
    public sealed record ToolStarted(string Call, string Tool, string Summary) : EngineEvent;

    /// <summary>A tool ended.</summary>
    /// <param name="Call">The call's id.</param>
    /// <param name="Tool">The tool's name.</param>
    /// <param name="Succeeded">False where the model was told of a failure.</param>
    /// <param name="Duration">How long it took.</param>
    public sealed record ToolFinished(string Call, string Tool, bool Succeeded, TimeSpan Duration) : EngineEvent;

    /// <summary>What the run has used so far.</summary>
    /// <param name="TokensIn">Input tokens.</param>
    /// <param name="TokensOut">Output tokens.</param>
    /// <param name="TokensCached">Those of the input tokens that came from the provider's cache.</param>
    /// <param name="CostMicros">Cost in millionths of the price list's currency, as far as prices are known.</param>
    /// <param name="IsPriced">Whether the price of every reply is known.</param>
    public sealed record UsageChanged(long TokensIn, long TokensOut, long TokensCached, long CostMicros, bool IsPriced) : EngineEvent;

    /// <summary>The model could not be asked and is asked again.</summary>
    /// <param name="Reason">Why, in a few words.</param>
    /// <param name="Wait">After how long.</param>
    public sealed record ModelWaiting(string Reason, TimeSpan Wait) : EngineEvent;

    /// <summary>A proposal goes to the reviewer.</summary>
    /// <param name="Proposal">The proposal.</param>
    public sealed record ProposalReady(Proposal Proposal) : EngineEvent;

    /// <summary>A task is written, signed and ticked.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Files">The paths that were written or removed.</param>
    /// <param name="Entry">The leaf of the decision entry.</param>
    public sealed record TaskAccepted(ProposedTask Task, IReadOnlyList<string> Files, string Entry) : EngineEvent;

    /// <summary>A proposal was rejected and the rejection recorded.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Reason">The reviewer's words.</param>
    /// <param name="Entry">The leaf of the decision entry.</param>
    /// <param name="TriesAgain">Whether the model gets another try.</param>
    public sealed record TaskRejected(ProposedTask Task, string Reason, string Entry, bool TriesAgain) : EngineEvent;

    /// <summary>The run is over.</summary>
    /// <param name="Outcome">How it ended.</param>
    /// <param name="Accepted">The tasks that were done.</param>
    /// <param name="OpenTasks">How many tasks of the change are still open.</param>
    public sealed record ApplyFinished(ApplyOutcome Outcome, IReadOnlyList<string> Accepted, int OpenTasks) : EngineEvent;
}

/// <summary>A file that was considered for the model's context.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">Why it was considered, such as <c>named in the task</c>.</param>
/// <param name="Score">Its rank; more is better.</param>
/// <param name="Tokens">Its size as an estimate.</param>
/// <param name="Taken">Whether it fitted the budget.</param>
public sealed record ContextChoice(string Path, string Reason, int Score, int Tokens, bool Taken);
