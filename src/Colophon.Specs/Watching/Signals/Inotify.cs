using System.Runtime.InteropServices;
using System.Text;

namespace Colophon.Specs.Watching.Signals;

/// <summary>What inotify(7) tells; the values are the kernel's.</summary>
[Flags]
internal enum Happened : uint
{
    None = 0,
    Modified = 0x2,
    Attributes = 0x4,
    Written = 0x8,
    MovedFrom = 0x40,
    MovedTo = 0x80,
    Created = 0x100,
    Deleted = 0x200,
    SelfDeleted = 0x400,
    SelfMoved = 0x800,
    Unmounted = 0x2000,
    Overflow = 0x4000,
    Ignored = 0x8000,
    OnlyFolders = 0x1000000,
    NoLinks = 0x2000000,
    Folder = 0x40000000,
}

/// <summary>One event.</summary>
/// <param name="Watch">The number of the watch; -1 for an overflow.</param>
/// <param name="What">What happened.</param>
/// <param name="Name">The entry's name; empty where the watched folder itself is meant.</param>
internal readonly record struct InotifyEvent(int Watch, Happened What, string Name);

/// <summary>An inotify instance with a bell that wakes whoever waits for it. Watches may be added from any thread while one waits.</summary>
internal sealed unsafe class Inotify : IDisposable
{
    private const int HeaderSize = 16;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly int _descriptor;
    private readonly int _bell;

    private Inotify(int descriptor, int bell) => (_descriptor, _bell) = (descriptor, bell);

    /// <summary>Opens an instance.</summary>
    /// <returns>Null where the system has none left.</returns>
    internal static Inotify? TryOpen()
    {
        var descriptor = InotifyCalls.Open(InotifyCalls.NonBlocking | InotifyCalls.CloseOnExec);
        if (descriptor < 0)
            return null;
        var bell = InotifyCalls.Bell(0, InotifyCalls.CloseOnExec);
        if (bell >= 0)
            return new Inotify(descriptor, bell);
        _ = InotifyCalls.Close(descriptor);
        return null;
    }

    /// <summary>Watches a folder.</summary>
    /// <returns>The watch's number, or the error number below zero.</returns>
    internal int Watch(string path, Happened mask)
    {
        var watch = InotifyCalls.Add(_descriptor, path, (uint)(mask | Happened.OnlyFolders));
        return watch >= 0 ? watch : -Marshal.GetLastPInvokeError();
    }

    internal void Unwatch(int watch) => _ = InotifyCalls.Remove(_descriptor, watch);

    /// <summary>Waits for events.</summary>
    /// <param name="milliseconds">How long; -1 for ever.</param>
    /// <param name="events">Receives them; none where the time ran out.</param>
    /// <returns>False once the bell was rung.</returns>
    internal bool Wait(int milliseconds, List<InotifyEvent> events)
    {
        var descriptors = stackalloc InotifyCalls.PollDescriptor[2];
        descriptors[0] = new InotifyCalls.PollDescriptor { Descriptor = _descriptor, Wanted = InotifyCalls.Readable };
        descriptors[1] = new InotifyCalls.PollDescriptor { Descriptor = _bell, Wanted = InotifyCalls.Readable };
        if (InotifyCalls.Poll(descriptors, 2, milliseconds) < 0)
            return Marshal.GetLastPInvokeError() == InotifyCalls.Interrupted;
        if (descriptors[1].Happened != 0)
            return false;
        if (descriptors[0].Happened != 0)
            Read(events);
        return true;
    }

    /// <summary>Ends the wait for good.</summary>
    internal void Ring()
    {
        ulong one = 1;
        _ = InotifyCalls.Write(_bell, (byte*)&one, sizeof(ulong));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = InotifyCalls.Close(_descriptor);
        _ = InotifyCalls.Close(_bell);
    }

    private void Read(List<InotifyEvent> events)
    {
        nint read;
        fixed (byte* buffer = _buffer)
            read = InotifyCalls.Read(_descriptor, buffer, (nuint)_buffer.Length);
        // struct inotify_event: int wd; uint32_t mask, cookie, len; char name[len], padded with zeros.
        for (var rest = _buffer.AsSpan(0, (int)Math.Max(0, read)); rest.Length >= HeaderSize;)
        {
            var watch = BitConverter.ToInt32(rest);
            var what = (Happened)BitConverter.ToUInt32(rest[4..]);
            var length = BitConverter.ToInt32(rest[12..]);
            var name = rest.Slice(HeaderSize, length);
            var end = name.IndexOf((byte)0);
            events.Add(new InotifyEvent(watch, what, Encoding.UTF8.GetString(end < 0 ? name : name[..end])));
            rest = rest[(HeaderSize + length)..];
        }
    }
}
