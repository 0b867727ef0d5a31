using Colophon.Benchmarks.Processes;
using Colophon.Benchmarks.Sections;

namespace Colophon.Benchmarks;

/// <summary>The sections of <c>./bench</c>, each printing its own figures beside its goal or its peer, measured in the same run.</summary>
internal sealed class Bench(Layout layout)
{
    private readonly (string Name, string What, Func<Layout, Task> Run)[] _sections =
    [
        ("startup", "colophon --version", StartupSection.RunAsync),
        ("validate", "validate --all, list and --version with 200 specifications and 200 changes, beside OpenSpec's own CLI", ValidateSection.RunAsync),
        ("parse", "specification text read and checked in process, on one core", ParseSection.RunAsync),
        ("watch", "10,000 changes kept in memory and watched", WatchSection.RunAsync),
        ("agent", "a session of 20 tool calls against a model that answers at once", AgentSection.RunAsync),
        ("accuracy", "who really wrote each line of made-up histories, against what is said", AccuracySection.RunAsync),
        ("coverage", "who wrote 160,000 lines over 9,000 commits, cold, and after one more commit", CoverageSection.RunAsync),
        ("audit", "signing, appending and verifying the log", AuditSection.RunAsync),
        ("year", "what a log of a year costs every day", YearSection.RunAsync),
        ("growth", "appends and checkpoints as the log grows", GrowthSection.RunAsync),
        ("hot", "what runs for each line and each byte of an entry", HotPathSection.RunAsync),
        ("index", "finding entries in a long log", IndexSection.RunAsync),
        ("history", "10,000 entries compared with the 2,000 commits they travelled in", HistorySection.RunAsync),
        ("sandbox", "one command in the sandbox, beside the same one bare", SandboxSection.RunAsync),
    ];

    internal async Task<int> RunAsync(string[] names)
    {
        var unknown = names.Except(_sections.Select(static s => s.Name), StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0)
        {
            await Console.Error.WriteLineAsync($"No section '{unknown[0]}'. Sections: {string.Join(", ", _sections.Select(static s => s.Name))}.");
            return 2;
        }

        foreach (var (name, what, run) in _sections)
        {
            if (names.Length > 0 && !names.Contains(name, StringComparer.Ordinal))
                continue;
            Console.WriteLine($"\n== {name}: {what}");
            await run(layout);
        }

        return 0;
    }

    /// <summary>One line a command: medians over the counted runs, then the ratio to the first command.</summary>
    internal static void Print(IReadOnlyList<Command> commands, IReadOnlyList<Usage>[] usages)
    {
        var (wall, cpu) = (usages[0].Select(static u => u.Wall).Median(), usages[0].Select(static u => u.Cpu).Median());
        for (var i = 0; i < commands.Count; i++)
        {
            var (w, c, peak) = (usages[i].Select(static u => u.Wall).Median(), usages[i].Select(static u => u.Cpu).Median(), usages[i].Select(static u => u.PeakMebibytes).Median());
            var failed = usages[i].FirstOrDefault(static u => u.ExitCode != 0) is { } f ? $"  exit {f.ExitCode}" : "";
            var ratio = i == 0 ? "" : $"  = {w / wall:F1} x wall, {c / Math.Max(cpu, 1e-4):F1} x CPU of the first";
            Console.WriteLine($"{commands[i].Name,-34} wall {w * 1e3,8:F1} ms  CPU {c * 1e3,8:F1} ms  peak {peak,6:F1} MiB{ratio}{failed}");
        }
    }
}
