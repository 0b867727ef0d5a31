using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Colophon.Security.Sandbox.Confine;

/// <summary>
/// The body of the one thread that gives its rights away. Landlock and seccomp bind the calling thread and what it starts, and nothing can
/// take them off again; so this thread restricts itself, creates the command's process, and ends.
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
    private const int NoSuchProcess = 3;

    private static readonly (int ThreadId, int SignalThread) s_numbers =
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? (186, 234) : (178, 131);

    private static readonly nint s_libc = NativeLibrary.Load(OperatingSystem.IsLinux() ? "libc.so.6" : "libc");

    private static readonly delegate* unmanaged<int, nint, nint, nint, nint, int> s_prctl =
        (delegate* unmanaged<int, nint, nint, nint, nint, int>)NativeLibrary.GetExport(s_libc, "prctl");

    private static readonly delegate* unmanaged<nint, nint, nint, nint, nint> s_syscall =
        (delegate* unmanaged<nint, nint, nint, nint, nint>)NativeLibrary.GetExport(s_libc, "syscall");

    private static readonly delegate* unmanaged<int*, nint, nint, nint, nint, nint, int> s_spawn =
        (delegate* unmanaged<int*, nint, nint, nint, nint, nint, int>)NativeLibrary.GetExport(s_libc, "posix_spawn");

    private static readonly delegate* unmanaged<int, int, int> s_kill =
        (delegate* unmanaged<int, int, int>)NativeLibrary.GetExport(s_libc, "kill");

    private static readonly delegate* unmanaged<int*> s_error =
        (delegate* unmanaged<int*>)NativeLibrary.GetExport(s_libc, "__errno_location");

    /// <summary>
    /// Runs the thread until it is gone, from the kernel's view as well: while it stands it belongs to the command's domain, and the command
    /// could read this program's memory through it.
    /// </summary>
    internal static void Run(RestrictionOrders* orders)
    {
        var thread = new Thread(Obey, 256 * 1024) { IsBackground = true, Name = "colophon confined" };
        thread.Start((nint)orders);
        thread.Join();
        // A few microseconds as a rule; a yield on a busy machine would cost whole time slices.
        for (var round = 0; s_syscall(s_numbers.SignalThread, Environment.ProcessId, orders->Thread, 0) == 0 || *s_error() != NoSuchProcess; round++)
        {
            if (round < 50)
                Thread.SpinWait(20);
            else
                Thread.Yield();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Obey(object? address)
    {
        if (address is not nint orderAddress)
            return;
        var orders = (RestrictionOrders*)orderAddress;
        orders->Thread = (int)s_syscall(s_numbers.ThreadId, 0, 0, 0);
        orders->Error = Confine(orders);
        if (orders->Error == 0 && orders->Sentinel != 0)
            orders->SentinelAnswer = s_kill(orders->Sentinel, 0) == 0 ? 0 : *s_error();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Confine(RestrictionOrders* orders)
    {
        orders->Step = RestrictionStep.NoNewPrivileges;
        if (s_prctl(SetNoNewPrivileges, 1, 0, 0, 0) != 0)
            return *s_error();

        orders->Step = RestrictionStep.Signals;
        if (orders->SignalRuleset >= 0 && s_syscall(LandlockRuleset.RestrictSelf, orders->SignalRuleset, 0, 0) != 0)
            return *s_error();
        orders->Step = RestrictionStep.Broom;
        if (Spawn(&orders->Broom) is not 0 and var broomError)
            return broomError;

        orders->Step = RestrictionStep.Landlock;
        if (orders->Ruleset >= 0 && s_syscall(LandlockRuleset.RestrictSelf, orders->Ruleset, 0, 0) != 0)
            return *s_error();
        orders->Step = RestrictionStep.Capabilities;
        if (orders->SetCapabilities != 0 && s_syscall(orders->SetCapabilities, orders->CapabilityHeader, orders->CapabilityData, 0) != 0)
            return *s_error();
        orders->Step = RestrictionStep.Seccomp;
        if (orders->Filter != 0 && s_prctl(SetSeccomp, SeccompModeFilter, orders->Filter, 0, 0) != 0)
            return *s_error();
        orders->Step = RestrictionStep.Spawn;
        return Spawn(&orders->Command);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Spawn(SpawnOrders* orders)
    {
        if (orders->Path == 0)
            return 0;
        int process;
        var error = s_spawn(&process, orders->Path, orders->Actions, orders->Attributes, orders->Arguments, orders->Environment);
        orders->Process = error == 0 ? process : 0;
        return error;
    }
}
