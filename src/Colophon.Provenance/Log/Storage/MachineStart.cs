using System.Security.Cryptography;

namespace Colophon.Provenance.Log;

/// <summary>Tells one start of the machine from another: what was written without a flush is there only until the next.</summary>
internal static class MachineStart
{
    /// <summary>The beginning of the kernel's random id of this start; where there is none, nothing counts as the same start.</summary>
    internal static string Mark { get; } = Read();

    private static string Read()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id")[..13];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        }
    }
}
