using Colophon.Specs.Parsing;

namespace Colophon.Specs.Incremental;

/// <summary>The tasks of a change in as little memory as telling which box was ticked takes.</summary>
/// <param name="Marks">For every task in order: its description's hash, and whether it is done.</param>
internal readonly record struct TaskMarks(IReadOnlyList<(int Text, bool Done)> Marks)
{
    internal static readonly TaskMarks None = new([]);

    internal int Total => Marks.Count;

    internal int Done => Marks.Count(static mark => mark.Done);

    internal ChangeState State => Done == 0 ? ChangeState.Proposed : Done < Total ? ChangeState.InProgress : ChangeState.ReadyToArchive;

    internal static TaskMarks Of(string? text)
    {
        if (text is null)
            return None;
        List<(int, bool)>? marks = null;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range);
            if (TaskLine.TryRead(line, out var task))
                (marks ??= []).Add((string.GetHashCode(task.Description(line), StringComparison.Ordinal), task.Done));
        }

        return marks is null ? None : new TaskMarks(marks);
    }

    /// <summary>Which tasks, by their place in this list, have another mark than before; tasks are known again by their words.</summary>
    internal List<int> Changed(TaskMarks before)
    {
        var old = new Dictionary<int, Queue<bool>>();
        foreach (var (text, done) in before.Marks)
        {
            if (!old.TryGetValue(text, out var queue))
                old.Add(text, queue = new Queue<bool>());
            queue.Enqueue(done);
        }

        var changed = new List<int>();
        for (var i = 0; i < Marks.Count; i++)
        {
            if (old.TryGetValue(Marks[i].Text, out var queue) && queue.TryDequeue(out var done) && done != Marks[i].Done)
                changed.Add(i);
        }

        return changed;
    }
}
