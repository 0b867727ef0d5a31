namespace Colophon.Specs.Watching;

/// <summary>Something that happened to a tree while it was watched. The cases are closed.</summary>
public abstract record TreeEvent
{
    private protected TreeEvent()
    {
    }

    /// <summary>A change was made, or came back.</summary>
    /// <param name="Change">The change as it is now.</param>
    public sealed record ChangeAdded(ChangeSummary Change) : TreeEvent;

    /// <summary>A change's folder is gone, and not because it was archived.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record ChangeRemoved(string Name) : TreeEvent;

    /// <summary>A change was archived.</summary>
    /// <param name="Name">The name it had.</param>
    /// <param name="ArchivedAs">The folder under <c>changes/archive/</c>.</param>
    public sealed record ChangeArchived(string Name, string ArchivedAs) : TreeEvent;

    /// <summary>A change stands elsewhere than before.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Before">Where it stood.</param>
    /// <param name="After">Where it stands.</param>
    public sealed record ChangeStateChanged(string Name, ChangeState Before, ChangeState After) : TreeEvent;

    /// <summary>A task's box was ticked.</summary>
    /// <param name="Change">The change's name.</param>
    /// <param name="Task">The task.</param>
    public sealed record TaskTicked(string Change, TaskItem Task) : TreeEvent;

    /// <summary>A ticked task was opened again.</summary>
    /// <param name="Change">The change's name.</param>
    /// <param name="Task">The task.</param>
    public sealed record TaskReopened(string Change, TaskItem Task) : TreeEvent;

    /// <summary>A change has more tasks or fewer than before.</summary>
    /// <param name="Change">The change as it is now.</param>
    /// <param name="Before">The number of tasks before.</param>
    public sealed record TasksChanged(ChangeSummary Change, int Before) : TreeEvent;

    /// <summary>There is a new main spec.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record SpecAdded(string Id) : TreeEvent;

    /// <summary>A main spec reads differently.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record SpecChanged(string Id) : TreeEvent;

    /// <summary>A main spec is gone.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record SpecRemoved(string Id) : TreeEvent;

    /// <summary>The findings about a change or a main spec are not what they were. Findings that only moved to another line are still the same.</summary>
    /// <param name="Item">The item with all findings of today.</param>
    /// <param name="Appeared">The findings that are new.</param>
    /// <param name="Solved">The findings that are gone.</param>
    public sealed record ProblemsChanged(ValidationItem Item, IReadOnlyList<ValidationIssue> Appeared, IReadOnlyList<ValidationIssue> Solved) : TreeEvent;

    /// <summary>Everything was read again, because it could not be told what had changed; the events around it say what is different.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Rescanned(string Reason) : TreeEvent;

    /// <summary>A folder of the tree cannot be listed; what was known stands until it can.</summary>
    /// <param name="Message">The reason.</param>
    public sealed record Unreadable(string Message) : TreeEvent;
}
