using System.IO.Enumeration;
using Colophon.Kernel.Errors;

namespace Colophon.Kernel.Paths;

/// <summary>A directory that paths may not leave, neither by their text nor through symbolic links.</summary>
public sealed class Workspace
{
    private static readonly EnumerationOptions s_all = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>Opens a workspace.</summary>
    /// <param name="root">An existing directory; symbolic links in it are resolved once, here.</param>
    /// <exception cref="KernelException"><see cref="KernelError.ReadFailed"/>: the directory does not exist.</exception>
    public Workspace(string root)
    {
        if (!Directory.Exists(root))
            throw new KernelException(KernelError.ReadFailed, $"The directory '{root}' does not exist.");
        Root = RealPath(Path.GetFullPath(root));
    }

    /// <summary>The absolute path without symbolic links and without a trailing separator.</summary>
    public string Root { get; }

    /// <summary>The absolute path of a file that exists or could be created; no part of it may be a symbolic link that leads out.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.PathEscapes"/>: a symbolic link leaves the workspace, or the path is a twin of an existing one that differs by case or Unicode form.</exception>
    public string Resolve(WorkspacePath path)
    {
        if (path.Value == ".")
            return Root;
        var current = Root;
        foreach (var part in path.Value.Split('/'))
        {
            var next = Path.Combine(current, part);
            var info = new DirectoryInfo(next);
            if (info.LinkTarget is not null)
            {
                var target = RealPath(next);
                if (target != Root && !target.StartsWith(Root + "/", StringComparison.Ordinal))
                    throw Escapes(path, $"passes through the symbolic link '{part}', which leads out of the workspace");
                // A link such as `x -> .git` stays inside the root and still reaches what paths may never name.
                if (!WorkspacePath.TryParse(Path.GetRelativePath(Root, target), out _))
                    throw Escapes(path, $"passes through the symbolic link '{part}', which leads into git's own directory");
                next = target;
            }
            else if (!info.Exists && !File.Exists(next) && Twin(current, part) is { } twin)
            {
                throw Escapes(path, $"differs from the existing '{twin}' only by case or Unicode form");
            }

            current = next;
        }

        return current;
    }

    /// <summary>The workspace path of an absolute path, or null where that lies outside.</summary>
    public WorkspacePath? Relative(string absolute)
    {
        var full = Path.GetFullPath(absolute);
        if (full == Root)
            return default(WorkspacePath);
        return full.StartsWith(Root + "/", StringComparison.Ordinal) && WorkspacePath.TryParse(full[(Root.Length + 1)..], out var path) ? path : null;
    }

    private static string? Twin(string directory, string part)
    {
        if (!Directory.Exists(directory))
            return null;
        // A folder may hold tens of thousands of names: only a twin becomes a string.
        var twins = new FileSystemEnumerable<string>(directory, static (ref e) => e.FileName.ToString(), s_all)
        {
            ShouldIncludePredicate = (ref e) => !e.FileName.SequenceEqual(part) && NameTwins.AreTwins(e.FileName, part),
        };
        foreach (var twin in twins)
            return twin;
        return null;
    }

    private static string RealPath(string path)
    {
        var current = "/";
        var pending = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).AsEnumerable().Reverse());
        for (var links = 0; pending.TryPop(out var part);)
        {
            if (part == ".")
                continue;
            if (part == "..")
            {
                current = Path.GetDirectoryName(current) ?? "/";
                continue;
            }

            var next = Path.Combine(current, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                current = next;
                continue;
            }

            if (++links > 40)
                throw new KernelException(KernelError.PathEscapes, $"The path '{path}' runs through a loop of symbolic links.");
            if (target.StartsWith('/'))
                current = "/";
            foreach (var piece in target.Split('/', StringSplitOptions.RemoveEmptyEntries).AsEnumerable().Reverse())
                pending.Push(piece);
        }

        return current;
    }

    private static KernelException Escapes(WorkspacePath path, string why) =>
        new(KernelError.PathEscapes, $"The path '{path}' {why}.", "Name a file inside the workspace by the name it has on disk.");
}
