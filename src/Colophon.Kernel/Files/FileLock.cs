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
        if (TryAcquire(path) is { } free)
            return free;
        // The kernel hands it over in the order of asking, at once; a thread of its own waits, because nothing can call a waiting one back.
        var waiting = Task.Factory.StartNew(() => Wait(path), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await waiting.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Whenever it comes after all, nobody wants it any more.
            _ = waiting.ContinueWith(static late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            if (e is OperationCanceledException)
                throw;
            throw new KernelException(KernelError.Locked, $"Another process holds '{path}'.", "Wait until it ends, then run the command again.");
        }
    }

    private static FileLock Wait(string path)
    {
        const int interrupted = 4;
        var descriptor = Libc.Open(path, Libc.OpenReadWrite | Libc.OpenCloseOnExec);
        if (descriptor < 0)
            throw CannotOpen(path, $"errno {Marshal.GetLastPInvokeError()}", null);
        while (Libc.Lock(descriptor, Libc.LockExclusive) != 0)
        {
            if (Marshal.GetLastPInvokeError() is var error && error == interrupted)
                continue;
            _ = Libc.Close(descriptor);
            throw CannotOpen(path, $"errno {error}", null);
        }

        return new FileLock(descriptor);
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose()
    {
        var descriptor = Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor < 0)
            return;
        // Closing alone would leave it to a process that is being started this moment and has not let go of what it inherited.
        _ = Libc.Lock(descriptor, Libc.LockRelease);
        _ = Libc.Close(descriptor);
    }

    private static KernelException CannotOpen(string path, string why, Exception? cause) =>
        new(KernelError.WriteFailed, $"Cannot open the lock '{path}': {why}", "Check that you may write there.", cause);
}
