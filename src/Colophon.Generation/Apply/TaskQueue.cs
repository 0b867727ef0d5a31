using Colophon.Generation.Errors;
using Colophon.Kernel.Words;
using Colophon.Specs;

namespace Colophon.Generation.Apply;

/// <summary>Decides which tasks of a change are done, and that each of them can be ticked afterwards, before any money is spent.</summary>
internal static class TaskQueue
{
    /// <summary>The open tasks in the order of the file, or the one that is asked for; empty where nothing is open.</summary>
    /// <exception cref="GenerationException"><see cref="GenerationError.TaskNotFound"/> or <see cref="GenerationError.NoTasks"/>.</exception>
    /// <exception cref="SpecException">Two tasks carry one number, or a box cannot be ticked.</exception>
    internal static IReadOnlyList<TaskItem> Of(Change change, string root, string? only)
    {
        if (change.IsArchived)
            throw new GenerationException(GenerationError.NoTasks, $"The change '{change.Name}' is archived.", "Name an active change; `colophon list` shows them.");
        if (change.Tasks.Items.Count == 0)
            throw new GenerationException(GenerationError.NoTasks, $"The change '{change.Name}' has no tasks.", $"Write them in {change.TasksPath} as \"- [ ] 1.1 Description\".");
        if (only is not null && change.Tasks.Items.All(t => t.Id != only))
        {
            var meant = EditDistance.Closest(only, change.Tasks.Items.Select(static t => t.Id)) is { } closest ? $"Did you mean {closest}? " : "";
            throw new GenerationException(
                GenerationError.TaskNotFound, $"The change '{change.Name}' has no task {only}.", $"{meant}Its tasks are {string.Join(", ", change.Tasks.Items.Select(static t => t.Id))}.");
        }

        var open = change.Tasks.Items.Where(t => !t.Done && (only is null || t.Id == only)).ToList();
        var file = File.ReadAllBytes(Path.Combine(root, change.TasksPath));
        foreach (var task in open)
        {
            var tick = TaskList.Tick(file, task.Id);
            if (tick.Bytes is null)
                throw new SpecException(tick.Error == TickError.Ambiguous ? SpecError.TaskAmbiguous : SpecError.TaskNotTickable, tick.Message, $"Mend {change.TasksPath}.");
        }

        return open;
    }
}
