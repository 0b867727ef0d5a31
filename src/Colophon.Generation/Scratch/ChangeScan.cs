using Colophon.Kernel.Errors;
using Colophon.Kernel.Paths;

namespace Colophon.Generation.Scratch;

/// <summary>Compares a scratch tree with the state it was filled with. A file whose size, time and mode are as they were is not read.</summary>
internal sealed class ChangeScan(RealTree tree, Snapshot snapshot, ProtectedPaths protectedPaths, Originals originals)
{
    private readonly List<FileEdit> _edits = [];
    private readonly List<string> _leftOut = [];

    /// <summary>Compares every file that git lists or that was there before.</summary>
    public async Task<ChangeSet> RunAsync(IReadOnlyCollection<string> listed, CancellationToken cancellationToken)
    {
        foreach (var name in new SortedSet<string>(listed.Concat(snapshot.Files.Keys), StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (name.EndsWith('/'))
                _leftOut.Add($"'{name}' is a git repository of its own.");
            else if (WorkspacePath.TryParse(name, out var path))
                await CompareAsync(path, cancellationToken).ConfigureAwait(false);
            else
                _leftOut.Add($"'{Printable(name)}' is not a name that can be written safely.");
        }

        return new ChangeSet(Renames.Find(_edits), _leftOut);
    }

    private async Task CompareAsync(WorkspacePath path, CancellationToken cancellationToken)
    {
        var entry = snapshot.Files.GetValueOrDefault(path.Value);
        if (entry is not null && tree.HasRealParents(path) && entry.LooksLike(new FileInfo(tree.At(path))))
            return;

        FileState? now;
        try
        {
            now = tree.Read(path);
        }
        catch (KernelException e)
        {
            _leftOut.Add(e.Message);
            return;
        }

        if (now is null ? entry is null : entry is not null && Unchanged(entry, now))
            return;
        if (protectedPaths.Reason(path) is { } reason)
        {
            _leftOut.Add($"'{path}' {reason}.");
            return;
        }

        if (now is { IsLink: true } && LeadsOut(path, now))
        {
            _leftOut.Add($"'{path}' is a symbolic link that leads out of the project.");
            return;
        }

        var before = entry is null ? null : await originals.FindAsync(entry, cancellationToken).ConfigureAwait(false);
        if (entry is not null && before is null)
        {
            _leftOut.Add($"'{path}' was changed by you while the model changed it too; your text stands.");
            return;
        }

        var action = before is null ? EditAction.Create : now is null ? EditAction.Delete : EditAction.Modify;
        _edits.Add(new FileEdit { Path = path, Action = action, Before = before, After = now?.WithSafeMode(before) });
    }

    private static bool Unchanged(SnapshotEntry entry, FileState now) =>
        now.IsLink == entry.IsLink && now.Sha256 == entry.Sha256 && now.Executable == new FileState([], entry.Mode, entry.IsLink).Executable;

    private bool LeadsOut(WorkspacePath path, FileState link)
    {
        var target = System.Text.Encoding.UTF8.GetString(link.Content);
        if (target.StartsWith('/'))
            return true;
        try
        {
            // Where the link's own text leads, and where links along the way lead from there.
            var reached = Path.GetFullPath(Path.Combine(tree.Root, Path.GetDirectoryName(path.Value) ?? "", target));
            var workspace = new Workspace(tree.Root);
            if (workspace.Relative(reached) is not { } inside)
                return true;
            _ = workspace.Resolve(inside);
            return false;
        }
        catch (KernelException)
        {
            return true;
        }
    }

    private static string Printable(string name) => string.Concat(name.Select(static c => char.IsControl(c) ? '?' : c));
}
