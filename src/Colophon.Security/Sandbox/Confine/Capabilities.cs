using System.Runtime.InteropServices;
using Colophon.Security.Sandbox.Native;

namespace Colophon.Security.Sandbox.Confine;

/// <summary>
/// Takes the administrator's powers from a command that runs as root; only those over the ownership and modes of files stay, without which
/// unpacking an archive fails. With no_new_privs set, no program gets them back.
/// </summary>
internal static unsafe class Capabilities
{
    private const uint Version3 = 0x20080522;

    /// <summary>CHOWN (0), DAC_OVERRIDE (1), FOWNER (3), FSETID (4).</summary>
    private const uint Kept = 0b11011;

    /// <summary>Writes the orders to drop what is too much; leaves them empty where the process has no powers.</summary>
    internal static void Prepare(RestrictionOrders* orders, NativeBlock memory)
    {
        var x64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;
        var header = (uint*)memory.Reserve(8);
        header[0] = Version3;
        // Effective, permitted, inheritable; then the same for the upper half.
        var sets = (uint*)memory.Reserve(24);
        if (Posix.Call(x64 ? 125 : 90, (nint)header, (nint)sets, 0, 0) != 0 || (sets[1] | sets[4]) == 0)
            return;
        for (var half = 0; half < 2; half++)
        {
            var mask = half == 0 ? Kept : 0;
            sets[half * 3] &= mask;
            sets[(half * 3) + 1] &= mask;
            sets[(half * 3) + 2] = 0;
        }

        orders->SetCapabilities = x64 ? 126 : 91;
        orders->CapabilityHeader = (nint)header;
        orders->CapabilityData = (nint)sets;
    }
}
