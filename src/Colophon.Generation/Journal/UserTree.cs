using System.Text;
using Colophon.Generation.Scratch;
using Colophon.Kernel.Files;
using Colophon.Kernel.Paths;

namespace Colophon.Generation.Journal;

/// <summary>The user's own tree, as transactions write to it: one file at a time, each whole or not at all.</summary>
internal sealed class UserTree(string root)
{
    private readonly Workspace _workspace = new(root);

    /// <summary>How far a step has come.</summary>
    public StepState StateOf(FileStep step)
    {
        var now = FileState.Read(Place(step.Path));
        return Equal(now, step.After) ? StepState.Done : Equal(now, step.Before) ? StepState.Todo : StepState.Foreign;
    }

    /// <summary>Puts a file into a state: written, made a link, or removed.</summary>
    /// <exception cref="Kernel.Errors.KernelException">The disk is full or read-only, or the path leads out; the file is as it was.</exception>
    /// <exception cref="IOException">A removal failed.</exception>
    public void Put(WorkspacePath path, FileState? state)
    {
        var place = Place(path);
        if (state is null)
            Remove(place);
        else if (state.IsLink)
            Link(place, Encoding.UTF8.GetString(state.Content));
        else
            AtomicFile.Write(place, state.Content, state.Mode);
    }

    /// <summary>The folders a step would have to make.</summary>
    public IEnumerable<string> MissingFolders(FileStep step)
    {
        var parts = step.Path.Value.Split('/');
        for (var count = 1; count < parts.Length; count++)
        {
            var folder = string.Join('/', parts[..count]);
            if (!Directory.Exists(Path.Combine(_workspace.Root, folder)))
                yield return folder;
        }
    }

    /// <summary>Removes folders that a transaction made, where nothing else has come into them. Deepest first.</summary>
    public void RemoveEmpty(IEnumerable<string> folders)
    {
        foreach (var folder in folders.OrderByDescending(static f => f.Length))
        {
            var place = Path.Combine(_workspace.Root, folder);
            if (Directory.Exists(place) && !Directory.EnumerateFileSystemEntries(place).Any())
                Directory.Delete(place);
        }
    }

    /// <summary>Removes what a killed write left beside a file.</summary>
    public void Sweep(WorkspacePath path)
    {
        var place = Place(path);
        if (Path.GetDirectoryName(place) is not { } folder || !Directory.Exists(folder))
            return;
        foreach (var left in Directory.EnumerateFiles(folder, $"*{AtomicFile.TemporarySuffix}"))
        {
            if (Path.GetFileName(left).StartsWith(AtomicFile.TemporaryPrefix(path.Name), StringComparison.Ordinal))
                File.Delete(left);
        }
    }

    // The last part is not resolved: where it is a link, the link itself is meant.
    private string Place(WorkspacePath path)
    {
        var slash = path.Value.LastIndexOf('/');
        var folder = slash < 0 ? _workspace.Root : _workspace.Resolve(WorkspacePath.Parse(path.Value[..slash]));
        var place = Path.Combine(folder, path.Name);
        return new FileInfo(place).LinkTarget is not null ? place : _workspace.Resolve(path);
    }

    private void Remove(string place)
    {
        if (!File.Exists(place) && new FileInfo(place).LinkTarget is null)
            return;
        File.Delete(place);
        var folder = Path.GetDirectoryName(place) ?? _workspace.Root;
        AtomicFile.FlushDirectory(folder);
        // As git does: a folder that lost its last file goes.
        while (folder != _workspace.Root && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
            folder = Path.GetDirectoryName(folder) ?? _workspace.Root;
        }
    }

    private static void Link(string place, string target)
    {
        var folder = Path.GetDirectoryName(place) ?? "/";
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $"{AtomicFile.TemporaryPrefix(Path.GetFileName(place))}link{AtomicFile.TemporarySuffix}");
        File.Delete(temporary);
        File.CreateSymbolicLink(temporary, target);
        File.Move(temporary, place, overwrite: true);
        AtomicFile.FlushDirectory(folder);
    }

    private static bool Equal(FileState? one, FileState? other) => one is null ? other is null : one.Same(other);
}
