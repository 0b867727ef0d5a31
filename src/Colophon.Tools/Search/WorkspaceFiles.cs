using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Kernel.Paths;

namespace Colophon.Tools.Search;

/// <summary>The files of a workspace as a person sees them: what git tracks or would track; without git, every file.</summary>
internal static class WorkspaceFiles
{
    /// <summary>Beyond this the walk stops: no model reads so much, and a tree may hold a million build outputs.</summary>
    internal const int Maximum = 100_000;

    /// <summary>The paths below a directory, relative to the workspace, in ordinal order.</summary>
    internal static async Task<IReadOnlyList<string>> BelowAsync(Workspace workspace, WorkspacePath directory, CancellationToken cancellationToken)
    {
        var files = await TrackedAsync(workspace, directory, cancellationToken).ConfigureAwait(false);
        // Nothing tracked: no repository, or a folder that git ignores and the model asked for by name.
        if (files.Count == 0)
            files = Walk(workspace, directory, cancellationToken);
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static async Task<List<string>> TrackedAsync(Workspace workspace, WorkspacePath directory, CancellationToken cancellationToken)
    {
        try
        {
            string[] query = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate", "--", directory.Value];
            var result = await new GitRunner(workspace.Root).TryRunAsync(query, default, cancellationToken).ConfigureAwait(false);
            if (result.ExitCode != 0)
                return [];
            // The index also names files that were deleted since.
            return [.. result.NulSeparated.Take(Maximum).Where(file => Path.Exists(Path.Combine(workspace.Root, file)))];
        }
        catch (KernelException)
        {
            return [];
        }
    }

    private static List<string> Walk(Workspace workspace, WorkspacePath directory, CancellationToken cancellationToken)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None, ReturnSpecialDirectories = false };
        var pending = new Stack<string>([workspace.Resolve(directory)]);
        var files = new List<string>();
        while (files.Count < Maximum && pending.TryPop(out var current))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var entry in new DirectoryInfo(current).EnumerateFileSystemInfos("*", options))
            {
                if (entry is DirectoryInfo { LinkTarget: null })
                {
                    if (!entry.Name.Equals(".git", StringComparison.OrdinalIgnoreCase))
                        pending.Push(entry.FullName);
                }
                else if (files.Count < Maximum)
                {
                    files.Add(Path.GetRelativePath(workspace.Root, entry.FullName));
                }
            }
        }

        return files;
    }
}
