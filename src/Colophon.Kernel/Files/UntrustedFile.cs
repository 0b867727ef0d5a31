using System.Runtime.InteropServices;
using Colophon.Kernel.Posix;
using Microsoft.Win32.SafeHandles;

namespace Colophon.Kernel.Files;

/// <summary>Reads files that somebody else may have put there to harm us: pipes that never end, devices, files of any length.</summary>
public static class UntrustedFile
{
    /// <summary>Reads a file whole. A pipe or a device without data reads as empty instead of blocking.</summary>
    /// <param name="path">An absolute path; a symbolic link is followed, so callers that mind look first.</param>
    /// <param name="maximumBytes">The length above which nothing is returned.</param>
    /// <returns>The bytes, or null where the file is longer than <paramref name="maximumBytes"/>.</returns>
    /// <exception cref="IOException">The file is missing, no plain file or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static byte[]? Read(string path, int maximumBytes)
    {
        using var handle = Open(path);
        var length = Length(handle, path);
        return length > maximumBytes ? null : Read(handle, (int)length);
    }

    /// <summary>Reads the beginning of a file.</summary>
    /// <param name="path">An absolute path; a symbolic link is followed.</param>
    /// <param name="count">How many bytes at most.</param>
    /// <exception cref="IOException">The file is missing, no plain file or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static byte[] ReadStart(string path, int count)
    {
        using var handle = Open(path);
        return Read(handle, (int)Math.Min(count, Length(handle, path)));
    }

    private static SafeFileHandle Open(string path)
    {
        var descriptor = Libc.Open(path, Libc.OpenReadOnly | Libc.OpenNonBlocking | Libc.OpenCloseOnExec);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Refusal(path, Marshal.GetLastPInvokeError());
    }

    private static byte[] Read(SafeFileHandle handle, int length)
    {
        var content = new byte[length];
        var read = 0;
        while (read < content.Length && RandomAccess.Read(handle, content.AsSpan(read), read) is var more and > 0)
            read += more;
        return read == content.Length ? content : content[..read];
    }

    private static Exception Refusal(string path, int error) => error is Libc.NotPermitted or Libc.AccessDenied
        ? new UnauthorizedAccessException($"'{path}' cannot be read: permission denied.")
        : new IOException($"Cannot open '{path}' (errno {error}).");

    private static long Length(SafeFileHandle handle, string path)
    {
        try
        {
            return RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException e)
        {
            throw new IOException($"'{path}' is not a plain file.", e);
        }
    }
}
