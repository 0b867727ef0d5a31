using Colophon.Specs;

namespace Colophon.Cli.Commands.Specs;

/// <summary>A task as one line.</summary>
internal static class TaskText
{
    /// <summary>Its number, or its place where it has none, and what it says; a number that the text begins with is not said twice.</summary>
    public static string Of(TaskItem task) => BeginsWithId(task) ? task.Description : $"{task.Id} {task.Description}";

    private static bool BeginsWithId(TaskItem task)
    {
        var rest = task.Description.StartsWith(task.Id, StringComparison.Ordinal) ? task.Description.AsSpan(task.Id.Length) : [];
        return rest.StartsWith(" ") || rest.StartsWith(". ") || rest.StartsWith(") ");
    }
}
