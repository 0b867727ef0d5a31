using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Colophon.Security.Sandbox.Native;

namespace Colophon.Security.Sandbox.Confine;

/// <summary>
/// The body of the one thread that gives its rights away. Landlock and seccomp bind the calling thread and what it starts, and nothing can
/// take them off again; so this thread restricts itself, starts the command, waits until the command is over, kills what is left, and ends.
/// </summary>
/// <remarks>
/// A thread inherits its creator's restrictions, and the runtime creates threads of its own on whatever thread happens to need them (for
/// the pool, for tiered compilation, for a collection). So the body allocates nothing, is compiled once and for all, calls the C library
/// through function pointers that were resolved before, and touches neither task nor lock: it can give the runtime no reason.
/// </remarks>
internal static unsafe class RestrictedThread
{
    private const int SetNoNewPrivileges = 38;
    private const int SetSeccomp = 22;
    private const int SeccompModeFilter = 2;

    private static readonly nint s_libc = NativeLibrary.Load(OperatingSystem.IsLinux() ? "libc.so.6" : "libc");

    private static readonly delegate* unmanaged<int, nint, nint, nint, nint, int> s_prctl =
        (delegate* unmanaged<int, nint, nint, nint, nint, int>)NativeLibrary.GetExport(s_libc, "prctl");

    private static readonly delegate* unmanaged<nint, nint, nint, nint, nint> s_syscall =
        (delegate* unmanaged<nint, nint, nint, nint, nint>)NativeLibrary.GetExport(s_libc, "syscall");

    private static readonly delegate* unmanaged<int*, nint, nint, nint, nint, nint, int> s_spawn =
        (delegate* unmanaged<int*, nint, nint, nint, nint, nint, int>)NativeLibrary.GetExport(s_libc, "posix_spawn");

    private static readonly delegate* unmanaged<int, void*, nint, nint> s_read =
        (delegate* unmanaged<int, void*, nint, nint>)NativeLibrary.GetExport(s_libc, "read");

    private static readonly delegate* unmanaged<int, void*, nint, nint> s_write =
        (delegate* unmanaged<int, void*, nint, nint>)NativeLibrary.GetExport(s_libc, "write");

    private static readonly delegate* unmanaged<int, int, int> s_kill =
        (delegate* unmanaged<int, int, int>)NativeLibrary.GetExport(s_libc, "kill");

    private static readonly delegate* unmanaged<int*> s_error =
        (delegate* unmanaged<int*>)NativeLibrary.GetExport(s_libc, "__errno_location");

    /// <summary>Starts the thread; every answer comes back through the orders.</summary>
    internal static Thread Start(RestrictionOrders* orders)
    {
        var thread = new Thread(Obey, 256 * 1024) { IsBackground = true, Name = "colophon confined" };
        thread.Start((nint)orders);
        return thread;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Obey(object? address)
    {
        if (address is not nint orderAddress)
            return;
        var orders = (RestrictionOrders*)orderAddress;
        orders->Error = Restrict(orders);
        if (orders->Error == 0 && orders->Path != 0)
        {
            int process;
            orders->Error = s_spawn(&process, orders->Path, orders->Actions, orders->Attributes, orders->Arguments, orders->Environment);
            orders->Process = orders->Error == 0 ? process : -1;
            orders->Step = RestrictionStep.Spawn;
        }

        if (orders->Error == 0 && orders->Sentinel != 0)
            orders->SentinelAnswer = s_kill(orders->Sentinel, 0) == 0 ? 0 : *s_error();

        long value = 1;
        _ = s_write(orders->StartedEvent, &value, sizeof(long));
        while (s_read(orders->ReleaseEvent, &value, sizeof(long)) < 0)
        {
            // Interrupted by a signal: wait on.
        }

        // -1 is "every process I may signal": inside a Landlock domain that keeps signals in, exactly this command and its descendants,
        // in one step that no fork outruns, whatever session or parent they gave themselves.
        if (orders->KillDomain != 0)
            _ = s_kill(-1, Posix.KillSignal);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Restrict(RestrictionOrders* orders)
    {
        orders->Step = RestrictionStep.NoNewPrivileges;
        if (s_prctl(SetNoNewPrivileges, 1, 0, 0, 0) != 0)
            return *s_error();
        orders->Step = RestrictionStep.Landlock;
        if (s_syscall(LandlockRuleset.RestrictSelf, orders->Ruleset, 0, 0) != 0)
            return *s_error();
        orders->Restricted = 1;
        orders->Step = RestrictionStep.Capabilities;
        if (orders->SetCapabilities != 0 && s_syscall(orders->SetCapabilities, orders->CapabilityHeader, orders->CapabilityData, 0) != 0)
            return *s_error();
        orders->Step = RestrictionStep.Seccomp;
        return orders->Filter != 0 && s_prctl(SetSeccomp, SeccompModeFilter, orders->Filter, 0, 0) != 0 ? *s_error() : 0;
    }
}

/// <summary>How far the restricted thread came.</summary>
internal enum RestrictionStep
{
    NoNewPrivileges,
    Landlock,
    Capabilities,
    Seccomp,
    Spawn,
}

/// <summary>What the restricted thread is told, and its answers; in unmanaged memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RestrictionOrders
{
    internal int Ruleset;
    internal nint Filter;
    internal nint SetCapabilities;
    internal nint CapabilityHeader;
    internal nint CapabilityData;
    internal nint Path;
    internal nint Arguments;
    internal nint Environment;
    internal nint Actions;
    internal nint Attributes;
    internal int StartedEvent;
    internal int ReleaseEvent;

    /// <summary>A process outside, to try a signal on; 0 for none.</summary>
    internal int Sentinel;

    /// <summary>Set before the release: kill everything in the domain.</summary>
    internal int KillDomain;

    internal int Restricted;
    internal int Error;
    internal RestrictionStep Step;
    internal int Process;
    internal int SentinelAnswer;
}
