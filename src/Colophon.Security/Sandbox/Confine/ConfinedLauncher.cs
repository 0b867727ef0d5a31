using System.Runtime.InteropServices;
using Colophon.Security.Errors;
using Colophon.Security.Sandbox.Native;
using Colophon.Security.Sandbox.Spawn;

namespace Colophon.Security.Sandbox.Confine;

/// <summary>Starts a command from a thread that confined itself, and ends the command's whole domain with it.</summary>
internal sealed unsafe class ConfinedLauncher : Launcher
{
    private readonly LandlockRuleset _ruleset;
    private readonly NativeBlock _memory = new();
    private readonly Descriptor _started = Descriptor.Event();
    private readonly Descriptor _release = Descriptor.Event();
    private readonly RestrictionOrders* _orders;
    private readonly string _runId;
    private readonly bool _killByDomain;
    private Thread? _thread;
    private bool _killed;

    /// <summary>Lays everything out for the thread.</summary>
    /// <param name="ruleset">What the command may touch; disposed of with the launcher.</param>
    /// <param name="allowNetwork">Whether it may open sockets.</param>
    /// <param name="runId">What marks its processes where signals are not scoped.</param>
    internal ConfinedLauncher(LandlockRuleset ruleset, bool allowNetwork, string runId)
    {
        (_ruleset, _runId, _killByDomain) = (ruleset, runId, DomainSignals.StayInside);
        _orders = (RestrictionOrders*)_memory.Reserve(sizeof(RestrictionOrders));
        _orders->Ruleset = ruleset.Number;
        _orders->StartedEvent = _started.Number;
        _orders->ReleaseEvent = _release.Number;
        _orders->Filter = Filter(SeccompFilter.Write(allowNetwork, keepSession: !_killByDomain, RuntimeInformation.ProcessArchitecture));
        Capabilities.Prepare(_orders, _memory);
    }

    internal override int Launch(SpawnPlan plan, out int process)
    {
        _orders->Path = plan.Path;
        _orders->Arguments = plan.Arguments;
        _orders->Environment = plan.Environment;
        _orders->Actions = plan.Actions;
        _orders->Attributes = plan.Attributes;
        _thread = RestrictedThread.Start(_orders);
        _started.WaitForSignal();
        process = _orders->Process;
        if (_orders->Error == 0 || _orders->Step == RestrictionStep.Spawn)
            return _orders->Error;
        throw new SecurityException(
            SecurityError.SandboxUnavailable,
            $"The kernel refused to confine the command (step {_orders->Step}, {Marshal.GetPInvokeErrorMessage(_orders->Error)}); nothing was started.",
            Consent.UnconfinedConsent.Hint);
    }

    internal override void KillAll(int process)
    {
        if (_killed)
            return;
        _killed = true;
        _ = Posix.Kill(-process, Posix.KillSignal);
        if (_killByDomain)
            _orders->KillDomain = _orders->Restricted;
        EndThread();
        if (!_killByDomain)
            ProcessTable.KillSession(process, _runId);
    }

    public override void Dispose()
    {
        EndThread();
        _started.Dispose();
        _release.Dispose();
        _ruleset.Dispose();
        _memory.Dispose();
    }

    private void EndThread()
    {
        if (_thread is not { } thread)
            return;
        _thread = null;
        _release.Signal();
        thread.Join();
    }

    private nint Filter(SeccompInstruction[] code)
    {
        var copy = _memory.Reserve(code.Length * sizeof(SeccompInstruction));
        code.CopyTo(new Span<SeccompInstruction>((void*)copy, code.Length));
        // struct sock_fprog: a count, padding, a pointer.
        var program = _memory.Reserve(16);
        *(ushort*)program = (ushort)code.Length;
        ((nint*)program)[1] = copy;
        return program;
    }
}
