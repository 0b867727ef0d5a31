using System.Diagnostics;
using Colophon.Generated;
using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution;
using Colophon.Provenance.Coverage;
using Colophon.Provenance.Coverage.Page;

namespace Colophon.Benchmarks.Sections;

/// <summary>Goal: 160,000 lines and 9,000 commits cold in at most 40 CPU-seconds, one more commit in at most 200 ms.</summary>
internal static class CoverageSection
{
    internal static async Task RunAsync(Layout layout)
    {
        var directory = layout.Fresh("coverage");
        Directory.CreateDirectory(directory);
        var history = new GeneratedHistory(new HistoryPlan());
        var repository = await history.CreateAsync(directory);
        File.AppendAllText(Path.Combine(repository.GitDirectory, "info", "exclude"), ".colophon/\n");
        var options = new AttributionOptions { StoreDirectory = Path.Combine(directory, ".colophon", "state", "attribution") };

        var (cold, coldWall, coldCpu) = await MeasureAsync(repository, history, options);
        var lines = cold.Files.Sum(static f => f.Lines);
        Console.WriteLine($"cold: {cold.Files.Count} files, {lines} lines, {coldWall.TotalSeconds:F1} s, {coldCpu.TotalSeconds:F1} CPU-s with git's   (goal 40 CPU-s)");
        Console.WriteLine($"all lines:       {Accuracy(cold, history, static _ => true)}");
        Console.WriteLine($"but for '}}' etc.: {Accuracy(cold, history, static l => l.Contains('=', StringComparison.Ordinal))}");
        for (var i = 0; i < 5; i++)
        {
            var (_, warm, warmCpu) = await MeasureAsync(repository, history, options);
            var file = Path.Combine(directory, cold.Files[i].Path);
            await File.AppendAllTextAsync(file, $"one more {i}\n");
            await repository.Git.RunAsync(["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "-a", "-m", "more"]);
            var (_, more, moreCpu) = await MeasureAsync(repository, history, options);
            Console.WriteLine($"nothing new: {warm.TotalMilliseconds:F0} ms ({warmCpu.TotalMilliseconds:F0} CPU-ms)   one more commit: {more.TotalMilliseconds:F0} ms ({moreCpu.TotalMilliseconds:F0} CPU-ms)   (goal 200 ms)");
        }

        var clock = Stopwatch.StartNew();
        var report = CodeCoverage.Count(cold, history.Entries, new CoverageOptions());
        var counted = clock.Elapsed;
        var page = Path.Combine(layout.Scratch, "coverage.html");
        await using (var writer = new StreamWriter(page))
            CoveragePage.Write(report, path => File.ReadAllText(Path.Combine(directory, path)), new CoveragePageOptions { Project = "generated" }, writer);
        Console.WriteLine($"counted in {counted.TotalMilliseconds:F0} ms, page written in {(clock.Elapsed - counted).TotalMilliseconds:F0} ms: {new FileInfo(page).Length / 1024} KiB, {page}");
        Console.WriteLine($"store: {new FileInfo(Path.Combine(options.StoreDirectory, "runs.bin")).Length / 1024} KiB");
    }

    /// <summary>The shares of lines with the right owner, and of the three ways to be wrong.</summary>
    private static string Accuracy(TreeAttribution attribution, GeneratedHistory history, Func<string, bool> counts)
    {
        var (right, missed, wronged, mixed, all) = (0, 0, 0, 0, 0);
        foreach (var file in attribution.Files)
        {
            var truth = history.Files[file.Path];
            foreach (var run in file.Runs)
            {
                var said = run.Owner.Kind == OwnerKind.Model ? run.Owner.Entry : null;
                foreach (var line in truth.Skip(run.Start - 1).Take(run.Count).Where(l => counts(l.Text)))
                {
                    all++;
                    if (string.Equals(line.Owner, said, StringComparison.Ordinal))
                        right++;
                    else if (said is null)
                        missed++;
                    else if (line.Owner is null)
                        wronged++;
                    else
                        mixed++;
                }
            }
        }

        string Share(int count) => ((double)count / all).ToString("P2");
        return $"right {Share(right)}; a model's said to be a person's {Share(missed)}; a person's said to be a model's {Share(wronged)}; another entry's {Share(mixed)}";
    }

    private static async Task<(TreeAttribution Attribution, TimeSpan Wall, TimeSpan Cpu)> MeasureAsync(
        GitRepository repository, GeneratedHistory history, AttributionOptions options)
    {
        var before = Cpu();
        var clock = Stopwatch.StartNew();
        var attribution = await Attributor.RunAsync(repository, history.Entries, static _ => true, options, default);
        return (attribution, clock.Elapsed, Cpu() - before);
    }

    /// <summary>The processor time of this process and of its finished children, as Linux counts it.</summary>
    private static TimeSpan Cpu()
    {
        var fields = File.ReadAllText("/proc/self/stat");
        var times = fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[11..15].Sum(long.Parse);
        return TimeSpan.FromSeconds(times / 100.0);
    }
}
