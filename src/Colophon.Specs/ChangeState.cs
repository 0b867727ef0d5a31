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

/// <summary>Why a change cannot be applied, or archived, as far as its own files say.</summary>
public enum StepBlocker
{
    /// <summary>Nothing stands in the way.</summary>
    None,

    /// <summary>It is archived already.</summary>
    Archived,

    /// <summary>It has no tasks.</summary>
    NoTasks,

    /// <summary>Tasks are open, so it cannot be archived.</summary>
    OpenTasks,

    /// <summary>Every task is done, so there is nothing to apply.</summary>
    AllDone,
}
