using System.Text;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Specs.Layout;

namespace Colophon.Specs.OpenSpec;

/// <summary>Files outside the tree that belong to a person: settings, a shell's start file. Links to them are kept, not replaced.</summary>
internal static class UserFile
{
    private const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Writes a text in one step; folders that are missing are made.</summary>
    /// <exception cref="IOException">It could not be written; the old content stands.</exception>
    internal static void Write(string path, string text, UnixFileMode? mode = null) => Write(path, Encoding.UTF8.GetBytes(text), mode);

    /// <inheritdoc cref="Write(string, string, UnixFileMode?)"/>
    internal static void Write(string path, byte[] content, UnixFileMode? mode = null)
    {
        try
        {
            AtomicFile.Write(RealPaths.Of(Path.GetFullPath(path)), content, mode);
        }
        catch (KernelException e)
        {
            throw new IOException(NodeError.Describe(e.InnerException ?? e, "open", path), e);
        }
    }

    /// <summary>Whether a file is, or could be made, writable. A mode without any right to write counts even for who may write all the same.</summary>
    internal static bool IsWritable(string path)
    {
        if (Directory.Exists(path))
            return HasModes(path, isFolder: true);
        if (File.Exists(path))
            return HasModes(path, isFolder: false);
        for (var parent = Path.GetDirectoryName(Path.GetFullPath(path)); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (Path.Exists(parent))
                return Directory.Exists(parent) && HasModes(parent, isFolder: true);
        }

        return false;
    }

    private static bool HasModes(string path, bool isFolder)
    {
        var mode = File.GetUnixFileMode(path);
        return (mode & AnyWrite) != UnixFileMode.None && (!isFolder || (mode & AnyExecute) != UnixFileMode.None);
    }
}
