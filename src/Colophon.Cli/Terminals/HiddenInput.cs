using System.Runtime.InteropServices;

namespace Colophon.Cli.Terminals;

/// <summary>Switches the terminal's echo off (termios, POSIX.1) until it is disposed of. Where that cannot be done, the echo stays.</summary>
internal sealed partial class HiddenInput : IDisposable
{
    private const int StandardInput = 0;
    private const int Now = 0;
    private const byte Echo = 8;
    private const int Room = 128;

    private readonly byte[]? _before;

    private HiddenInput(byte[]? before) => _before = before;

    /// <summary>The byte of <c>struct termios</c> that holds the flag: the lowest of the fourth field, <c>c_lflag</c>, of 32 bits on Linux and 64 on macOS.</summary>
    private static int? LocalFlags => OperatingSystem.IsLinux() ? 12 : OperatingSystem.IsMacOS() ? 24 : null;

    /// <summary>Switches it off.</summary>
    public static HiddenInput Begin()
    {
        var state = new byte[Room];
        if (LocalFlags is not { } flags || GetAttributes(StandardInput, state) != 0)
            return new HiddenInput(null);
        var before = (byte[])state.Clone();
        state[flags] &= unchecked((byte)~Echo);
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
