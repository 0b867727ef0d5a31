namespace Colophon.Engine;

/// <summary>Asks for a change's open tasks to be turned into reviewed, signed code.</summary>
public sealed record ApplyRequest
{
    /// <summary>The change's name.</summary>
    public required string Change { get; init; }

    /// <summary>Only this task, such as <c>1.2</c>; null means every open task in order.</summary>
    public string? Task { get; init; }

    /// <summary>Go on from the last interrupted session of this change, where there is one.</summary>
    public bool Resume { get; init; }
}

/// <summary>How an apply ended.</summary>
public enum ApplyOutcome
{
    /// <summary>Every task that was asked for is done.</summary>
    Done,

    /// <summary>There was no open task.</summary>
    NothingToDo,

    /// <summary>A proposal was rejected for good; the rejection is recorded and the remaining tasks are open.</summary>
    Rejected,

    /// <summary>The reviewer stopped; the session can be resumed.</summary>
    Stopped,
}
