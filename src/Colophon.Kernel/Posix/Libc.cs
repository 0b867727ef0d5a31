using System.Runtime.InteropServices;

namespace Colophon.Kernel.Posix;

/// <summary>The few system calls .NET has no door to. Every one returns -1 and sets errno on failure.</summary>
internal static partial class Libc
{
    internal const int NotPermitted = 1;
    internal const int AccessDenied = 13;
    internal const int OpenReadOnly = 0;
    internal const int OpenReadWrite = 2;
    internal const int OpenNonBlocking = 0x800;
    internal const int OpenCloseOnExec = 0x80000;
    internal const int LockExclusive = 2;
    internal const int LockNonBlocking = 4;
    internal const int LockRelease = 8;
    internal const int FromCurrentFolder = -100;
    internal const uint StatusBirth = 0x800;

    // EWOULDBLOCK of Linux and of macOS.
    internal static int WouldBlock => OperatingSystem.IsLinux() ? 11 : 35;

    // These two are the only open(2) flags in use whose value differs between Linux on x64 and on ARM.
    internal static int OpenDirectory => IsArm ? 0x4000 : 0x10000;

    internal static int OpenNoFollow => IsArm ? 0x8000 : 0x20000;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int FlushToDisk(int descriptor);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    internal static partial int FlushDataToDisk(int descriptor);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    internal static partial int Lock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Link(string existing, string created);

    // Linux only; what it tells has one layout on every architecture.
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Status(int folder, string path, int flags, uint wanted, ref byte told);
}
