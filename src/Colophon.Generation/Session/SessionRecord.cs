namespace Colophon.Generation.Session;

/// <summary>Where a session stands.</summary>
internal enum SessionState
{
    /// <summary>The model works on a task.</summary>
    Generating,

    /// <summary>A proposal is finished and its generation recorded; the reviewer has not answered, or the answer could not be carried out.</summary>
    AwaitingReview,

    /// <summary>Everything that was asked for is done.</summary>
    Done,
}

/// <summary>The head of a session: enough to go on after the program was killed.</summary>
internal sealed record SessionRecord
{
    /// <summary>The session's id: its start time and some random digits; also the name of its folder.</summary>
    public required string Id { get; init; }

    /// <summary>The change.</summary>
    public required string Change { get; init; }

    /// <summary>The process that works on it.</summary>
    public required int Process { get; init; }

    /// <summary>The model, as <c>provider/model</c>.</summary>
    public required string Model { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Where it stands.</summary>
    public SessionState State { get; init; }

    /// <summary>The task it is at; null before the first.</summary>
    public string? Task { get; init; }

    /// <summary>The try it is at, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>How many records the conversation had when the try began.</summary>
    public int FirstItem { get; init; }

    /// <summary>The id of the try's generation entry: chosen when the try begins, so that a resumed session never records it twice.</summary>
    public string? GenerationId { get; init; }

    /// <summary>The id of the decision entry that follows it.</summary>
    public string? DecisionId { get; init; }

    /// <summary>The leaf of the generation entry, once it is recorded.</summary>
    public string? GenerationLeaf { get; init; }
}
