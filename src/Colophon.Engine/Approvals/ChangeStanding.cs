using Colophon.Provenance.Approvals;
using Colophon.Specs;

namespace Colophon.Engine;

/// <summary>What stands in the way of applying or archiving a change.</summary>
public enum BlockerKind
{
    /// <summary>It is archived already.</summary>
    Archived,

    /// <summary>It has no tasks.</summary>
    NoTasks,

    /// <summary>Tasks are open.</summary>
    OpenTasks,

    /// <summary>No task is open.</summary>
    AllDone,

    /// <summary>It does not pass validation.</summary>
    Invalid,

    /// <summary>Approvals are missing.</summary>
    NotApproved,

    /// <summary>Somebody asked for changes.</summary>
    ChangesRequested,

    /// <summary>Which verdicts count cannot be told.</summary>
    ApprovalsInDoubt,

    /// <summary>The rules about approvals cannot be read.</summary>
    RulesUnreadable,
}

/// <summary>One thing in the way.</summary>
/// <param name="Kind">What.</param>
/// <param name="Message">In one sentence.</param>
/// <param name="Hint">What to do about it, or null.</param>
public sealed record Blocker(BlockerKind Kind, string Message, string? Hint = null);

/// <summary>Where a change stands: what its files say, what people said about it, and what it may be used for.</summary>
public sealed record ChangeStanding
{
    /// <summary>The change.</summary>
    public required Change Change { get; init; }

    /// <summary>The rules about approvals; null where they cannot be read.</summary>
    public required ApprovalPolicy? Policy { get; init; }

    /// <summary>The verdicts; null where there are none and none are asked for.</summary>
    public required ApprovalStanding? Approvals { get; init; }

    /// <summary>What keeps it from being applied.</summary>
    public required IReadOnlyList<Blocker> ApplyBlockers { get; init; }

    /// <summary>What keeps it from being archived.</summary>
    public required IReadOnlyList<Blocker> ArchiveBlockers { get; init; }

    /// <summary>Whether it can be applied.</summary>
    public bool CanApply => ApplyBlockers.Count == 0;

    /// <summary>Whether it can be archived.</summary>
    public bool CanArchive => ArchiveBlockers.Count == 0;
}
