using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Posix;
using Microsoft.Win32.SafeHandles;

namespace Colophon.Kernel.Files;

/// <summary>
/// Writes a file so that a reader, or the machine after a power cut, sees the old content or the new, never a mixture:
/// temporary file in the same directory, flush to disk, rename, flush of the directory.
/// </summary>
public static class AtomicFile
{
    /// <summary>What the names of temporary files end with; a left-over one is safe to delete.</summary>
    public const string TemporarySuffix = ".colophon-tmp";

    private const int PrefixCharacters = 60;

    /// <summary>What the names of a file's temporary files begin with. A long name is cut: the whole must not be longer than a file system allows.</summary>
    /// <param name="name">The file's own name, without folders.</param>
    public static string TemporaryPrefix(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length <= PrefixCharacters)
            return $".{name}.";
        return $".{name[..(char.IsHighSurrogate(name[PrefixCharacters - 1]) ? PrefixCharacters - 1 : PrefixCharacters)]}.";
    }

    /// <summary>Whether the process that began a temporary file lives; where its name does not tell, it does.</summary>
    /// <param name="temporary">The temporary file's path.</param>
    public static bool IsBeingWritten(string temporary)
    {
        ArgumentNullException.ThrowIfNull(temporary);
        var parts = Path.GetFileName(temporary).Split('.');
        return parts.Length < 2 || !int.TryParse(parts[^2].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process) || Directory.Exists($"/proc/{process}");
    }

    /// <summary>Replaces or creates <paramref name="path"/>. The mode of a replaced file is kept.</summary>
    /// <param name="path">An absolute path; its directory is created where it is missing.</param>
    /// <param name="content">The whole new content.</param>
    /// <param name="mode">The permission bits, or null to keep those of the old file (a new file gets 0644 less the umask).</param>
    /// <exception cref="KernelException"><see cref="KernelError.WriteFailed"/>: disk full, read-only, no permission. The old content stands.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode? mode = null)
    {
        Replace(path, content, mode, flush: true);
    }

    /// <summary>
    /// The same without waiting for the disk, for what can be made again: a killed process leaves the old content or the new, a power cut may leave neither.
    /// </summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteUnflushed(string path, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Replace(path, content, null, flush: false);
    }

    /// <inheritdoc cref="WriteUnflushed(string, byte[])"/>
    public static void WriteUnflushed(string path, ReadOnlySpan<byte> content)
    {
        Replace(path, content, null, flush: false);
    }

    /// <summary>Creates <paramref name="path"/> with its content in one step, or leaves an existing file alone.</summary>
    /// <param name="path">An absolute path; its directory is created where it is missing.</param>
    /// <param name="content">The whole content.</param>
    /// <param name="mode">The permission bits, or null for 0644 less the umask.</param>
    /// <returns>False where the file existed already.</returns>
    /// <exception cref="KernelException"><see cref="KernelError.WriteFailed"/>.</exception>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content, UnixFileMode? mode = null)
    {
        try
        {
            var temporary = WriteTemporary(path, content, mode);
            try
            {
                return TryLink(temporary, path);
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, e);
        }
    }

    /// <summary>Makes the content of a file survive a power cut; one that is not there any more needs none.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.WriteFailed"/>: the disk did not take it.</exception>
    public static void Flush(string path)
    {
        var descriptor = Libc.Open(path, Libc.OpenReadOnly | Libc.OpenCloseOnExec);
        if (descriptor < 0)
            return;
        var failed = Libc.FlushToDisk(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Libc.Close(descriptor);
        if (failed)
            throw Failed(path, new IOException($"fsync failed (errno {error})."));
    }

    /// <summary>Makes what was written into an open file survive a power cut, without its times.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public static void FlushData(SafeFileHandle file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var descriptor = (int)file.DangerousGetHandle();
        if ((OperatingSystem.IsLinux() ? Libc.FlushDataToDisk(descriptor) : Libc.FlushToDisk(descriptor)) != 0)
            throw new IOException($"Flushing failed (errno {Marshal.GetLastPInvokeError()}).");
    }

    /// <summary>Makes a rename, creation or deletion inside <paramref name="directory"/> survive a power cut.</summary>
    /// <exception cref="IOException">The directory cannot be opened, or the disk did not take it.</exception>
    public static void FlushDirectory(string directory)
    {
        const int inputOutput = 5, noSpace = 28, quota = 122;
        var descriptor = Libc.Open(directory, Libc.OpenReadOnly | Libc.OpenDirectory | Libc.OpenCloseOnExec);
        if (descriptor < 0)
            throw new IOException($"Cannot open directory '{directory}' (errno {Marshal.GetLastPInvokeError()}).");
        var failed = Libc.FlushToDisk(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Libc.Close(descriptor);
        // Some file systems refuse fsync on a directory; they order renames themselves. That a disk failed or is full is another matter.
        if (failed && error is (inputOutput or noSpace or quota))
            throw new IOException($"Flushing '{directory}' failed (errno {error}).");
    }

    private static void Replace(string path, ReadOnlySpan<byte> content, UnixFileMode? mode, bool flush)
    {
        try
        {
            var temporary = WriteTemporary(path, content, mode ?? ModeOf(path), flush);
            try
            {
                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }

            if (flush)
                FlushDirectory(Path.GetDirectoryName(path) ?? "/");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, e);
        }
    }

    private static string WriteTemporary(string path, ReadOnlySpan<byte> content, UnixFileMode? mode, bool flush = true)
    {
        var directory = Path.GetDirectoryName(path) ?? throw new IOException($"'{path}' has no directory.");
        Directory.CreateDirectory(directory);
        // A name that nobody can foresee, and only where nothing lies: what is written goes through no link that a stranger's branch brought along, nor into a file of a container's that shares
        // the folder and has the same process id.
        var temporary = Path.Combine(directory, $"{TemporaryPrefix(Path.GetFileName(path))}{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}{TemporarySuffix}");
        using var stream = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = mode ?? DefaultMode,
        });
        try
        {
            stream.Write(content);
            stream.Flush(flushToDisk: flush);
            if (mode is { } exact)
                File.SetUnixFileMode(stream.SafeFileHandle, exact);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        return temporary;
    }

    private const UnixFileMode DefaultMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static bool TryLink(string temporary, string path)
    {
        const int fileExists = 17;
        // link(2) is the one creation that fails when the name is taken and never shows a half-written file.
        if (Libc.Link(temporary, path) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error == fileExists ? false : throw new IOException($"link failed (errno {error}).");
        }

        FlushDirectory(Path.GetDirectoryName(path) ?? "/");
        return true;
    }

    private static UnixFileMode? ModeOf(string path) =>
        !File.Exists(path) ? null : File.GetUnixFileMode(path);

    private static KernelException Failed(string path, Exception cause) => new(
        KernelError.WriteFailed,
        $"Cannot write '{path}': {cause.Message}",
        "Check that the disk has room and that you may write there; the old content is untouched.",
        cause);
}
