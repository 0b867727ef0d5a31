using System.Runtime.InteropServices;

namespace Colophon.Security.Sandbox.Confine;

/// <summary>
/// Writes the seccomp filter (classic BPF over <c>struct seccomp_data</c>): all is allowed but the doors that Landlock does not watch. The
/// kernel remembers which calls are always allowed, so that those cost nothing.
/// </summary>
internal static class SeccompFilter
{
    private const ushort Load = 0x20;
    private const ushort And = 0x54;
    private const ushort JumpEqual = 0x15;
    private const ushort JumpGreater = 0x25;
    private const ushort JumpAtLeast = 0x35;
    private const ushort Return = 0x06;

    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint ArgumentsOffset = 16;

    private const uint Allow = 0x7FFF0000;
    private const uint KillProcess = 0x80000000;
    private const uint NotPermitted = 0x00050000 | 1;
    private const uint AccessDenied = 0x00050000 | 13;
    private const uint NoSuchCall = 0x00050000 | 38;

    private const uint ForeignX32 = 0x40000000;
    private const uint NewNameSpaces = 0x7E020000;
    private const uint TypeInto = 0x5412;
    private const uint LinuxConsole = 0x541C;

    /// <summary>Whether a filter can be written for this machine's architecture.</summary>
    internal static bool IsSupported => RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>Writes the filter.</summary>
    /// <param name="allowNetwork">Whether IPv4 and IPv6 sockets can be made.</param>
    /// <param name="architecture">For which architecture.</param>
    internal static SeccompInstruction[] Write(bool allowNetwork, Architecture architecture)
    {
        var x64 = architecture == Architecture.X64;
        int Number(Syscall call) => x64 ? call.X64 : call.Arm64;

        var code = new List<SeccompInstruction>
        {
            new(Load, ArchitectureOffset),
            new(JumpEqual, x64 ? 0xC000003E : 0xC00000B7, 1, 0),
            new(Return, KillProcess),
            new(Load, NumberOffset),
        };
        if (x64)
            code.AddRange([new(JumpAtLeast, ForeignX32, 0, 1), new(Return, KillProcess)]);
        code.AddRange([new(JumpGreater, SyscallTable.Youngest, 0, 1), new(Return, NoSuchCall)]);

        void Answer(Syscall call, uint answer)
        {
            if (Number(call) is >= 0 and var number)
                code.AddRange([new(JumpEqual, (uint)number, 0, 1), new(Return, answer)]);
        }

        // Once a call is recognised its block decides it, so the number need not be loaded again.
        void Decide(Syscall call, params ReadOnlySpan<SeccompInstruction> block)
        {
            code.Add(new(JumpEqual, (uint)Number(call), 0, (byte)block.Length));
            code.AddRange(block);
        }

        foreach (var call in SyscallTable.Missing)
            Answer(call, NoSuchCall);
        foreach (var call in SyscallTable.Forbidden)
            Answer(call, NotPermitted);
        if (!allowNetwork)
        {
            foreach (var call in SyscallTable.SocketUse)
                Answer(call, AccessDenied);
        }

        Decide(SyscallTable.Clone,
            new(Load, Argument(0)),
            new(And, NewNameSpaces),
            new(JumpEqual, 0, 1, 0),
            new(Return, NotPermitted),
            new(Return, Allow));
        // Input typed into somebody's terminal.
        Decide(SyscallTable.ControlDevice,
            new(Load, Argument(1)),
            new(JumpEqual, TypeInto, 1, 0),
            new(JumpEqual, LinuxConsole, 0, 1),
            new(Return, NotPermitted),
            new(Return, Allow));
        // Limits of oneself (process 0) only: lowering another's kills it.
        Decide(SyscallTable.Limit,
            new(Load, Argument(0)),
            new(JumpEqual, 0, 1, 0),
            new(Return, NotPermitted),
            new(Return, Allow));
        // A datagram pair could still send to any Unix socket by its path; stream (1) and sequenced (5) pairs cannot.
        Decide(SyscallTable.SocketPair,
            new(Load, Argument(0)),
            new(JumpEqual, 1, 0, 4),
            new(Load, Argument(1)),
            new(And, 0xF),
            new(JumpEqual, 1, 2, 0),
            new(JumpEqual, 5, 1, 0),
            new(Return, AccessDenied),
            new(Return, Allow));
        if (allowNetwork)
        {
            Decide(SyscallTable.Socket,
                new(Load, Argument(0)),
                new(JumpEqual, 2, 2, 0),
                new(JumpEqual, 10, 1, 0),
                new(Return, AccessDenied),
                new(Return, Allow));
        }
        else
        {
            Answer(SyscallTable.Socket, AccessDenied);
        }

        code.Add(new(Return, Allow));
        return [.. code];
    }

    /// <summary>The low half of an argument; both architectures are little-endian.</summary>
    private static uint Argument(uint index) => ArgumentsOffset + (8 * index);
}

/// <summary><c>struct sock_filter</c>: one instruction; the jumps count the instructions to skip.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct SeccompInstruction(ushort code, uint operand, byte ifTrue = 0, byte ifFalse = 0)
{
    internal readonly ushort Code = code;
    internal readonly byte IfTrue = ifTrue;
    internal readonly byte IfFalse = ifFalse;
    internal readonly uint Operand = operand;
}
