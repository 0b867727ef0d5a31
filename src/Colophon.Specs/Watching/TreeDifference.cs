using Colophon.Specs.Incremental;
using Colophon.Specs.Layout;

namespace Colophon.Specs.Watching;

/// <summary>Turns what was found out about items into events.</summary>
internal static class TreeDifference
{
    /// <summary>The events of one item that is there.</summary>
    internal static IEnumerable<TreeEvent> Of(SpecTree tree, ItemUpdate update)
    {
        var item = update.Item;
        var isNew = update.Before.Findings is null;
        var events = new List<TreeEvent>();
        if (item.Kind == ItemKind.Change)
        {
            if (isNew)
                events.Add(new TreeEvent.ChangeAdded(ChangeSummary.Of(item)));
            else
                AddTasks(tree, update, events);
        }
        else if (isNew || update.Before.Text != item.State.Text)
        {
            events.Add(isNew ? new TreeEvent.SpecAdded(item.Id) : new TreeEvent.SpecChanged(item.Id));
        }

        if (item.State.Findings is { } findings)
            AddProblems(findings, update.Before.Findings?.Issues ?? [], events);
        return events;
    }

    private static void AddTasks(SpecTree tree, ItemUpdate update, List<TreeEvent> events)
    {
        var (before, now) = (update.Before.Tasks, update.Item.State.Tasks);
        if (now.Changed(before) is { Count: > 0 } changed)
        {
            var tasks = TaskList.Parse(FileText.Read($"{tree.ChangesPath}/{update.Item.Id}/tasks.md").Text ?? "").Items;
            // A file that was written once more in between is told of once more.
            foreach (var index in tasks.Count == now.Total ? changed : [])
                events.Add(now.Marks[index].Done ? new TreeEvent.TaskTicked(update.Item.Id, tasks[index]) : new TreeEvent.TaskReopened(update.Item.Id, tasks[index]));
        }

        if (now.Total != before.Total)
            events.Add(new TreeEvent.TasksChanged(ChangeSummary.Of(update.Item), before.Total));
        if (now.State != before.State)
            events.Add(new TreeEvent.ChangeStateChanged(update.Item.Id, before.State, now.State));
    }

    private static void AddProblems(ValidationItem item, IReadOnlyList<ValidationIssue> before, List<TreeEvent> events)
    {
        var (appeared, solved) = (Without(item.Issues, before), Without(before, item.Issues));
        if (appeared.Count + solved.Count > 0)
            events.Add(new TreeEvent.ProblemsChanged(item, appeared, solved));
    }

    private static List<ValidationIssue> Without(IReadOnlyList<ValidationIssue> issues, IReadOnlyList<ValidationIssue> others)
    {
        if (issues.Count == 0)
            return [];
        var left = others.Select(static issue => issue with { Line = null }).ToList();
        return [.. issues.Where(issue => !left.Remove(issue with { Line = null }))];
    }
}
