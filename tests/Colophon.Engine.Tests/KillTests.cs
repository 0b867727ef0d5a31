using System.Diagnostics;
using System.Globalization;
using Colophon.Provenance.Log;

namespace Colophon.Engine.Tests;

/// <summary>Kills real processes with SIGKILL while they apply. COLOPHON_KILLS sets how often; the default is short.</summary>
public sealed class KillTests
{
    private const int Tasks = 3;

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("COLOPHON_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 8;

    [Fact]
    public async Task A_killed_apply_is_always_finished_or_undone_never_half()
    {
        var random = new Random(20260101);
        var project = await Project.CreateAsync(Tasks);
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                var finished = await RunAsync(project, random.Next(1, 24), TimeSpan.FromMilliseconds(random.Next(0, 25)), resume: random.Next(2) == 0);
                await CheckAsync(project, $"kill {kill}");
                if (!finished)
                    continue;
                project.Dispose();
                project = await Project.CreateAsync(Tasks);
            }

            await RunAsync(project, int.MaxValue, TimeSpan.Zero, resume: true);
            await CheckAsync(project, "the last run");
            Assert.DoesNotContain("[ ]", project.Tasks, StringComparison.Ordinal);
            Assert.Single((await project.Repository.Git.RunAsync(["worktree", "list"])).Text.Split('\n'));
        }
        finally
        {
            project.Dispose();
        }
    }

    /// <summary>Runs a host until it printed so many lines, then kills it a moment later.</summary>
    /// <returns>True where it came to its end before.</returns>
    private static async Task<bool> RunAsync(Project project, int lines, TimeSpan after, bool resume)
    {
        var script = new Script();
        for (var i = 1; i <= Tasks; i++)
            script.NextTask($"# Your task: 1.{i}").Calls(("read", new { path = "README.md" })).Writes($"f{i}.txt", Text(i));
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["apply-host", project.Repository.Root, project.Home, $"replay:{script.Save(project.Home)}", resume ? "resume" : "fresh"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The host did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var seen = 0;
        while (seen < lines && await process.StandardOutput.ReadLineAsync() is not null)
            seen++;
        if (seen < lines)
        {
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, await errors);
            return true;
        }

        // Not a wait for something: where in the write it strikes is what the test varies.
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < after)
            Thread.SpinWait(100);
        process.Kill();
        await process.WaitForExitAsync();
        return false;
    }

    private static async Task CheckAsync(Project project, string when)
    {
        await using (await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null)))
        {
        }

        var log = AuditLog.Open(await project.Repository.OpenAsync(), new AuditOptions { ConfigurationDirectory = project.Home });
        var accepted = log.Entries().Where(static e => e.Predicate.Decision is { Accepted: true }).Select(static e => e.Predicate.Spec?.Task).ToList();
        for (var i = 1; i <= Tasks; i++)
        {
            var ticked = project.Tasks.Contains($"[x] 1.{i}", StringComparison.Ordinal);
            var path = project.Repository.At($"f{i}.txt");
            Assert.True(ticked == File.Exists(path), $"{when}: task {i} is {(ticked ? "ticked" : "open")}, its file is {(File.Exists(path) ? "there" : "missing")}");
            Assert.True(!ticked || File.ReadAllText(path) == Text(i), $"{when}: file {i} is not what was accepted");
            Assert.True(accepted.Count(a => a == $"1.{i}") == (ticked ? 1 : 0), $"{when}: task {i} has {accepted.Count(a => a == $"1.{i}")} acceptances");
        }

        Assert.Equal("# Sample\n", project.Repository.Read("README.md"));
        Assert.DoesNotContain(project.Repository.Everything(".colophon").Keys, static k => k.EndsWith(".colophon-tmp", StringComparison.Ordinal) && !k.StartsWith(".openspec", StringComparison.Ordinal));
        var report = await project.VerifyAsync();
        Assert.True(report.Entries.Count == 0 || report.ExitCode == 0, $"{when}: {report.Summary} {string.Join(" ", report.Findings.Select(static f => f.Message))}");
    }

    private static string Text(int task) => string.Concat(Enumerable.Range(1, 200 * task).Select(i => $"line {i} of task {task}\n"));
}
