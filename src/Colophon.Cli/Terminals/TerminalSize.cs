using System.Runtime.InteropServices;

namespace Colophon.Cli.Terminals;

/// <summary>Asks the kernel how wide the terminal is. <see cref="Console.WindowWidth"/> would write to the terminal first to set its modes.</summary>
internal static partial class TerminalSize
{
    /// <summary>Where results go.</summary>
    public const int StandardOutput = 1;

    /// <summary>Where what is said beside them goes.</summary>
    public const int StandardError = 2;

    private const nuint GetWindowSize = 0x5413; // TIOCGWINSZ, the same on every Linux architecture that .NET runs on.

    /// <summary>The columns of the terminal behind a descriptor, or null where that cannot be known.</summary>
    public static int? Columns(int descriptor)
    {
        // ioctl is variadic, which only Linux passes like any other call.
        if (!OperatingSystem.IsLinux())
            return null;
        var size = default(WindowSize);
        return Control(descriptor, GetWindowSize, ref size) == 0 && size.Columns > 0 ? size.Columns : null;
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, nuint request, ref WindowSize size);

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }
}
