using Colophon.Kernel.Paths;

namespace Colophon.Generation.Scratch;

/// <summary>
/// Reaches files below a root without ever passing through a symbolic link: a model may have put one where a folder was, and what lies behind it is
/// not ours to read or write.
/// </summary>
internal sealed class RealTree(string root)
{
    /// <summary>The root, absolute.</summary>
    public string Root { get; } = root;

    /// <summary>The absolute path, whatever lies there.</summary>
    public string At(WorkspacePath path) => Path.Combine(Root, path.Value);

    /// <summary>What stands at the path: null where nothing does, or where only a link leads there.</summary>
    /// <exception cref="Kernel.Errors.KernelException">It cannot be read or is too long.</exception>
    public FileState? Read(WorkspacePath path) => HasRealParents(path) ? FileState.Read(At(path)) : null;

    /// <summary>Whether every folder on the way is a real folder.</summary>
    public bool HasRealParents(WorkspacePath path)
    {
        var current = Root;
        foreach (var part in path.Value.Split('/').AsSpan()[..^1])
        {
            current = Path.Combine(current, part);
            var info = new DirectoryInfo(current);
            if (!info.Exists || info.LinkTarget is not null)
                return false;
        }

        return true;
    }

    /// <summary>Makes the folders on the way real, removing links and files that stand in their place, and frees the place itself.</summary>
    public void Clear(WorkspacePath path)
    {
        var current = Root;
        foreach (var part in path.Value.Split('/').AsSpan()[..^1])
        {
            current = Path.Combine(current, part);
            if (new FileInfo(current) is { } info && (info.LinkTarget is not null || info.Exists))
                File.Delete(current);
            Directory.CreateDirectory(current);
        }

        Remove(path);
    }

    /// <summary>Removes what stands at the path, be it a folder, when the way there is real.</summary>
    public void Remove(WorkspacePath path)
    {
        if (!HasRealParents(path))
            return;
        var place = At(path);
        if (new FileInfo(place).LinkTarget is null && Directory.Exists(place))
            Directory.Delete(place, recursive: true);
        else
            File.Delete(place);
    }
}
