namespace Colophon.Specs;

/// <summary>Where a change stands, read off its tasks and its place in the tree.</summary>
public enum ChangeState
{
    /// <summary>No task is ticked.</summary>
    Proposed,

    /// <summary>Some tasks are ticked, not all.</summary>
    InProgress,

    /// <summary>There are tasks and all are ticked.</summary>
    ReadyToArchive,

    /// <summary>The change lies under <c>changes/archive/</c>.</summary>
    Archived,
}
