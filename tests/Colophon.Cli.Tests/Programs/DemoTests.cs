using System.Text.Json;

namespace Colophon.Cli.Tests.Programs;

/// <summary>The README's first command.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_ends_with_every_task_done_the_tests_green_and_a_log_that_verifies()
    {
        using var home = new TemporaryFolder();
        var run = await ProgramRun.OfColophonAsync("/", ["demo", "--json", "--dir", home.At("demo")], environment: e => e["HOME"] = home.At("home"));
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        var events = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(5, events.Count(static e => e.GetProperty("type").GetString() == "taskAccepted"));
        var end = events[^1];
        Assert.Equal("demoFinished", end.GetProperty("type").GetString());
        Assert.Equal("22 passed, 0 failed", end.GetProperty("tests").GetString());
        Assert.Equal(0, end.GetProperty("verifyExitCode").GetInt32());
        Assert.True(end.GetProperty("modelLines").GetInt32() > 100);
        Assert.False(Directory.Exists(home.At("home/.config")), "the demo touched the user's own configuration");

        var project = home.At("demo/project");
        var log = await ProgramRun.OfColophonAsync(project, ["audit", "log", "--accepted", "--json"], environment: e => e["XDG_CONFIG_HOME"] = home.At("demo/config"));
        using var rows = JsonDocument.Parse(log.Output);
        Assert.All(rows.RootElement.GetProperty("entries").EnumerateArray(), static row => Assert.True(row.GetProperty("accepted").GetBoolean()));
        var leaf = rows.RootElement.GetProperty("entries")[0].GetProperty("leaf").GetString() ?? "";
        var shown = await ProgramRun.OfColophonAsync(project, ["audit", "show", leaf[..10]], environment: e => e["XDG_CONFIG_HOME"] = home.At("demo/config"));
        Assert.Contains("accepted", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Demo Reviewer", shown.Output, StringComparison.Ordinal);
        var trace = await ProgramRun.OfColophonAsync(project, ["trace", "--min", "100"], environment: e => e["XDG_CONFIG_HOME"] = home.At("demo/config"));
        Assert.Equal(0, trace.ExitCode);
        Assert.Contains("10 of 10 scenarios have a test (100.0 %), 4 of 6 requirements have code", trace.Output, StringComparison.Ordinal);
        var verified = await ProgramRun.OfColophonAsync(project, ["verify", "search-and-tags"], environment: e => e["XDG_CONFIG_HOME"] = home.At("demo/config"));
        Assert.Contains("7 of 7 scenarios passed", verified.Output, StringComparison.Ordinal);
        Assert.Equal(0, verified.ExitCode);
    }

    [Fact]
    public async Task A_folder_in_use_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine", "");
        var run = await CliRun.OfAsync("/", ["demo", "--dir", folder.Path]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error COL7513", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.At("mine")));
    }

    [Fact]
    public async Task The_cassette_is_what_its_script_makes()
    {
        using var folder = new TemporaryFolder();
        var copied = await ProgramRun.OfAsync("cp", ["-r", Repository.At("samples/quill"), folder.At("quill")], "/");
        Assert.Equal(0, copied.ExitCode);
        var made = await ProgramRun.OfAsync("sh", [folder.At("quill/make-cassette")], "/");
        Assert.Equal("", made.Error);
        Assert.Equal(await File.ReadAllTextAsync(Repository.At("samples/quill/cassette.jsonl"), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(folder.At("quill/cassette.jsonl"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_samples_own_tests_pass_before_the_change()
    {
        var run = await ProgramRun.OfAsync("sh", ["test/run"], Repository.At("samples/quill/project"));
        Assert.Equal("7 passed, 0 failed\n", run.Output);
    }
}
