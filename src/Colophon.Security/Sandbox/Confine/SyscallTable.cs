namespace Colophon.Security.Sandbox.Confine;

/// <summary>A system call's number on the two architectures that are supported; -1 where it has none.</summary>
internal readonly record struct Syscall(int X64, int Arm64)
{
    /// <summary>A call younger than the unified numbering.</summary>
    internal Syscall(int everywhere)
        : this(everywhere, everywhere)
    {
    }
}

/// <summary>The system calls that the filter looks at (<c>arch/x86/entry/syscalls/syscall_64.tbl</c>, <c>asm-generic/unistd.h</c>).</summary>
internal static class SyscallTable
{
    /// <summary>The youngest call known when this was written (<c>file_setattr</c>, Linux 6.17); what comes after it is answered as if it did not exist.</summary>
    internal const int Youngest = 469;

    internal static readonly Syscall Socket = new(41, 198);
    internal static readonly Syscall SocketPair = new(53, 199);
    internal static readonly Syscall Clone = new(56, 220);
    internal static readonly Syscall ControlDevice = new(16, 29);
    internal static readonly Syscall Limit = new(302, 261);

    /// <summary>Answered "no such call", so that libraries fall back: <c>clone3</c> (its flags lie in memory, where no filter sees them) and io_uring.</summary>
    internal static readonly Syscall[] Missing = [new(435), new(425), new(426), new(427)];

    /// <summary>Answered "not permitted".</summary>
    internal static readonly Syscall[] Forbidden =
    [
        // Other processes' memory and descriptors.
        new(101, 117), new(310, 270), new(311, 271), new(312, 272), new(438), new(440), new(279, 239), new(256, 238),
        // The kernel's own machinery: bpf, perf, userfaultfd, key rings, modules, kexec.
        new(321, 280), new(298, 241), new(323, 282), new(248, 217), new(249, 218), new(250, 219),
        new(175, 105), new(176, 106), new(313, 273), new(246, 104), new(320, 294),
        // Mounts, name spaces, roots.
        new(165, 40), new(166, 39), new(155, 41), new(161, 51), new(308, 268), new(272, 97),
        new(428), new(429), new(430), new(431), new(432), new(433), new(442), new(467),
        // Files by handle, past every path rule; watching other people's files.
        new(304, 265), new(300, 262), new(301, 263), new(212, 18),
        // The machine: swap, quota, accounting, clock, name, ports, reboot, log.
        new(167, 224), new(168, 225), new(179, 60), new(443), new(163, 89), new(164, 170), new(227, 112), new(305, 266), new(159, 171),
        new(170, 161), new(171, 162), new(172, -1), new(173, -1), new(154, -1), new(134, -1), new(153, 58), new(180, 42), new(169, 142), new(103, 116),
        // Memory and queues shared with the user's other programs.
        new(29, 194), new(30, 196), new(68, 186), new(64, 190), new(240, 180),
    ];

    /// <summary>What a socket is needed for; closed too where the network is, although no socket can be had.</summary>
    internal static readonly Syscall[] SocketUse = [new(42, 203), new(49, 200), new(50, 201)];
}
