using Colophon.Security.Sandbox.Native;
using Colophon.Security.Sandbox.Spawn;

namespace Colophon.Security.Sandbox.Confine;

/// <summary>
/// A shell that stands in a Landlock domain around the command's and waits for its input to end. Then it kills "every process I may signal",
/// and in a domain that keeps signals in these are exactly the command and its descendants, in one step that no fork outruns, whatever
/// session, parent or environment they gave themselves. The command can neither signal nor trace it, because its own domain lies
/// deeper. If this program dies, by <c>kill -9</c> even, the input ends all the same: no command outlives it.
/// </summary>
internal sealed unsafe class Broom : IDisposable
{
    /// <summary>
    /// A killed process may finish the system call it is in, so the broom looks until nobody is left; for a second or so at most, since where the
    /// machine's init does not reap, the dead stay.
    /// </summary>
    private const string Sweeping = """
        read -r line
        kill -9 -1
        round=0
        while [ $round -lt 300 ]; do
          left=
          for process in /proc/[0-9]*; do
            process=${process#/proc/}
            [ $process = $$ ] || ! kill -0 $process || left=1
          done
          [ $left ] || exit 0
          round=$((round + 1))
          sleep 0.002
        done
        """;

    private readonly LandlockRuleset _domain = LandlockRuleset.CreateForSignals();
    private readonly Descriptor _waiting;
    private readonly Descriptor _hold;
    private readonly Descriptor _silence = Descriptor.ForReading("/dev/null");
    private readonly SpawnPlan _plan;
    private int _process;

    private Broom()
    {
        (_waiting, _hold) = Descriptor.Pipe();
        _plan = new SpawnPlan("/bin/sh", ["-c", Sweeping], ["PATH=/usr/bin:/bin"], "/", _waiting, _silence, _silence);
    }

    /// <summary>A broom for one command, or null where the kernel would let it sweep the user's other processes away.</summary>
    /// <param name="abi">The Landlock ABI.</param>
    internal static Broom? SetUp(int abi) => abi >= LandlockRuleset.ScopedAbi && DomainSignals.StayInside ? new Broom() : null;

    /// <summary>Tells the restricted thread to set the broom up before anything else.</summary>
    internal void Enter(RestrictionOrders* orders)
    {
        orders->SignalRuleset = _domain.Number;
        orders->Broom = SpawnOrders.From(_plan);
    }

    /// <summary>The thread is through: its process is known, and only the broom holds the other end.</summary>
    internal void Entered(RestrictionOrders* orders)
    {
        _process = orders->Broom.Process;
        _waiting.Dispose();
    }

    /// <summary>Kills everything in the domain and waits until that is done.</summary>
    internal void Sweep()
    {
        _hold.Dispose();
        var process = Interlocked.Exchange(ref _process, 0);
        if (process > 0)
            CommandRun.Reap(process);
    }

    public void Dispose()
    {
        Sweep();
        _plan.Dispose();
        _waiting.Dispose();
        _silence.Dispose();
        _domain.Dispose();
    }
}
