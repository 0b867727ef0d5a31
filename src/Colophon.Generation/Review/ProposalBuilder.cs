using Colophon.Generation.Errors;
using Colophon.Generation.Scratch;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Paths;

namespace Colophon.Generation.Review;

/// <summary>
/// Measures what a model did against the user's tree as it is now: where the user changed the same file in other places, both changes are brought together;
/// where they meet, nothing is proposed.
/// </summary>
internal static class ProposalBuilder
{
    /// <summary>The changes that can be written over the user's tree as it is now.</summary>
    /// <exception cref="GenerationException"><see cref="GenerationError.FileChangedByUser"/>: the user's change and the model's meet.</exception>
    internal static ChangeSet OntoUserTree(ChangeSet changes, string root, string scratch)
    {
        var tree = new RealTree(root);
        var workspace = new Workspace(root);
        var leftOut = changes.LeftOut.ToList();
        var edits = new List<FileEdit>();
        var gone = changes.Edits.Select(static e => e.Action == EditAction.Delete ? e.Path.Value : e.RenamedFrom?.Value).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var conflicts = new List<string>();
        foreach (var edit in changes.Edits)
        {
            if (edit.Action is EditAction.Create or EditAction.Rename && !gone.Contains(edit.Path.Value) && Twin(workspace, edit.Path) is { } why)
                leftOut.Add(why);
            else if (edit.Action != EditAction.Delete && !names.Add(edit.Path.Value))
                leftOut.Add($"'{edit.Path}' differs from another new file only by case.");
            else if (Rebase(edit, tree) is { } rebased)
                edits.Add(rebased);
            else if (!Same(tree.Read(edit.RenamedFrom ?? edit.Path), edit.After))
                conflicts.Add(edit.Path.Value);
        }

        if (conflicts.Count == 0)
            return new ChangeSet(edits, leftOut);
        throw new GenerationException(
            GenerationError.FileChangedByUser,
            $"You changed {string.Join(", ", conflicts.Select(static c => $"'{c}'"))} in the places that the model changed too; nothing was written.",
            $"Your text stands. The model's is kept in {scratch}: take what you want from there, or run the command again without --resume for a fresh try.");
    }

    private static FileEdit? Rebase(FileEdit edit, RealTree tree)
    {
        var now = tree.Read(edit.RenamedFrom ?? edit.Path);
        if (edit.Action == EditAction.Rename && tree.Read(edit.Path) is not null)
            return null;
        if (Same(now, edit.Before))
            return edit with { Before = now };
        if (edit is not { Before: { IsBinary: false, IsLink: false } before, After: { IsBinary: false, IsLink: false } after } || now is not { IsBinary: false, IsLink: false })
            return null;
        return ThreeWay.Merge(before.Content, now.Content, after.Content) is { } merged ? edit with { Before = now, After = after with { Content = merged } } : null;
    }

    private static bool Same(FileState? one, FileState? other) => one is null ? other is null : one.Same(other);

    private static string? Twin(Workspace workspace, WorkspacePath path)
    {
        try
        {
            _ = workspace.Resolve(path);
            return null;
        }
        catch (KernelException e)
        {
            return e.Message;
        }
    }
}
