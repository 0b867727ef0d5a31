using System.Runtime.InteropServices;
using Colophon.Kernel.Buffers;
using Colophon.Security.Errors;
using Colophon.Security.Sandbox.Native;

namespace Colophon.Security.Sandbox.Spawn;

/// <summary>
/// Watches one command from its start to its end on a thread of its own: reads its output, feeds its input, keeps its time, and
/// reaps it. .NET's own child handling leaves children it did not start alone, so the exit status is ours to collect.
/// </summary>
internal sealed unsafe class CommandRun(Launcher launcher, PreparedCommand command, TimeProvider time)
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>How long to wait for the end of the output once every process was killed: only one that escaped can still hold it.</summary>
    private static readonly TimeSpan s_drainLimit = TimeSpan.FromSeconds(1);

    private readonly HeadTailBuffer _output = new(command.OutputLimit);
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private int _inputSent;

    /// <summary>Runs the command on a new thread.</summary>
    internal Task<SandboxResult> RunAsync(CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<SandboxResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                completion.SetResult(Run(cancellationToken));
            }
            catch (OperationCanceledException e)
            {
                completion.SetCanceled(e.CancellationToken);
            }
            catch (Exception e)
            {
                // Every failure belongs to the caller's task; an exception on a bare thread would end the program.
                completion.SetException(e);
            }
        }, 256 * 1024)
        {
            IsBackground = true,
            Name = "colophon command",
        };
        thread.Start();
        return completion.Task;
    }

    private SandboxResult Run(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = time.GetTimestamp();
        using var cancel = Descriptor.Event();
        using var registration = cancellationToken.UnsafeRegister(static state => ((Descriptor?)state)?.Signal(), cancel);
        var (outRead, outWrite) = Descriptor.Pipe();
        using var output = outRead;
        using var childOutput = outWrite;
        var (childIn, inputEnd) = OpenInput();
        using var childInput = childIn;
        using var input = inputEnd;

        var process = Launch(childInput, childOutput);
        int? status = null;
        try
        {
            childInput.Dispose();
            childOutput.Dispose();
            LimitResources(process);
            launcher.Release();
            using var ended = Descriptor.OfProcess(process);
            var ending = Watch(ended, output, input, cancel, started);
            status = launcher.End(process);
            Drain(output);
            cancellationToken.ThrowIfCancellationRequested();
            return Result(status.Value, ending == Ending.OutOfTime, time.GetElapsedTime(started));
        }
        finally
        {
            if (status is null)
                launcher.End(process);
        }
    }

    private enum Ending
    {
        ByItself,
        OutOfTime,
        Cancelled,
    }

    private (Descriptor Child, Descriptor Ours) OpenInput()
    {
        if (command.Input is not { Length: > 0 })
            return (Descriptor.ForReading("/dev/null"), new Descriptor(-1));
        var (read, write) = Descriptor.Pipe();
        _ = Posix.ControlDescriptor(write.Number, Posix.SetFlags, Posix.NonBlocking);
        return (read, write);
    }

    private int Launch(Descriptor input, Descriptor output)
    {
        var error = launcher.Launch(command, input, output, out var process);
        return error == 0
            ? process
            : throw new SecurityException(
                SecurityError.CannotStart,
                $"Cannot start '{command.Program}' in '{command.Directory}': {Marshal.GetPInvokeErrorMessage(error)}.",
                "Check the program's name, that it is executable, and that the sandbox may read it.");
    }

    private void LimitResources(int process)
    {
        // A core file would hold the command's memory and fill the folder.
        var none = default(ResourceLimit);
        _ = Posix.Limit(process, Posix.LimitCore, &none, null);
        if (command.FileSizeLimit is not { } bytes)
            return;
        var size = new ResourceLimit { Soft = (ulong)bytes, Hard = (ulong)bytes };
        _ = Posix.Limit(process, Posix.LimitFileSize, &size, null);
    }

    private Ending Watch(Descriptor ended, Descriptor output, Descriptor input, Descriptor cancel, long started)
    {
        var entries = stackalloc PollEntry[4];
        while (true)
        {
            var left = command.TimeLimit - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
                return Ending.OutOfTime;
            entries[0] = new PollEntry { Descriptor = ended.Number, Events = Posix.PollIn };
            entries[1] = new PollEntry { Descriptor = cancel.Number, Events = Posix.PollIn };
            entries[2] = new PollEntry { Descriptor = output.Number, Events = Posix.PollIn };
            entries[3] = new PollEntry { Descriptor = input.Number, Events = Posix.PollOut };
            if (Posix.Poll(entries, 4, (int)Math.Min(left.TotalMilliseconds + 1, int.MaxValue)) < 0)
                continue;
            if (entries[1].Returned != 0)
                return Ending.Cancelled;
            if (entries[2].Returned != 0 && !ReadSome(output))
                output.Dispose();
            if (entries[3].Returned != 0)
                Feed(input);
            if (entries[0].Returned != 0)
                return Ending.ByItself;
        }
    }

    /// <summary>Takes in what stands in the pipe; false at its end.</summary>
    private bool ReadSome(Descriptor output)
    {
        fixed (byte* buffer = _chunk)
        {
            var count = Posix.Read(output.Number, buffer, ChunkBytes);
            if (count > 0)
                _output.Append(_chunk.AsSpan(0, (int)count));
            return count > 0 || (count < 0 && Marshal.GetLastPInvokeError() == Posix.Interrupted);
        }
    }

    private void Feed(Descriptor input)
    {
        var rest = (command.Input ?? default).Span[_inputSent..];
        fixed (byte* start = rest)
        {
            var count = Posix.Write(input.Number, start, rest.Length);
            if (count > 0)
                _inputSent += (int)count;
            else if (Marshal.GetLastPInvokeError() is not (Posix.TryAgain or Posix.Interrupted))
                _inputSent = (command.Input ?? default).Length;
        }

        if (_inputSent == (command.Input ?? default).Length)
            input.Dispose();
    }

    private void Drain(Descriptor output)
    {
        var started = time.GetTimestamp();
        while (output.IsOpen && time.GetElapsedTime(started) < s_drainLimit)
        {
            var entry = new PollEntry { Descriptor = output.Number, Events = Posix.PollIn };
            if (Posix.Poll(&entry, 1, (int)s_drainLimit.TotalMilliseconds) > 0 && !ReadSome(output))
                return;
        }
    }

    /// <summary>Waits for a child of ours and takes its status.</summary>
    internal static int Reap(int process)
    {
        int status;
        while (Posix.WaitPid(process, &status, 0) < 0)
        {
            // No such child: someone in this program waits for any child at all. How it ended is lost; that it ended is certain.
            if (Marshal.GetLastPInvokeError() != Posix.Interrupted)
                return 0xFF00;
        }

        return status;
    }

    private SandboxResult Result(int status, bool timedOut, TimeSpan duration)
    {
        var signal = status & 0x7F;
        return new SandboxResult
        {
            ExitCode = signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
            Signal = signal == 0 ? null : signal,
            Output = _output.ToString(),
            OutputBytes = _output.TotalBytes,
            TimedOut = timedOut,
            Duration = duration,
        };
    }
}
