using System.Runtime.InteropServices;
using Colophon.Security.Sandbox.Native;

namespace Colophon.Security.Sandbox.Confine;

/// <summary>
/// A set of Landlock rules (<c>landlock(7)</c>): every right the kernel knows is taken away, and given back below the folders named. It binds
/// nobody until a thread restricts itself with it.
/// </summary>
internal sealed unsafe class LandlockRuleset : IDisposable
{
    /// <summary>The oldest ABI that also covers <c>truncate</c>; below it a file outside could be emptied.</summary>
    internal const int RequiredAbi = 3;

    /// <summary>The ABI from which signals and abstract sockets stay inside.</summary>
    internal const int ScopedAbi = 6;

    internal const int RestrictSelf = 446;
    private const int CreateRuleset = 444;
    private const int AddRule = 445;
    private const int PathBeneath = 1;
    private const int NetworkAbi = 4;
    private const int NoSuchFile = 2;
    private const int NotADirectory = 20;
    private const int AccessDenied = 13;
    private const int InvalidArgument = 22;

    private readonly Descriptor _ruleset;
    private readonly LandlockRights _handled;

    private LandlockRuleset(Descriptor ruleset, LandlockRights handled) => (_ruleset, _handled) = (ruleset, handled);

    internal int Number => _ruleset.Number;

    /// <summary>The kernel's ABI, or 0 where Landlock is missing or disabled.</summary>
    internal static int KernelAbi()
    {
        const int askVersion = 1;
        return OperatingSystem.IsLinux() ? Math.Max(0, (int)Posix.Call(CreateRuleset, 0, 0, askVersion, 0)) : 0;
    }

    /// <summary>Makes a set that takes away all that this kernel can take.</summary>
    /// <param name="abi">What <see cref="KernelAbi"/> said.</param>
    /// <param name="allowNetwork">Whether TCP stays open.</param>
    /// <exception cref="IOException">The kernel refused.</exception>
    internal static LandlockRuleset Create(int abi, bool allowNetwork)
    {
        var handled = HandledBy(abi);
        var attributes = new Attributes
        {
            Files = handled,
            Network = abi >= NetworkAbi && !allowNetwork ? 0b11UL : 0,
            Scopes = abi >= ScopedAbi ? 0b11UL : 0,
        };
        // Older kernels refuse a structure longer than theirs.
        var size = abi switch { >= ScopedAbi => 24, >= NetworkAbi => 16, _ => 8 };
        return new LandlockRuleset(Create(attributes, size), handled);
    }

    /// <summary>Makes a set that confines nothing but signals, to find out whether that works.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    internal static LandlockRuleset CreateForSignals() => new(Create(new Attributes { Scopes = 0b11 }, 24), LandlockRights.None);

    /// <summary>Gives rights back at and below a path.</summary>
    /// <returns>False where the path does not exist or may not be looked at; then nothing is granted.</returns>
    /// <exception cref="IOException">The kernel refused the rule.</exception>
    internal bool Allow(string path, LandlockRights rights)
    {
        using var place = new Descriptor(Posix.Open(path, Posix.OpenPathOnly | Posix.CloseOnExec));
        if (!place.IsOpen)
        {
            var error = Marshal.GetLastPInvokeError();
            return error is NoSuchFile or NotADirectory or AccessDenied ? false : throw new IOException($"Cannot open '{path}' (errno {error}).");
        }

        var granted = rights & _handled;
        var refused = Add(place.Number, granted);
        if (refused == InvalidArgument)
            refused = Add(place.Number, granted & LandlockRights.OnFiles);
        return refused == 0 ? true : throw new IOException($"Landlock refused a rule for '{path}' (errno {refused}).");
    }

    public void Dispose() => _ruleset.Dispose();

    private static LandlockRights HandledBy(int abi)
    {
        var bits = abi switch { 1 => 13, 2 => 14, 3 or 4 => 15, _ => 16 };
        return (LandlockRights)((1UL << bits) - 1);
    }

    private static Descriptor Create(Attributes attributes, int size)
    {
        var number = (int)Posix.Call(CreateRuleset, (nint)(&attributes), size, 0, 0);
        return number >= 0 ? new Descriptor(number) : throw new IOException($"Landlock refused a ruleset (errno {Marshal.GetLastPInvokeError()}).");
    }

    private int Add(int place, LandlockRights rights)
    {
        var rule = new PathRule { Allowed = rights, Parent = place };
        return Posix.Call(AddRule, _ruleset.Number, PathBeneath, (nint)(&rule), 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary><c>struct landlock_ruleset_attr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        internal LandlockRights Files;
        internal ulong Network;
        internal ulong Scopes;
    }

    /// <summary><c>struct landlock_path_beneath_attr</c>.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct PathRule
    {
        internal LandlockRights Allowed;
        internal int Parent;
    }
}
