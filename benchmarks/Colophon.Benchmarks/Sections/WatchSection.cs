using System.Diagnostics;
using Colophon.Specs.Watching;

namespace Colophon.Benchmarks.Sections;

/// <summary>Goals with 10,000 changes: read and watched within 1 s, an edit told within 50 ms, nothing used while nothing happens.</summary>
internal static class WatchSection
{
    private const int Changes = 10_000;
    private const int Edits = 100;
    private static readonly WatchOptions s_options = new() { OwnFindings = true };

    private const string Open = "- [ ] 1.2 Second";
    private const string Done = "- [x] 1.2 Second";

    internal static async Task RunAsync(Layout layout)
    {
        var root = layout.Fresh("watch");
        SpecTexts.WriteTree(root, 1000, Changes);
        var (starts, cpu) = (new List<double>(), new List<double>());
        for (var i = 0; i < 4; i++)
        {
            var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            await using var live = await LiveTree.StartAsync(root, s_options, TimeProvider.System, CancellationToken.None);
            starts.Add(clock.Elapsed.TotalMilliseconds);
            cpu.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
            if (live.Changes.Count != Changes)
                throw new InvalidOperationException($"{live.Changes.Count} changes were read.");
            if (i == 0)
                Console.WriteLine(live.PollingBecause is { } reason ? $"polling, because {reason}" : "inotify");
        }

        Console.WriteLine($"start                     first {starts[0],7:F0} ms  best {starts.Min(),7:F0} ms  CPU {cpu.Min(),7:F0} ms  goal 1000 ms");
        await using var watched = await LiveTree.StartAsync(root, s_options, TimeProvider.System, CancellationToken.None);
        await MeasureEditsAsync(root, watched);
        await MeasureIdleAsync();
    }

    private static async Task MeasureEditsAsync(string root, LiveTree watched)
    {
        await using var events = watched.EventsAsync(CancellationToken.None).GetAsyncEnumerator();
        var times = new List<double>();
        for (var i = 0; i < Edits; i++)
        {
            var path = $"{root}/openspec/changes/{SpecTexts.Change(i * 97 % Changes)}/tasks.md";
            var text = File.ReadAllText(path);
            var clock = Stopwatch.StartNew();
            File.WriteAllText(path, text.Contains(Open, StringComparison.Ordinal) ? text.Replace(Open, Done, StringComparison.Ordinal) : text.Replace(Done, Open, StringComparison.Ordinal));
            while (await events.MoveNextAsync() && events.Current is not (TreeEvent.TaskTicked or TreeEvent.TaskReopened))
            {
            }

            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine($"an edit to its event     median {times[Edits / 2],7:F1} ms  95 % {times[Edits * 95 / 100],7:F1} ms  goal 50 ms (10 ms of it wait for more)");
    }

    private static async Task MeasureIdleAsync()
    {
        using var process = Process.GetCurrentProcess();
        GC.Collect();
        await Task.Delay(1000);
        process.Refresh();
        var before = process.TotalProcessorTime;
        await Task.Delay(10_000);
        process.Refresh();
        Console.WriteLine($"CPU in 10 idle seconds           {(process.TotalProcessorTime - before).TotalMilliseconds,7:F1} ms  goal 0; managed heap {GC.GetTotalMemory(true) / 1024.0 / 1024:F0} MiB");
    }
}
