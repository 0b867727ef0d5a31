using Colophon.Specs.Incremental;

namespace Colophon.Specs.Watching;

/// <summary>A change in short: where it stands, and how many findings there are about it.</summary>
public sealed record ChangeSummary
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required ChangeState State { get; init; }

    /// <summary>The number of ticked tasks.</summary>
    public required int CompletedTasks { get; init; }

    /// <summary>The number of tasks.</summary>
    public required int TotalTasks { get; init; }

    /// <summary>Whether it is valid, warnings counting in strict mode.</summary>
    public required bool Valid { get; init; }

    /// <summary>The number of errors.</summary>
    public required int Errors { get; init; }

    /// <summary>The number of warnings.</summary>
    public required int Warnings { get; init; }

    /// <summary>Ticked tasks in percent of all, rounded down; 0 where there are none.</summary>
    public int Percentage => TotalTasks == 0 ? 0 : CompletedTasks * 100 / TotalTasks;

    internal static ChangeSummary Of(ValidatedItem item)
    {
        var issues = item.State.Findings?.Issues ?? [];
        return new ChangeSummary
        {
            Name = item.Id,
            State = item.State.Tasks.State,
            CompletedTasks = item.State.Tasks.Done,
            TotalTasks = item.State.Tasks.Total,
            Valid = item.State.Findings?.Valid ?? true,
            Errors = issues.Count(static issue => issue.Level == IssueLevel.Error),
            Warnings = issues.Count(static issue => issue.Level == IssueLevel.Warning),
        };
    }
}
