using System.Runtime.InteropServices;
using Colophon.Security.Consent;
using Colophon.Security.Errors;
using Colophon.Security.Sandbox.Native;
using Colophon.Security.Sandbox.Spawn;

namespace Colophon.Security.Sandbox.Confine;

/// <summary>
/// Starts a command from a thread that confined itself. What that thread creates is a shell at a closed gate; the gate opens, and the shell becomes the
/// command, once the thread is gone, so that the command never shares its domain with a thread of this program.
/// </summary>
/// <param name="ruleset">What the command may touch; disposed of with the launcher.</param>
/// <param name="allowNetwork">Whether it may open sockets.</param>
/// <param name="broom">What ends its processes; null where signals are not scoped: then its session and its mark must do.</param>
/// <param name="runId">What marks its processes where there is no broom.</param>
internal sealed unsafe class ConfinedLauncher(LandlockRuleset ruleset, bool allowNetwork, Broom? broom, string runId) : Launcher
{
    /// <summary>Descriptor 3 is the gate; where it closes without a line, this program died, and nothing may run.</summary>
    private const string AtTheGate = "read -r line <&3 || exit 126; exec 3<&-; unset line; exec \"$@\"";

    private readonly NativeBlock _memory = new();
    private Descriptor? _gate;

    internal override int Launch(PreparedCommand command, Descriptor input, Descriptor output, out int process)
    {
        var (closed, gate) = Descriptor.Pipe();
        _gate = gate;
        using var waiting = closed;
        using var plan = new SpawnPlan(
            "/bin/sh",
            ["-c", AtTheGate, "sh", command.Program, .. command.Arguments],
            command.Environment,
            command.Directory,
            input,
            output,
            output,
            waiting);

        var orders = (RestrictionOrders*)_memory.Reserve(sizeof(RestrictionOrders));
        orders->SignalRuleset = -1;
        orders->Ruleset = ruleset.Number;
        orders->Command = SpawnOrders.From(plan);
        orders->Filter = Filter(SeccompFilter.Write(allowNetwork, RuntimeInformation.ProcessArchitecture));
        Capabilities.Prepare(orders, _memory);
        broom?.Enter(orders);
        RestrictedThread.Run(orders);
        broom?.Entered(orders);

        process = orders->Command.Process;
        if (orders->Error == 0 || orders->Step == RestrictionStep.Spawn)
            return orders->Error;
        throw new SecurityException(
            SecurityError.SandboxUnavailable,
            $"The kernel refused to confine the command (step {orders->Step}, {Marshal.GetPInvokeErrorMessage(orders->Error)}); nothing was started.",
            UnconfinedConsent.Hint);
    }

    internal override void Release()
    {
        if (_gate is not { } gate)
            return;
        var line = (byte)'\n';
        _ = Posix.Write(gate.Number, &line, 1);
        gate.Dispose();
    }

    internal override int End(int process)
    {
        if (broom is null)
        {
            ProcessTable.KillSession(process, runId);
            return CommandRun.Reap(process);
        }

        // The command leads its group and cannot leave it. It is reaped first, because the broom waits until nobody is left.
        _ = Posix.Kill(-process, Posix.KillSignal);
        var status = CommandRun.Reap(process);
        broom.Sweep();
        return status;
    }

    public override void Dispose()
    {
        broom?.Dispose();
        _gate?.Dispose();
        ruleset.Dispose();
        _memory.Dispose();
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
