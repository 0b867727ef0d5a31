using Colophon.Benchmarks.Processes;

namespace Colophon.Benchmarks.Sections;

/// <summary>Goal: at most 20 ms and 25 MiB.</summary>
internal static class StartupSection
{
    internal static async Task RunAsync(Layout layout)
    {
        var directory = layout.Fresh("startup");
        List<Command> commands = [new() { Name = "colophon --version", Arguments = [layout.Program, "--version"], Directory = directory }];
        if (await Peers.OpenSpecAsync(layout) is { } openSpec)
            commands.Add(openSpec with { Name = "openspec --version (npm)", Arguments = [.. openSpec.Arguments, "--version"], Directory = directory });
        Bench.Print(commands, ProcessMeter.Interleave(9, [.. commands]));
        Console.WriteLine("goal: wall <= 20 ms, peak <= 25 MiB");
    }
}
