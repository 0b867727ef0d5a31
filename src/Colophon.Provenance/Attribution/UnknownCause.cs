namespace Colophon.Provenance.Attribution;

/// <summary>Why nobody can say who wrote a line.</summary>
public enum UnknownReason
{
    /// <summary>The history, or the earlier content, that brought the line is not in this clone.</summary>
    HistoryNotHere,

    /// <summary>The only entry that claims the line does not verify, or what it rests on is not here.</summary>
    EntryNotValid,

    /// <summary>The commit brought an entry whose content was archived and is found nowhere.</summary>
    EntryArchived,

    /// <summary>An entry that was pruned claims the line, or came with its commit.</summary>
    EntryPruned,

    /// <summary>The commit brought an entry that was taken out of the log and is found nowhere.</summary>
    EntryDeleted,

    /// <summary>The commit brought a file in an entry's place that cannot be read as one.</summary>
    EntryUnreadable,
}

/// <summary>Why a line's owner is unknown.</summary>
/// <param name="Reason">The reason; of several the first in the order of their list.</param>
/// <param name="Text">The same for a person, without a full stop.</param>
public sealed record UnknownCause(UnknownReason Reason, string Text);
