using System.Diagnostics;
using Colophon.Benchmarks.Processes;
using Colophon.Provenance.Index;
using Colophon.Provenance.Log;

namespace Colophon.Benchmarks.Sections;

/// <summary>Goals: any query by one thing in at most 5 ms on an open index of a million entries, also where little or nothing fits; made again with memory that does not grow with the log.</summary>
internal static class IndexSection
{
    private const int Page = 50;

    internal static async Task RunAsync(Layout layout)
    {
        var entries = int.TryParse(Environment.GetEnvironmentVariable("COLOPHON_BENCH_INDEX"), out var asked) ? asked : 100_000;
        var folder = Directory.Exists("/dev/shm") ? Directory.CreateDirectory($"/dev/shm/colophon-index-{Environment.ProcessId}").FullName : layout.Fresh("index");
        try
        {
            await LongLog.WriteAsync(folder, entries);
            var command = new Command { Name = "index", Arguments = [Environment.ProcessPath ?? "", "--index", folder], Directory = folder, ShowErrors = true };
            var made = ProcessMeter.Run(command);
            var size = new FileInfo(Database(folder)).Length;
            Console.WriteLine($"rebuild of {entries:N0} entries: {made.Wall:F1} s, {entries / made.Wall:N0} entries/s, {made.Cpu:F1} CPU-s, peak {made.PeakMebibytes:F0} MiB; {size / entries} bytes an entry   (COLOPHON_BENCH_INDEX says how many)");
            var again = ProcessMeter.Run(command);
            Console.WriteLine($"nothing new: {again.Wall * 1e3:F0} ms with the process' start");
            Queries(folder, entries);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Another process: opens the index, which makes it where it is missing.</summary>
    internal static void Open(string folder) => AuditIndex.Open(folder, Database(folder)).Dispose();

    private static void Queries(string folder, int entries)
    {
        using var index = AuditIndex.Open(folder, Database(folder));
        // Rare: the oldest 20. Common: a share of the rest. Nowhere: nothing.
        Check("developer", new() { Developer = "Rare" }, new() { Developer = "person 7" }, new() { Developer = "ERSON" }, new() { Developer = "nobody" });
        Check("change", new() { Change = "change-0" }, new() { Change = $"change-{(entries - 1) / LongLog.Streams}" }, new() { Change = "nowhere" });
        Check("task", new() { Task = "rare" }, new() { Task = "3.4" }, new() { Task = "99" });
        Check("requirement", new() { Requirement = "rare" }, new() { Requirement = "area-7" }, new() { Requirement = "area-7/need-7" }, new() { Requirement = "none" });
        Check("model", new() { Model = "rare" }, new() { Model = "model-7" }, new() { Model = "model" }, new() { Model = "none" });
        Check("provider", new() { Provider = "rare" }, new() { Provider = "provider-3" }, new() { Provider = "none" });
        Check("accepted", new() { Accepted = true }, new() { Accepted = false });
        Check("kind", new() { Kinds = [EntryKind.Decision] }, new() { Kinds = [EntryKind.HumanEdit] });
        Check("file", new() { File = "rare" }, new() { File = "src" }, new() { File = "src/module-7" }, new() { File = "src/module-7/file-107-0.py" }, new() { File = "lib" });
        Check("text", new() { Text = "rare" }, new() { Text = "password" }, new() { Text = "account 4711" }, new() { Text = "model-7 password" }, new() { Text = "change-0" }, new() { Text = "nowhere" });
        var from = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Check("dates", new() { Until = from.AddMinutes(9) }, new() { Since = from.AddSeconds(entries * 15) }, new() { Since = from.AddYears(-2), Until = from });
        Check("page", new(), new() { After = index.Query(new AuditQuery { Until = from.AddSeconds(entries * 15), Limit = 1 })[0].Leaf });
        Check("several", new() { Developer = "person 7", Model = "model-7", File = "src" }, new() { Text = "password", Developer = "rare" }, new() { Accepted = false, Kinds = [EntryKind.Generation], Since = from.AddSeconds(entries * 15) });

        void Check(string kind, params AuditQuery[] queries)
        {
            var slowest = queries.Select(query => Time(index, query with { Limit = Page })).MaxBy(static t => t.Milliseconds);
            Console.WriteLine($"{kind,-12} {slowest.Milliseconds,7:F2} ms for {slowest.Found,2} entries at the slowest of {queries.Length}   (goal 5 ms)");
        }
    }

    private static (double Milliseconds, int Found) Time(AuditIndex index, AuditQuery query)
    {
        var (times, found) = (new List<double>(), 0);
        for (var i = 0; i < 9; i++)
        {
            var started = Stopwatch.GetTimestamp();
            found = index.Query(query).Count;
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return (times.Median(), found);
    }

    private static string Database(string folder) => Path.Combine(folder, ".colophon/state/index.db");
}
