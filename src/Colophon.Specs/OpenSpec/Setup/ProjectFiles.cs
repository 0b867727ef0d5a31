using System.Text;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Specs.Layout;

namespace Colophon.Specs.OpenSpec.Setup;

/// <summary>The files of a project that is set up: nothing is written outside it, a link included, and no reader sees half a file.</summary>
internal sealed class ProjectFiles(Session session, string root)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string? _realRoot;

    internal Session Session { get; } = session;

    /// <summary>The project's folder: absolute, links as they were given.</summary>
    internal string Root { get; } = root;

    internal string At(string relative) => $"{Root.TrimEnd('/')}/{relative}";

    /// <summary>Whether a path leads to something; a reason why that cannot be told is printed.</summary>
    internal bool FileExists(string path)
    {
        var entry = DiskEntry.At(path);
        if (entry.Failure is { } failure)
            Session.Line($"Unable to check if file exists at {path}: {failure}, access '{path}'");
        return entry.Exists;
    }

    /// <summary>The same for a folder.</summary>
    internal bool FolderExists(string path)
    {
        var entry = DiskEntry.At(path);
        if (entry.Failure is { } failure)
            Session.Line($"Unable to check if directory exists at {path}: {failure}, stat '{path}'");
        return entry.IsFolder;
    }

    /// <summary>The full path of something in the project.</summary>
    /// <exception cref="OpenSpecFailure">A link leads out of the project.</exception>
    internal string Inside(string relative)
    {
        var path = At(relative);
        Assert(path);
        return path;
    }

    /// <summary>Refuses a path that leads out of the project, or out of another folder that is written to.</summary>
    /// <exception cref="OpenSpecFailure">It does, or it cannot be told.</exception>
    internal void Assert(string path, string? folder = null)
    {
        var allowed = folder is null || folder == Root ? _realRoot ??= RealPlace(Root) : RealPlace(folder);
        var real = RealPlace(path);
        if (real != allowed && !real.StartsWith(allowed == "/" ? "/" : $"{allowed}/", StringComparison.Ordinal))
            throw new OpenSpecFailure($"Path is outside the allowed directory: {path}");
    }

    internal bool IsInside(params ReadOnlySpan<string> paths)
    {
        try
        {
            foreach (var path in paths)
                Assert(path);
            return true;
        }
        catch (OpenSpecFailure)
        {
            return false;
        }
    }

    internal static string? ReadOrNull(string path) => FileText.Read(path).Text;

    /// <summary>A file's text.</summary>
    /// <exception cref="OpenSpecFailure">It cannot be read.</exception>
    internal static string Read(string path)
    {
        var file = FileText.Read(path);
        if (file.Text is { } text)
            return text;
        throw new OpenSpecFailure(file.Missing ? $"ENOENT: no such file or directory, open '{path}'" : SystemError.Describe(file.Failure ?? "", path));
    }

    /// <summary>Writes what can be made again at any time.</summary>
    /// <exception cref="OpenSpecFailure">It cannot be written.</exception>
    internal static void Write(string path, string text) => Write(path, text, AtomicFile.WriteUnflushed);

    /// <summary>Writes what belongs to a person: after a power cut the old text or the new is there.</summary>
    /// <exception cref="OpenSpecFailure">It cannot be written.</exception>
    internal static void WriteSafely(string path, string text) => Write(path, text, static (target, bytes) => AtomicFile.Write(target, bytes));

    /// <summary>Makes a folder and those above it.</summary>
    /// <exception cref="OpenSpecFailure">Something else is in the way, or it is forbidden.</exception>
    internal static void MakeFolder(string path)
    {
        var entry = DiskEntry.At(path);
        if (entry.IsFolder)
            return;
        if (entry.Exists)
            throw new OpenSpecFailure($"EEXIST: file already exists, mkdir '{path}'");
        if (entry.Failure is { } failure)
            throw new OpenSpecFailure($"{failure}, mkdir '{path}'");
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first folder that is missing is the one that could not be made.
            while (Path.GetDirectoryName(path) is { } parent && !Directory.Exists(parent))
                path = parent;
            throw new OpenSpecFailure(NodeError.Describe(e, "mkdir", path));
        }
    }

    /// <summary>Deletes a file.</summary>
    /// <exception cref="OpenSpecFailure">It cannot be deleted.</exception>
    internal static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpenSpecFailure(NodeError.Describe(e, "unlink", path));
        }
    }

    /// <summary>Deletes what a killed run left beside the files of a folder.</summary>
    internal static void Sweep(string folder)
    {
        try
        {
            if (!Directory.Exists(folder))
                return;
            foreach (var left in Directory.EnumerateFiles(folder, $"*{AtomicFile.TemporarySuffix}"))
            {
                if (!AtomicFile.IsBeingWritten(left))
                    File.Delete(left);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way.
        }
    }

    /// <summary>Deletes a folder that nothing is in; whatever else it is stays.</summary>
    internal static void DeleteIfEmpty(string folder)
    {
        try
        {
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any() && new DirectoryInfo(folder).LinkTarget is null)
                Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays, as a folder does that is not empty.
        }
    }

    private static void Write(string path, string text, Action<string, byte[]> write)
    {
        MakeFolder(Path.GetDirectoryName(path) ?? "/");
        try
        {
            // A link keeps being one: the file that it leads to is replaced.
            var real = RealPaths.Of(path);
            if (Directory.Exists(real))
                throw new OpenSpecFailure($"EISDIR: illegal operation on a directory, open '{path}'");
            // Replacing needs no right to the file itself; whoever took that right away means it.
            if (File.Exists(real))
                File.OpenHandle(real, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();
            write(real, Encoding.UTF8.GetBytes(text));
        }
        catch (KernelException e)
        {
            throw new OpenSpecFailure(NodeError.Describe(e.InnerException ?? e, "open", path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpenSpecFailure(NodeError.Describe(e, "open", path));
        }
    }

    /// <summary>Where a path really is; what does not exist yet counts from the nearest folder that does.</summary>
    private string RealPlace(string path)
    {
        var existing = path;
        while (!Path.Exists(existing))
        {
            var parent = Path.GetDirectoryName(existing) ?? throw new OpenSpecFailure($"Cannot resolve an existing parent for {path}");
            if (Path.Exists(parent) && WhyUnseen(parent, existing) is { } why)
                throw new OpenSpecFailure($"{why}, lstat '{path}'");
            existing = parent;
        }

        string real;
        try
        {
            real = RealPaths.Of(existing);
        }
        catch (SpecException)
        {
            throw new OpenSpecFailure($"ELOOP: too many symbolic links encountered, realpath '{existing}'");
        }

        if (!Path.Exists(real))
            throw new OpenSpecFailure($"Cannot verify dangling symbolic link: {existing}");
        return existing == path ? real : $"{real.TrimEnd('/')}{path[existing.TrimEnd('/').Length..]}";
    }

    /// <summary>Why something cannot be seen, or null where it is just missing; a folder in which something was missing is not asked again.</summary>
    private string? WhyUnseen(string folder, string path)
    {
        if (_seen.Contains(folder))
            return null;
        try
        {
            _ = File.GetAttributes(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!NodeError.IsMissing(e))
                return NodeError.Words(e) ?? e.Message;
            if (DiskEntry.IsBelowFile(path))
                return "ENOTDIR: not a directory";
            _seen.Add(folder);
            return null;
        }
    }
}
