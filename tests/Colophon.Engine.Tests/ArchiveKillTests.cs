using System.Diagnostics;
using System.Globalization;
using Colophon.Specs.OpenSpec;

namespace Colophon.Engine.Tests;

/// <summary>Kills real processes with SIGKILL while they archive. COLOPHON_KILLS sets how often; the default is short.</summary>
public sealed class ArchiveKillTests(ITestOutputHelper output)
{
    private const int Specs = 40;

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("COLOPHON_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 8;

    [Fact]
    public async Task A_killed_archive_leaves_the_old_tree_or_the_new_one_after_the_next_command()
    {
        var random = new Random(20261120);
        var whole = TimeSpan.Zero;
        var (killed, old) = (0, 0);
        // The first run comes to its end: it says how long one takes.
        for (var kill = 0; kill <= Kills; kill++)
        {
            var root = Directory.CreateTempSubdirectory("colophon-archive-").FullName;
            try
            {
                WriteTree(root);
                var (finished, took) = await RunAsync(root, kill == 0 ? null : whole * random.NextDouble() * 1.1);
                whole = kill == 0 ? took : whole;
                killed += finished ? 0 : 1;
                Assert.Equal(0, Run(root, "list"));
                old += Check(root, $"kill {kill}") ? 1 : 0;
                // What was undone can be done.
                if (Directory.Exists($"{root}/openspec/changes/c"))
                    Assert.Equal(0, Run(root, "archive", "c", "-y"));
                Assert.False(Check(root, $"after kill {kill}"));
            }
            finally
            {
                Directory.Delete(root, recursive: true);
            }
        }

        output.WriteLine($"{killed} of {Kills} were killed before their end; {old} trees were the old one, {Kills + 1 - old} the new one.");
    }

    /// <summary>Runs the drop-in in this process.</summary>
    internal static int Run(string root, params string[] arguments) => OpenSpecProgram.Run(new OpenSpecHost
    {
        Arguments = arguments,
        Directory = root,
        Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = root, ["NO_COLOR"] = "1", ["OPEN_SPEC_INTERACTIVE"] = "0" },
        Output = Stream.Null,
        Error = Stream.Null,
        Input = TextReader.Null,
        Time = TimeProvider.System,
    });

    private static async Task<(bool Finished, TimeSpan Took)> RunAsync(string root, TimeSpan? until)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["archive-host", root, "c"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The host did not start.");
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
        var clock = Stopwatch.StartNew();
        // Not a wait for something: where in the archive it strikes is what the test varies.
        while (until is { } limit && clock.Elapsed < limit && !process.HasExited)
            Thread.SpinWait(100);
        var finished = until is null || process.HasExited;
        if (!finished)
            process.Kill();
        await process.WaitForExitAsync();
        Assert.True(!finished || process.ExitCode == 0, $"exit {process.ExitCode}");
        return (finished, clock.Elapsed);
    }

    /// <summary>Whether the tree is the old one. It is the new one otherwise; anything between fails.</summary>
    private static bool Check(string root, string when)
    {
        var old = Directory.Exists($"{root}/openspec/changes/c");
        for (var i = 0; i < Specs; i++)
        {
            var path = $"{root}/openspec/specs/s{i}/spec.md";
            // Every fourth is new.
            var existed = i % 4 != 0;
            Assert.True(File.Exists(path) == (!old || existed), $"{when}: spec {i} is {(File.Exists(path) ? "there" : "missing")} in the {(old ? "old" : "new")} tree");
            if (File.Exists(path))
                Assert.True(File.ReadAllText(path).Contains("### Requirement: New", StringComparison.Ordinal) != old, $"{when}: spec {i} does not belong to the {(old ? "old" : "new")} tree");
        }

        var archive = Directory.GetFileSystemEntries($"{root}/openspec/changes/archive");
        Assert.True(archive.Length == (old ? 0 : 1), $"{when}: the archive holds {string.Join(", ", archive)}");
        return old;
    }

    private static void WriteTree(string root)
    {
        Directory.CreateDirectory($"{root}/openspec/changes/archive");
        for (var i = 0; i < Specs; i++)
        {
            if (i % 4 != 0)
                Write($"{root}/openspec/specs/s{i}/spec.md", $"# s{i}\n\n## Purpose\nThis capability exists so that an archive has something to change in it.\n\n## Requirements\n\n{Requirement("Old")}");
            Write($"{root}/openspec/changes/c/specs/s{i}/spec.md", $"## ADDED Requirements\n\n{Requirement("New")}");
        }
    }

    private static string Requirement(string name) => $"### Requirement: {name}\nIt SHALL work.\n\n#### Scenario: S\n- **THEN** x\n";

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
        File.WriteAllText(path, text);
    }
}
