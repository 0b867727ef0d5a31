using System.Diagnostics;
using Colophon.Benchmarks.Processes;
using Colophon.Specs;

namespace Colophon.Benchmarks.Sections;

/// <summary>Goal: at least 20 times less wall time and CPU than the npm CLI on the same tree, in at most 60 MiB; and no more than linear growth.</summary>
internal static class ValidateSection
{
    private const int Size = 200;

    internal static async Task RunAsync(Layout layout)
    {
        var directory = layout.Fresh("validate");
        SpecTexts.WriteTree(directory, Size, Size);
        var openSpec = await Peers.OpenSpecAsync(layout);
        foreach (var (arguments, rounds) in ((string[], int)[])[(["validate", "--all", "--strict", "--json"], 5), (["list"], 7), (["--version"], 9)])
        {
            var line = string.Join(' ', arguments.Take(2));
            List<Command> commands = [new() { Name = $"colophon openspec {line}", Arguments = [layout.Program, "openspec", .. arguments], Directory = directory }];
            if (openSpec is not null)
                commands.Add(openSpec with { Name = $"openspec {line} (npm)", Arguments = [.. openSpec.Arguments, .. arguments], Directory = directory });
            Bench.Print(commands, ProcessMeter.Interleave(rounds, [.. commands]));
        }

        Console.WriteLine("goal: the peer needs at least 20 x our wall time and CPU; validate in at most 60 MiB");
        MeasureGrowth(layout);
    }

    private static void MeasureGrowth(Layout layout)
    {
        var (few, many) = (layout.Fresh("few"), layout.Fresh("many"));
        SpecTexts.WriteTree(few, Size, Size * 2);
        SpecTexts.WriteTree(many, Size, Size * 20);
        var (small, large) = (Best(few), Best(many));
        Console.WriteLine($"{Size * 2} changes {small * 1e3:F1} ms, {Size * 20} changes {large * 1e3:F1} ms = {large / small:F1} x in process  goal: at most 11 x");
    }

    private static double Best(string root)
    {
        var tree = SpecTree.Open(root);
        var best = double.MaxValue;
        for (var i = 0; i < 7; i++)
        {
            var clock = Stopwatch.StartNew();
            _ = Validation.Changes(tree, strict: true);
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
        }

        return best;
    }
}
