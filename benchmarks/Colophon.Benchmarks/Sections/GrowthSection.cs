using System.Diagnostics;
using System.Globalization;
using Colophon.Benchmarks.Processes;
using Colophon.Kernel.Git;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;

namespace Colophon.Benchmarks.Sections;

/// <summary>
/// Appends and checkpoints of a short log against those of a long one, each by a fresh command: in a stream that is long itself, in one of many short ones, and with a stream that it
/// begins. Of every 50 entries two are appended to a short stream of their own and one to one of 8 long streams; the other 47 lie in segments of 1,000, as others' packed streams do, which is what
/// makes a million of them in minutes: neither appending nor sealing ever opens a segment. Goal: at most 1.2 times up to 1,000,000 entries.
/// </summary>
internal static class GrowthSection
{
    private const int Long = 8;
    private const int EntriesAStream = 50;
    private const int Commands = 60;

    internal static async Task RunAsync(Layout layout)
    {
        // In memory where there is such a file system: the disk is not what is measured.
        var folder = Directory.Exists("/dev/shm") ? Directory.CreateDirectory($"/dev/shm/colophon-growth-{Environment.ProcessId}").FullName : layout.Fresh("growth");
        try
        {
            using var key = SigningKey.Generate();
            await GrowAsync(folder, key);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task GrowAsync(string folder, SigningKey key)
    {
        var (repository, options) = await AuditSection.FoundAsync(folder, key);
        var most = long.TryParse(Environment.GetEnvironmentVariable("COLOPHON_BENCH_ENTRIES"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 20_000;
        var (size, built, first) = (0L, Stopwatch.StartNew(), new Dictionary<string, double>());
        // What the runtime does once is no part of the shortest log's figures.
        var (warm, warmOptions) = await AuditSection.FoundAsync(Path.Combine(folder, "warm"), key);
        for (var i = 0; i < 2 * Commands; i++)
            await CommandAsync(warm, warmOptions, key, $"warm-{i % 9}");
        for (var goal = 10L; ; goal = Math.Min(goal * 10, most))
        {
            size = await FillAsync(repository, options, key, size, goal);
            var shorts = size / EntriesAStream;
            var log = $"{size,9:N0} entries in {Long} long, {shorts,6:N0} short and {size / LongLog.Streams,5:N0} packed streams";
            await MeasureAsync("a long stream", i => $"long-{i % Long}");
            await MeasureAsync("one of the short", i => $"short-{i * 7919L % Math.Max(1, shorts)}");
            await MeasureAsync("a new stream", i => $"new-{(i * 7919) % 1000}-{size}-{i}");
            if (goal >= most)
                break;

            async Task MeasureAsync(string where, Func<int, string> change)
            {
                var (times, walls) = (new List<double>(), new List<double>());
                // As git leaves its index after a pull: the first command then looks at every stream.
                var index = Path.Combine(repository.GitDirectory, "index");
                File.AppendAllText(index, "x");
                File.SetLastWriteTimeUtc(index, DateTime.UtcNow.AddMinutes(-1));
                for (var i = 0; i < Commands; i++)
                {
                    var (cpu, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
                    await CommandAsync(repository, options, key, change(i));
                    times.Add((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
                    walls.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
                }

                var (median, mean) = (times.Skip(1).Median(), times.Skip(1).Average());
                var of = first.TryGetValue(where, out var before) ? before : first[where] = median;
                Console.WriteLine($"two appends and a seal in {where,-17}{log}: median {median:F2} CPU-ms, {walls.Skip(1).Median():F2} ms, {median / of:F2} x of the short log   (goal 1.2 x); mean {mean:F2}, the first after a pull {times[0]:F1} CPU-ms");
            }
        }

        Console.WriteLine($"{size:N0} entries made in {built.Elapsed.TotalSeconds:F0} s   (COLOPHON_BENCH_ENTRIES says how far)");
    }

    /// <summary>A command: a fresh process' memory, two entries, a seal.</summary>
    private static async Task CommandAsync(GitRepository repository, AuditOptions options, SigningKey key, string change)
    {
        var log = AuditLog.Open(repository, options);
        await log.AppendAsync(AuditSection.Draft(change, 1), key, default);
        await log.AppendAsync(AuditSection.Draft(change, 2), key, default);
        await log.SealAsync(key, default);
    }

    private static async Task<long> FillAsync(GitRepository repository, AuditOptions options, SigningKey key, long size, long goal)
    {
        var log = AuditLog.Open(repository, options);
        for (var stream = size / EntriesAStream; stream < Math.Max(Long, goal / EntriesAStream); stream++)
        {
            await log.AppendAsync(AuditSection.Draft($"short-{stream}", 1), key, default);
            await log.AppendAsync(AuditSection.Draft($"short-{stream}", 2), key, default);
            await log.AppendAsync(AuditSection.Draft($"long-{stream % Long}", 3), key, default);
            if (stream % 500 != 499)
                continue;
            await log.SealAsync(key, default);
            log = AuditLog.Open(repository, options);
        }

        await log.SealAsync(key, default);
        if (goal >= LongLog.Streams)
            await LongLog.WriteAsync(repository.Root, (int)(goal / EntriesAStream * (EntriesAStream - 3)), (int)(size / EntriesAStream * (EntriesAStream - 3) / LongLog.Streams * LongLog.Streams));
        return goal;
    }
}
