using System.Runtime.InteropServices;
using Colophon.Security.Sandbox.Spawn;

namespace Colophon.Security.Sandbox.Confine;

/// <summary>How far the restricted thread came, in this order.</summary>
internal enum RestrictionStep
{
    NoNewPrivileges,
    Signals,
    Broom,
    Landlock,
    Capabilities,
    Seccomp,
    Spawn,
}

/// <summary>What the restricted thread is told, and its answers; in unmanaged memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RestrictionOrders
{
    /// <summary>The outer domain, in which the broom stands; -1 for none.</summary>
    internal int SignalRuleset;

    /// <summary>The inner domain, the command's; -1 for none.</summary>
    internal int Ruleset;

    internal SpawnOrders Broom;
    internal SpawnOrders Command;
    internal nint Filter;
    internal nint SetCapabilities;
    internal nint CapabilityHeader;
    internal nint CapabilityData;

    /// <summary>A process outside, to try a signal on; 0 for none.</summary>
    internal int Sentinel;

    internal int SentinelAnswer;
    internal int Error;
    internal RestrictionStep Step;
    internal int Thread;
}

/// <summary>One <c>posix_spawn</c>; nothing where the path is null.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SpawnOrders
{
    internal nint Path;
    internal nint Arguments;
    internal nint Environment;
    internal nint Actions;
    internal nint Attributes;
    internal int Process;

    internal static SpawnOrders From(SpawnPlan plan) => new()
    {
        Path = plan.Path,
        Arguments = plan.Arguments,
        Environment = plan.Environment,
        Actions = plan.Actions,
        Attributes = plan.Attributes,
    };
}
