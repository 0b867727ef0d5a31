using Colophon.Generation.Scratch;
using Colophon.Kernel.Paths;

namespace Colophon.Generation.Journal;

/// <summary>One file that a transaction writes or removes. A rename is two steps.</summary>
/// <param name="Path">The file.</param>
/// <param name="Before">What it must be beforehand; null where it must not exist.</param>
/// <param name="After">What it becomes; null where it goes.</param>
internal sealed record FileStep(WorkspacePath Path, FileState? Before, FileState? After)
{
    /// <summary>Takes a list of edits apart, removals first: a folder may take the place of a removed file and the other way round.</summary>
    internal static IReadOnlyList<FileStep> Of(IEnumerable<FileEdit> edits)
    {
        var steps = new List<FileStep>();
        foreach (var edit in edits)
        {
            if (edit is { Action: EditAction.Rename, RenamedFrom: { } old })
            {
                steps.Add(new FileStep(old, edit.Before, null));
                steps.Add(new FileStep(edit.Path, null, edit.After));
            }
            else
            {
                steps.Add(new FileStep(edit.Path, edit.Before, edit.After));
            }
        }

        return [.. steps.OrderBy(static s => s.After is not null).ThenBy(static s => s.Path)];
    }
}

/// <summary>How far a step has come.</summary>
internal enum StepState
{
    /// <summary>The file is as it was before.</summary>
    Todo,

    /// <summary>The file is as it shall be.</summary>
    Done,

    /// <summary>The file is neither: somebody else changed it.</summary>
    Foreign,
}
