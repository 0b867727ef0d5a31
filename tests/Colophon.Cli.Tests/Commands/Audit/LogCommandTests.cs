namespace Colophon.Cli.Tests.Commands.Audit;

public sealed class LogCommandTests
{
    [Theory]
    [InlineData(".", 0, true)]
    [InlineData("./src/", 0, true)]
    [InlineData("src/login.py", 0, true)]
    [InlineData("sr", 0, false)]
    [InlineData("../src", 2, false)]
    [InlineData("/etc", 2, false)]
    public async Task File_takes_a_path_of_the_repository_and_nothing_else(string file, int exitCode, bool found)
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("src/login.py", "x\n");
        var run = await project.RunAsync("audit", "log", "--file", file);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(found, run.Output.Contains("accepted", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--task 1.1", true)]
    [InlineData("--task 1.9", false)]
    [InlineData("--requirement nothing/here", false)]
    [InlineData("--provider replay --kind decision", true)]
    [InlineData("--provider other", false)]
    [InlineData("--kind humanEdit", false)]
    [InlineData("--text login.py", true)]
    [InlineData("--text nowhere", false)]
    public async Task Entries_are_found_by_what_they_say(string options, bool found)
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("src/login.py", "x\n");
        var run = await project.RunAsync(["audit", "log", .. options.Split(' ')]);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(found, run.Output.Contains("accepted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_follow_one_another()
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("src/login.py", "x\n");
        var first = await project.RunAsync("audit", "log", "--limit", "1", "--json");
        var next = System.Text.Json.JsonDocument.Parse(first.Output).RootElement.GetProperty("next").GetString() ?? "";
        var second = await project.RunAsync("audit", "log", "--after", next, "--json");
        Assert.DoesNotContain(next, second.Output, StringComparison.Ordinal);
        Assert.EndsWith("\"next\": null\n}\n", second.Output, StringComparison.Ordinal);
        Assert.Contains($"--after {next[..12]}", (await project.RunAsync("audit", "log", "-n1")).Output, StringComparison.Ordinal);
        Assert.Contains("COL2", (await project.RunAsync("audit", "log", "--after", "ffff0000")).Error, StringComparison.Ordinal);
    }
}
