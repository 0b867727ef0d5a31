using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Colophon.Benchmarks.Processes;

/// <summary>What the operating system says one finished process and the children it reaped used.</summary>
/// <param name="Wall">Elapsed seconds.</param>
/// <param name="Cpu">User and system seconds.</param>
/// <param name="PeakMebibytes">The largest resident set of the process.</param>
/// <param name="ExitCode">Its exit code; 128 and the signal where one ended it.</param>
public sealed record Usage(double Wall, double Cpu, double PeakMebibytes, int ExitCode);

/// <summary>Runs whole processes and reads the kernel's own accounting of them (<c>wait4</c>). Linux only.</summary>
internal static partial class ProcessMeter
{
    private static readonly byte[] DevNull = "/dev/null\0"u8.ToArray();

    /// <summary>Runs the commands in turn, A B A B, so that a drifting machine is fair to both; the first round is a warm-up and not counted.</summary>
    internal static IReadOnlyList<Usage>[] Interleave(int rounds, params Command[] commands)
    {
        var usages = commands.Select(static _ => new List<Usage>()).ToArray();
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < commands.Length; i++)
            {
                commands[i].Before?.Invoke();
                var usage = Run(commands[i]);
                if (round > 0)
                    usages[i].Add(usage);
            }
        }

        return usages;
    }

    internal static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }

    internal static unsafe Usage Run(Command command)
    {
        var actions = stackalloc byte[256];
        Check(FileActionsInit(actions));
        fixed (byte* devNull = DevNull)
        {
            Check(AddOpen(actions, 0, devNull, 0, 0));
            Check(AddOpen(actions, 1, devNull, 1, 0));
            if (!command.ShowErrors)
                Check(AddOpen(actions, 2, devNull, 1, 0));
        }

        using var directory = new Utf8(command.Directory);
        Check(AddChangeDirectory(actions, directory.Pointer));
        using var arguments = new Utf8Array(command.Arguments);
        using var environment = new Utf8Array(command.Environment.Select(static p => $"{p.Key}={p.Value}"));
        using var program = new Utf8(command.Arguments[0]);
        var start = Stopwatch.GetTimestamp();
        var error = Spawn(out var pid, program.Pointer, actions, null, arguments.Pointer, environment.Pointer);
        if (error != 0)
            throw new Win32Exception(error, $"Cannot start {command.Arguments[0]}");
        RawUsage raw = default;
        while (Wait(pid, out var status, 0, &raw) is var waited)
        {
            if (waited < 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError());
            var wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
            _ = FileActionsDestroy(actions);
            var exit = (status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f);
            return new Usage(wall, raw.UserSeconds + raw.SystemSeconds + ((raw.UserMicros + raw.SystemMicros) / 1e6), raw.MaximumResident / 1024.0, exit);
        }

        throw new InvalidOperationException();
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new Win32Exception(error);
    }

    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct RawUsage
    {
        internal long UserSeconds;
        internal long UserMicros;
        internal long SystemSeconds;
        internal long SystemMicros;
        internal long MaximumResident;
        internal fixed long Rest[13];
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static unsafe partial int FileActionsInit(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static unsafe partial int FileActionsDestroy(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    private static unsafe partial int AddOpen(byte* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    private static unsafe partial int AddChangeDirectory(byte* actions, byte* path);

    [LibraryImport("libc", EntryPoint = "posix_spawnp")]
    private static unsafe partial int Spawn(out int pid, byte* file, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "wait4", SetLastError = true)]
    private static unsafe partial int Wait(int pid, out int status, int options, RawUsage* usage);

    private sealed unsafe class Utf8(string text) : IDisposable
    {
        internal byte* Pointer { get; } = (byte*)Marshal.StringToCoTaskMemUTF8(text);

        public void Dispose() => Marshal.FreeCoTaskMem((nint)Pointer);
    }

    private sealed unsafe class Utf8Array : IDisposable
    {
        private readonly Utf8[] _items;

        internal Utf8Array(IEnumerable<string> items)
        {
            _items = [.. items.Select(static i => new Utf8(i))];
            Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(_items.Length + 1), (nuint)sizeof(byte*));
            for (var i = 0; i < _items.Length; i++)
                Pointer[i] = _items[i].Pointer;
        }

        internal byte** Pointer { get; }

        public void Dispose()
        {
            foreach (var item in _items)
                item.Dispose();
            NativeMemory.Free(Pointer);
        }
    }
}
