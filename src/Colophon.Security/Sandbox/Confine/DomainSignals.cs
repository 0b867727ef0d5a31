using Colophon.Security.Sandbox.Native;
using Colophon.Security.Sandbox.Spawn;

namespace Colophon.Security.Sandbox.Confine;

/// <summary>
/// Whether a signal really cannot leave a Landlock domain on this kernel. "Kill every process I may signal" is a fine broom inside a domain
/// and a catastrophe outside of one, so what the ABI number promises is tried out once, on a process of our own.
/// </summary>
internal static unsafe class DomainSignals
{
    private const int NotPermitted = 1;

    private static readonly Lazy<bool> s_stayInside = new(Prove);

    /// <summary>True once it was seen that a restricted thread could not signal a process outside.</summary>
    internal static bool StayInside => s_stayInside.Value;

    private static bool Prove()
    {
        if (LandlockRuleset.KernelAbi() < LandlockRuleset.ScopedAbi)
            return false;
        try
        {
            using var silence = Descriptor.ForReading("/dev/null");
            var (waiting, hold) = Descriptor.Pipe();
            using var sentinelInput = waiting;
            using var release = hold;
            // It waits for the end of its input, which comes when we close our end or die.
            using var plan = new SpawnPlan("/bin/sh", ["-c", "read -r line"], [], "/", sentinelInput, silence, silence);
            if (plan.Spawn(out var sentinel) != 0)
                return false;
            try
            {
                return AnswerFromInside(sentinel) == NotPermitted;
            }
            finally
            {
                _ = Posix.Kill(sentinel, Posix.KillSignal);
                _ = Posix.WaitPid(sentinel, null, 0);
            }
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static int AnswerFromInside(int sentinel)
    {
        using var ruleset = LandlockRuleset.CreateForSignals();
        using var memory = new NativeBlock();
        var orders = (RestrictionOrders*)memory.Reserve(sizeof(RestrictionOrders));
        orders->SignalRuleset = ruleset.Number;
        orders->Ruleset = -1;
        orders->Sentinel = sentinel;
        orders->SentinelAnswer = -1;
        RestrictedThread.Run(orders);
        return orders->Error == 0 ? orders->SentinelAnswer : -1;
    }
}
