using System.Runtime.InteropServices;

namespace Colophon.Cli.Terminals;

/// <summary>Switches the terminal's echo off (termios, POSIX.1) until it is disposed of. Where that cannot be done, the echo stays.</summary>
internal sealed partial class HiddenInput : IDisposable
{
    private const int StandardInput = 0;
    private const int Now = 0;
    private const int LocalFlags = 12; // c_lflag is the fourth 32-bit field of Linux's struct termios.
    private const uint Echo = 8;
    private const int Room = 128;

    private readonly byte[]? _before;

    private HiddenInput(byte[]? before) => _before = before;

    /// <summary>Switches it off.</summary>
    public static HiddenInput Begin()
    {
        var state = new byte[Room];
        if (!OperatingSystem.IsLinux() || GetAttributes(StandardInput, state) != 0)
            return new HiddenInput(null);
        var before = (byte[])state.Clone();
        var flags = MemoryMarshal.Cast<byte, uint>(state.AsSpan(LocalFlags, sizeof(uint)));
        flags[0] &= ~Echo;
        return SetAttributes(StandardInput, Now, state) == 0 ? new HiddenInput(before) : new HiddenInput(null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_before is not null)
            _ = SetAttributes(StandardInput, Now, _before);
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetAttributes(int descriptor, Span<byte> state);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetAttributes(int descriptor, int when, ReadOnlySpan<byte> state);
}
