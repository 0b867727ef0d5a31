using System.Runtime.InteropServices;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Posix;

namespace Colophon.Kernel.Files;

/// <summary>
/// An advisory lock between processes (<c>flock</c>). The kernel drops it when its holder dies, so a <c>kill -9</c> never leaves one behind.
/// </summary>
public sealed class FileLock : IDisposable
{
    private int _descriptor;

    private FileLock(int descriptor) => _descriptor = descriptor;

    /// <summary>Takes the lock if nobody holds it.</summary>
    /// <param name="path">The lock file; created where it is missing and never deleted.</param>
    /// <returns>The lock, or null where another holder has it.</returns>
    /// <exception cref="KernelException"><see cref="KernelError.WriteFailed"/>: the file cannot be created.</exception>
    public static FileLock? TryAcquire(string path)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } directory)
                Directory.CreateDirectory(directory);
            if (!File.Exists(path))
                AtomicFile.TryCreate(path, []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotOpen(path, e.Message, e);
        }

        // Not a FileStream: that takes a flock of its own, which would meet ours.
        var descriptor = Libc.Open(path, Libc.OpenReadWrite | Libc.OpenCloseOnExec);
        if (descriptor < 0)
            throw CannotOpen(path, $"errno {Marshal.GetLastPInvokeError()}", null);
        if (Libc.Lock(descriptor, Libc.LockExclusive | Libc.LockNonBlocking) == 0)
            return new FileLock(descriptor);
        _ = Libc.Close(descriptor);
        return null;
    }

    /// <summary>Takes the lock of a folder itself, if nobody holds it: nothing is created, so nothing has to be deleted while others come for it.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <returns>The lock, or null where another holder has it. Where the file system cannot lock folders (NFS), everybody gets it.</returns>
    /// <exception cref="KernelException"><see cref="KernelError.WriteFailed"/>: the folder cannot be opened.</exception>
    public static FileLock? TryAcquireFolder(string folder)
    {
        var descriptor = Libc.Open(folder, Libc.OpenReadOnly | Libc.OpenDirectory | Libc.OpenCloseOnExec);
        if (descriptor < 0)
            throw CannotOpen(folder, $"errno {Marshal.GetLastPInvokeError()}", null);
        if (Libc.Lock(descriptor, Libc.LockExclusive | Libc.LockNonBlocking) == 0 || Marshal.GetLastPInvokeError() != Libc.WouldBlock)
            return new FileLock(descriptor);
        _ = Libc.Close(descriptor);
        return null;
    }

    /// <summary>Waits for the lock.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.Locked"/> after <paramref name="patience"/>.</exception>
    public static async Task<FileLock> AcquireAsync(string path, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            if (TryAcquire(path) is { } held)
                return held;
            if (time.GetElapsedTime(start) >= patience)
                throw new KernelException(KernelError.Locked, $"Another process holds '{path}'.", "Wait until it ends, then run the command again.");
            // Whoever holds it is mostly done within a millisecond or two; who waits longer waits for something else.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(attempt / 64, 1, 50)), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose()
    {
        var descriptor = Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor >= 0)
            _ = Libc.Close(descriptor);
    }

    private static KernelException CannotOpen(string path, string why, Exception? cause) =>
        new(KernelError.WriteFailed, $"Cannot open the lock '{path}': {why}", "Check that you may write there.", cause);
}
