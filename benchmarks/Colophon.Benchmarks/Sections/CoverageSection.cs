using System.Diagnostics;
using Colophon.Generated;
using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution;
using Colophon.Provenance.Coverage;
using Colophon.Provenance.Coverage.Page;
using Colophon.Provenance.Log;

namespace Colophon.Benchmarks.Sections;

/// <summary>
/// Goals: 160,000 lines and 9,000 commits cold in at most 40 CPU-seconds, one more commit in at most 200 ms; cold at least 4 times less CPU than <c>git blame -w -M -C</c> on every file, on a real repository (this
/// one, or the one that COLOPHON_BENCH_REPOSITORY names) and on a part of the generated one's files.
/// </summary>
internal static class CoverageSection
{
    private const int EachGenerated = 20;

    internal static async Task RunAsync(Layout layout)
    {
        await RealAsync(layout);
        var directory = layout.Fresh("coverage");
        Directory.CreateDirectory(directory);
        var history = new GeneratedHistory(new HistoryPlan());
        var repository = await history.CreateAsync(directory);
        File.AppendAllText(Path.Combine(repository.GitDirectory, "info", "exclude"), ".colophon/\n");
        var options = new AttributionOptions { StoreDirectory = Path.Combine(directory, ".colophon", "state", "attribution") };

        var (cold, coldWall, coldCpu) = await MeasureAsync(repository, history.Entries, options);
        var lines = cold.Files.Sum(static f => f.Lines);
        Console.WriteLine($"cold: {cold.Files.Count} files, {lines} lines, {coldWall.TotalSeconds:F1} s, {coldCpu.TotalSeconds:F1} CPU-s with git's   (goal 40 CPU-s)");
        await BesideBlameAsync(repository, [.. cold.Files.Select(static f => f.Path)], EachGenerated, coldCpu);
        Console.WriteLine($"all lines:       {Accuracy(cold, history, static _ => true)}");
        Console.WriteLine($"but for '}}' etc.: {Accuracy(cold, history, static l => l.Contains('=', StringComparison.Ordinal))}");
        await MoreAsync(repository, history.Entries, cold, options);
        var clock = Stopwatch.StartNew();
        var report = CodeCoverage.Count(cold, history.Entries, new CoverageOptions());
        var counted = clock.Elapsed;
        var page = Path.Combine(layout.Scratch, "coverage.html");
        await using (var writer = new StreamWriter(page))
            CoveragePage.Write(report, path => File.ReadAllText(Path.Combine(directory, path)), new CoveragePageOptions { Project = "generated" }, writer);
        Console.WriteLine($"counted in {counted.TotalMilliseconds:F0} ms, page written in {(clock.Elapsed - counted).TotalMilliseconds:F0} ms: {new FileInfo(page).Length / 1024} KiB, {page}");
        clock.Restart();
        var site = layout.Fresh("coverage-site");
        Directory.CreateDirectory(Path.Combine(site, SitePages.Folder));
        long size = 0;
        foreach (var part in SitePages.Of(report, path => File.ReadAllText(Path.Combine(directory, path)), new CoveragePageOptions { Project = "generated" }))
        {
            await File.WriteAllTextAsync(Path.Combine(site, part.Name), part.Content);
            size += part.Content.Length;
        }

        Console.WriteLine($"{report.Files.Count} files' pages and the heat map written in {clock.ElapsedMilliseconds} ms: {size / 1024} KiB, {Path.Combine(site, SitePages.Index)}");
        Console.WriteLine($"store: {new FileInfo(Path.Combine(options.StoreDirectory, "runs.bin")).Length / 1024} KiB");
    }

    /// <summary>A clone of a real repository, so that nothing is written to it.</summary>
    private static async Task RealAsync(Layout layout)
    {
        var origin = Environment.GetEnvironmentVariable("COLOPHON_BENCH_REPOSITORY") ?? layout.Root;
        var directory = layout.Fresh("coverage-real");
        var cloned = await new GitRunner(layout.Scratch).TryRunAsync(["-c", "protocol.file.allow=always", "clone", "-q", "--no-local", origin, directory], default, default);
        if (cloned.ExitCode != 0)
        {
            Console.WriteLine($"left out: {origin} cannot be cloned");
            return;
        }

        var repository = await GitRepository.DiscoverAsync(directory, default);
        File.AppendAllText(Path.Combine(repository.GitDirectory, "info", "exclude"), ".colophon/\n");
        var options = new AttributionOptions { StoreDirectory = Path.Combine(directory, ".colophon", "state", "attribution") };
        await MeasureAsync(repository, [], options with { StoreDirectory = null });
        var (cold, wall, cpu) = await MeasureAsync(repository, [], options);
        var commits = (await repository.Git.RunAsync(["rev-list", "--count", "HEAD"])).Text.Trim();
        Console.WriteLine($"real repository, cold: {commits} commits, {cold.Files.Count} files, {cold.Files.Sum(static f => f.Lines)} lines, {wall.TotalSeconds:F1} s, {cpu.TotalSeconds:F1} CPU-s with git's");
        await BesideBlameAsync(repository, [.. cold.Files.Select(static f => f.Path)], 1, cpu);
        await MoreAsync(repository, [], cold, options);
    }

    private static async Task BesideBlameAsync(GitRepository repository, string[] paths, int each, TimeSpan ours)
    {
        var (before, clock) = (Cpu(), Stopwatch.StartNew());
        for (var i = 0; i < paths.Length; i += each)
            await repository.Git.RunAsync(["blame", "-w", "-M", "-C", "--porcelain", "HEAD", "--", paths[i]]);
        var spent = (Cpu() - before) * each;
        var part = each == 1 ? "every file" : $"one of {each} files, times {each}";
        Console.WriteLine($"git blame -w -M -C on {part}: {clock.Elapsed.TotalSeconds * each:F1} s, {spent.TotalSeconds:F1} CPU-s = {spent / ours:F1} times ours   (goal 4 times)");
    }

    private static async Task MoreAsync(GitRepository repository, IReadOnlyList<Entry> entries, TreeAttribution cold, AttributionOptions options)
    {
        for (var i = 0; i < 5; i++)
        {
            var (_, warm, warmCpu) = await MeasureAsync(repository, entries, options);
            await File.AppendAllTextAsync(Path.Combine(repository.Root, cold.Files[i].Path), $"one more {i}\n");
            await repository.Git.RunAsync(["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "-a", "-m", "more"]);
            var (_, more, moreCpu) = await MeasureAsync(repository, entries, options);
            Console.WriteLine($"nothing new: {warm.TotalMilliseconds:F0} ms ({warmCpu.TotalMilliseconds:F0} CPU-ms)   one more commit: {more.TotalMilliseconds:F0} ms ({moreCpu.TotalMilliseconds:F0} CPU-ms)   (goal 200 ms)");
        }
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
        GitRepository repository, IReadOnlyList<Entry> entries, AttributionOptions options)
    {
        var before = Cpu();
        var clock = Stopwatch.StartNew();
        var attribution = await Attributor.RunAsync(repository, entries, static _ => true, options, default);
        return (attribution, clock.Elapsed, Cpu() - before);
    }

    /// <summary>The processor time of this process and of its finished children, as Linux counts it.</summary>
    internal static TimeSpan Cpu()
    {
        var fields = File.ReadAllText("/proc/self/stat");
        var times = fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[11..15].Sum(long.Parse);
        return TimeSpan.FromSeconds(times / 100.0);
    }
}
