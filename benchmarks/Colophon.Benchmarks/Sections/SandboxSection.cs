using System.Diagnostics;
using Colophon.Benchmarks.Processes;
using Colophon.Security.Sandbox;

namespace Colophon.Benchmarks.Sections;

/// <summary>What confining a command costs over starting it bare with .NET's own process class, in turns.</summary>
internal static class SandboxSection
{
    private const int Rounds = 100;

    private static readonly (string Name, string Program, string[] Arguments)[] s_commands =
    [
        ("true", "/bin/true", []),
        ("shell", "/bin/bash", ["-c", "echo hello | cat"]),
    ];

    internal static async Task RunAsync(Layout layout)
    {
        var folder = Directory.CreateTempSubdirectory("colophon-bench-").FullName;
        try
        {
            if (!SandboxProbe.Run().Available)
            {
                Console.WriteLine($"left out: {SandboxProbe.Run().Findings[0]}");
                return;
            }

            var sandbox = new LandlockSandbox(TimeProvider.System);
            foreach (var (name, program, arguments) in s_commands)
            {
                var command = SandboxCommand.Exec(program, arguments, folder);
                var (bare, confined) = (new List<double>(), new List<double>());
                for (var round = -5; round < Rounds; round++)
                {
                    var (first, second) = (await TimeAsync(() => BareAsync(program, arguments, folder)), await TimeAsync(() => sandbox.RunAsync(command, SandboxPolicy.WriteOnly(folder), default)));
                    if (round < 0)
                        continue;
                    bare.Add(first);
                    confined.Add(second);
                }

                Console.WriteLine($"{name,-12} bare {bare.Median(),6:F2} ms  confined {confined.Median(),6:F2} ms  cost {confined.Median() - bare.Median(),6:F2} ms (goal: 20 ms)  slowest tenth from {confined.Order().ElementAt(Rounds * 9 / 10),6:F2} ms");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        var started = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task BareAsync(string program, string[] arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true });
        if (process is null)
            return;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
    }
}
