using System.Text;

namespace Colophon.Specs;

/// <summary>A change: a folder directly under <c>openspec/changes/</c> (or, once archived, under <c>changes/archive/</c>) as it was when it was read.</summary>
public sealed record Change
{
    /// <summary>The folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>The folder's absolute path.</summary>
    public required string Directory { get; init; }

    /// <summary>The folder relative to the root of the tree, such as <c>openspec/changes/add-x</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The proposal's title as OpenSpec reads it: its first <c># </c> line without <c>Change:</c>; the name where that is missing or just "Proposal".</summary>
    public required string Title { get; init; }

    /// <summary>The proposal, or null where the change has none yet.</summary>
    public required Proposal? Proposal { get; init; }

    /// <summary>The text of <c>design.md</c> with line ends LF, or null where there is none.</summary>
    public required string? Design { get; init; }

    /// <summary>The tasks of <c>tasks.md</c>, empty where there is none.</summary>
    public required TaskList Tasks { get; init; }

    /// <summary>The task file relative to the root of the tree; it need not exist.</summary>
    public string TasksPath => $"{Path}/tasks.md";

    /// <summary>What the change does to each capability, ordered by capability.</summary>
    public required IReadOnlyList<DeltaSpec> Deltas { get; init; }

    /// <summary>Whether the folder lies under <c>changes/archive/</c>.</summary>
    public required bool IsArchived { get; init; }

    /// <summary>What was noticed while reading, such as a missing proposal or undecodable bytes.</summary>
    public required IReadOnlyList<SpecDiagnostic> Diagnostics { get; init; }

    /// <summary>Where the change stands.</summary>
    public ChangeState State =>
        IsArchived ? ChangeState.Archived
        : CompletedTasks == 0 ? ChangeState.Proposed
        : CompletedTasks < TotalTasks ? ChangeState.InProgress
        : ChangeState.ReadyToArchive;

    /// <summary>The number of ticked tasks.</summary>
    public int CompletedTasks => Tasks.Completed;

    /// <summary>The number of tasks.</summary>
    public int TotalTasks => Tasks.Items.Count;

    /// <summary>Ticked tasks in percent of all, rounded down; 0 where there are none.</summary>
    public int Percentage => TotalTasks == 0 ? 0 : CompletedTasks * 100 / TotalTasks;

    /// <summary>Whether there is an open task to work on.</summary>
    public bool CanApply => ApplyBlocker == StepBlocker.None;

    /// <summary>Whether every task is ticked and the change is not archived yet.</summary>
    public bool CanArchive => ArchiveBlocker == StepBlocker.None;

    /// <summary>Why there is nothing to apply.</summary>
    public StepBlocker ApplyBlocker => Blocker(StepBlocker.None, StepBlocker.AllDone);

    /// <summary>Why it cannot be archived yet.</summary>
    public StepBlocker ArchiveBlocker => Blocker(StepBlocker.OpenTasks, StepBlocker.None);

    /// <summary>All delta files one after the other, each under a line that names its capability: the form a model reads.</summary>
    public string DeltaMarkdown
    {
        get
        {
            var text = new StringBuilder();
            foreach (var delta in Deltas)
            {
                if (text.Length > 0)
                    text.Append('\n');
                text.Append("# Capability: ").Append(delta.Capability).Append("\n\n").Append(delta.Markdown.AsSpan().Trim()).Append('\n');
            }

            return text.ToString();
        }
    }

    /// <summary>Every requirement the change adds or modifies, in the order of the deltas.</summary>
    public IEnumerable<Requirement> Requirements => Deltas.SelectMany(static delta => delta.Added.Concat(delta.Modified));

    private StepBlocker Blocker(StepBlocker open, StepBlocker done) =>
        IsArchived ? StepBlocker.Archived : TotalTasks == 0 ? StepBlocker.NoTasks : CompletedTasks < TotalTasks ? open : done;
}
