using Colophon.Security.Sandbox.Confine;

namespace Colophon.Security.Sandbox;

/// <summary>What this machine's kernel offers to confine commands, for <c>doctor</c>.</summary>
public sealed record SandboxProbe
{
    private SandboxProbe()
    {
    }

    /// <summary>The Landlock ABI, or 0 where there is none.</summary>
    public required int LandlockAbi { get; init; }

    /// <summary>Whether seccomp filters can be installed on this architecture.</summary>
    public required bool Seccomp { get; init; }

    /// <summary>Whether signals were seen to stay inside, so that no process of a command can escape its end.</summary>
    public required bool SignalsStayInside { get; init; }

    /// <summary>Whether commands can be confined as required; where not, <see cref="LandlockSandbox"/> refuses.</summary>
    public required bool Available { get; init; }

    /// <summary>One line for each thing that is confined, or is not on this kernel, for people.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>Asks the kernel. It starts one shell for a moment, to try a signal on it.</summary>
    public static SandboxProbe Run()
    {
        var abi = LandlockRuleset.KernelAbi();
        var reason = WhyNot(abi);
        var inside = reason is null && DomainSignals.StayInside;
        return new SandboxProbe
        {
            LandlockAbi = abi,
            Seccomp = SeccompFilter.IsSupported,
            SignalsStayInside = inside,
            Available = reason is null,
            Findings = reason is not null ? [reason] : [.. Describe(abi, inside)],
        };
    }

    /// <summary>Why commands cannot be confined here, or null where they can.</summary>
    internal static string? WhyNot(int abi)
    {
        if (!OperatingSystem.IsLinux())
            return "only Linux has Landlock";
        if (!SeccompFilter.IsSupported)
            return "the seccomp filter knows x64 and arm64 only";
        return abi switch
        {
            0 => "this kernel has no Landlock, or it is not enabled (see `lsm=` on the kernel's command line)",
            < LandlockRuleset.RequiredAbi => $"this kernel's Landlock (ABI {abi}) does not cover truncate; ABI {LandlockRuleset.RequiredAbi} came with Linux 6.2",
            _ => null,
        };
    }

    private static IEnumerable<string> Describe(int abi, bool inside)
    {
        yield return $"files: reads and writes are confined (Landlock ABI {abi})";
        yield return "network: no socket can be made (seccomp)" + (abi >= 4 ? ", and no TCP port used (Landlock)" : "");
        yield return abi >= 5 ? "devices: their controls are confined" : "devices: ioctl is not confined (ABI 5 needed)";
        yield return inside
            ? "processes: signals stay inside; every process of a command ends with it"
            : "processes: a command may signal the user's other processes, and one that hides well may outlive it, confined (ABI 6 needed)";
        yield return "not confined: looking up names and sizes; changing modes, times and attributes of the user's own files by path";
    }
}
