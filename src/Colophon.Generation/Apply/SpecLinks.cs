using Colophon.Kernel.Errors;
using Colophon.Kernel.Paths;

namespace Colophon.Generation.Apply;

/// <summary>
/// What a change says goes to the provider, and a change may come from a stranger's repository: none of its files may be a symbolic link that leads out of the
/// project, or somebody's private file would go along.
/// </summary>
internal static class SpecLinks
{
    /// <summary>Looks at every entry below a change's folder; links that stay inside the project are fine.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.PathEscapes"/>, naming the link.</exception>
    internal static void Refuse(Workspace workspace, string change)
    {
        var pending = new Stack<string>([workspace.Resolve(WorkspacePath.Parse(change))]);
        while (pending.TryPop(out var folder))
        {
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
            {
                if (entry.LinkTarget is not null)
                    workspace.Resolve(WorkspacePath.Parse(Path.GetRelativePath(workspace.Root, entry.FullName)));
                else if (entry is DirectoryInfo)
                    pending.Push(entry.FullName);
            }
        }
    }
}
