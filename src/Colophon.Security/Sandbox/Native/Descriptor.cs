using System.Runtime.InteropServices;

namespace Colophon.Security.Sandbox.Native;

/// <summary>A file descriptor that is closed once, always close-on-exec.</summary>
internal sealed unsafe class Descriptor(int number) : IDisposable
{
    private int _number = number;

    internal int Number => _number;

    internal bool IsOpen => _number >= 0;

    public void Dispose()
    {
        var open = Interlocked.Exchange(ref _number, -1);
        if (open >= 0)
            _ = Posix.Close(open);
    }

    /// <summary>A pipe: its reading end, then its writing end.</summary>
    /// <exception cref="IOException">The process has no descriptor left.</exception>
    internal static (Descriptor Read, Descriptor Write) Pipe()
    {
        var pair = stackalloc int[2];
        Check(Posix.Pipe(pair, Posix.CloseOnExec), "pipe2");
        return (new Descriptor(pair[0]), new Descriptor(pair[1]));
    }

    /// <summary>An event: readable once <see cref="Signal"/> was called.</summary>
    /// <exception cref="IOException">The process has no descriptor left.</exception>
    internal static Descriptor Event() => new(Check(Posix.EventDescriptor(0, Posix.CloseOnExec), "eventfd"));

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal static Descriptor ForReading(string path) => new(Check(Posix.Open(path, Posix.OpenReadOnly | Posix.CloseOnExec), path));

    /// <summary>A descriptor that becomes readable when the process ends.</summary>
    /// <exception cref="IOException">The kernel is older than 5.3.</exception>
    internal static Descriptor OfProcess(int process) => new(Check((int)Posix.Call(Posix.PidFdOpen, process, 0, 0, 0), "pidfd_open"));

    /// <summary>Makes an event readable. Safe to call while another thread disposes of it.</summary>
    internal void Signal()
    {
        var one = 1L;
        _ = Posix.Write(_number, &one, sizeof(long));
    }

    private static int Check(int result, string what) =>
        result >= 0 ? result : throw new IOException($"{what} failed (errno {Marshal.GetLastPInvokeError()}).");
}
