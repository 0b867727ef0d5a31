using System.Runtime.InteropServices;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Paths;
using Colophon.Kernel.Posix;
using Microsoft.Win32.SafeHandles;

namespace Colophon.Kernel.Files;

/// <summary>
/// A file of a workspace that someone else may be changing at this moment. <see cref="Workspace.Resolve"/> checks names; between that check and
/// the opening, a program the model started could put a symbolic link in place of a directory. So every directory on the way is opened
/// without following links and held open, and the file is named through the last one (<c>/proc/self/fd/N/name</c>): what was checked is
/// what is used. Where there is no <c>/proc</c> (macOS) the checked path itself is used and a race remains.
/// </summary>
public sealed class AnchoredFile : IDisposable
{
    private static readonly bool s_anchors = Directory.Exists("/proc/self/fd");

    private readonly SafeFileHandle? _directory;

    private AnchoredFile(WorkspacePath path, string location, SafeFileHandle? directory) => (Path, Location, _directory) = (path, location, directory);

    /// <summary>The path as the workspace knows it.</summary>
    public WorkspacePath Path { get; }

    /// <summary>What to hand to file functions while this object lives; never show it to anyone.</summary>
    public string Location { get; }

    /// <summary>Finds a file that exists or may be created.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="path">The file; not the workspace itself.</param>
    /// <param name="createDirectories">True to make missing directories on the way.</param>
    /// <exception cref="KernelException"><see cref="KernelError.PathEscapes"/>, or <see cref="KernelError.ReadFailed"/> where a directory on the way is missing or is none.</exception>
    public static AnchoredFile Locate(Workspace workspace, WorkspacePath path, bool createDirectories = false)
    {
        var resolved = workspace.Resolve(path);
        var directory = System.IO.Path.GetDirectoryName(resolved) ?? "/";
        if (resolved == workspace.Root)
            throw new KernelException(KernelError.PathInvalid, $"The path '{path}' is the workspace itself, not a file.");
        if (!s_anchors)
        {
            if (createDirectories)
                Directory.CreateDirectory(directory);
            return new AnchoredFile(path, resolved, null);
        }

        var held = Open(workspace.Root, Libc.OpenDirectory, path);
        foreach (var part in directory[workspace.Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            using var parent = held;
            var next = Below(parent, part);
            if (createDirectories && !Directory.Exists(next))
                Create(next, path);
            held = Open(next, Libc.OpenDirectory | Libc.OpenNoFollow, path);
        }

        return new AnchoredFile(path, Below(held, System.IO.Path.GetFileName(resolved)), held);
    }

    /// <summary>Opens the file for reading; never waits on a pipe and never follows a link.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.ReadFailed"/>: missing, a directory, a pipe or a device, or no permission.</exception>
    public SafeFileHandle OpenRead()
    {
        var handle = Open(Location, Libc.OpenReadOnly | Libc.OpenNoFollow | Libc.OpenNonBlocking, Path);
        try
        {
            if (File.GetAttributes(handle).HasFlag(FileAttributes.Directory))
                throw new IOException("It is a directory.");
            // Pipes, sockets and terminals have no length.
            _ = RandomAccess.GetLength(handle);
            return handle;
        }
        catch (Exception e) when (e is NotSupportedException or IOException or UnauthorizedAccessException)
        {
            handle.Dispose();
            throw new KernelException(KernelError.ReadFailed, $"'{Path}' is not a regular file.", null, e);
        }
    }

    /// <summary>Lets go of the directory.</summary>
    public void Dispose() => _directory?.Dispose();

    private static string Below(SafeFileHandle directory, string name) => $"/proc/self/fd/{directory.DangerousGetHandle()}/{name}";

    private static void Create(string location, WorkspacePath path)
    {
        try
        {
            Directory.CreateDirectory(location);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KernelException(KernelError.WriteFailed, $"Cannot create the directories of '{path}'.", null, e);
        }
    }

    private static SafeFileHandle Open(string location, int flags, WorkspacePath path)
    {
        const int missing = 2, denied = 13, notDirectory = 20, tooManyLinks = 40;
        var descriptor = Libc.Open(location, flags | Libc.OpenCloseOnExec);
        if (descriptor >= 0)
            return new SafeFileHandle(descriptor, ownsHandle: true);
        throw Marshal.GetLastPInvokeError() switch
        {
            missing => new KernelException(KernelError.ReadFailed, $"'{path}' does not exist."),
            denied => new KernelException(KernelError.ReadFailed, $"'{path}' may not be opened: permission denied."),
            notDirectory => new KernelException(KernelError.ReadFailed, $"A part of '{path}' is not a directory."),
            tooManyLinks => new KernelException(KernelError.PathEscapes, $"'{path}' was replaced by a symbolic link while it was opened."),
            var error => new KernelException(KernelError.ReadFailed, $"'{path}' cannot be opened (errno {error})."),
        };
    }
}
