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
    [InlineData("--kind accepted", true)]
    [InlineData("--kind Decision", true)]
    [InlineData("--kind rejected", false)]
    [InlineData("--kind accepted --accepted", true)]
    [InlineData("--developer ad", true)]
    [InlineData("--developer grace", false)]
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

    [Theory]
    [InlineData("--kind accepted --rejected", "Nothing is both accepted and rejected.")]
    [InlineData("--since today --until yesterday", "--until is not after --since")]
    [InlineData("--kind commit", "One of: generation, decision,")]
    [InlineData("--since soon", "Give a date (2025-01-31)")]
    public async Task What_cannot_be_meant_is_refused_with_what_can(string options, string told)
    {
        using var project = await SignedProject.CreateAsync();
        var run = await project.RunAsync(["audit", "log", .. options.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
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

    [Fact]
    public async Task The_security_log_tells_an_event_a_line()
    {
        using var project = await SignedProject.CreateAsync();
        Assert.Equal("No entries.", (await project.RunAsync("audit", "log", "--kind", "security")).Output.Trim());
        Assert.Equal(0, (await project.RunAsync("hooks", "install")).ExitCode);
        Assert.Matches("consent +1 +the pre-commit hook was installed", (await project.RunAsync("audit", "log", "--security")).Output);
        var csv = (await project.RunAsync("audit", "log", "--security", "--csv")).Output.Split("\r\n");
        Assert.Equal("leaf,recordedAt,developer,keyId,session,event,subject,count,hearsay,claimedDeveloper", csv[0]);
        Assert.EndsWith(",consent,the pre-commit hook was installed,1,false,", csv[1], StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse((await project.RunAsync("audit", "log", "--kind", "security", "--json")).Output);
        Assert.Equal("consent", json.RootElement.GetProperty("entries")[0].GetProperty("events")[0].GetProperty("event").GetString());
        Assert.Equal(2, (await project.RunAsync("audit", "log", "--security", "--kind", "decision")).ExitCode);
        Assert.Equal(2, (await project.RunAsync("audit", "log", "--kind", "accepted", "--kind", "humanEdit")).ExitCode);
        var inToto = (await project.RunAsync("audit", "log", "--security", "--format", "in-toto")).Output;
        Assert.Single(inToto.TrimEnd().Split('\n'));
        Assert.StartsWith("{\"payloadType\":\"application/vnd.in-toto+json\"", inToto.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(0, (await project.RunAsync("audit", "verify")).ExitCode);
    }

    [Fact]
    public async Task A_consent_that_cannot_be_signed_stands_and_is_said_not_to_be_recorded()
    {
        using var project = await SignedProject.CreateAsync();
        File.Delete(Provenance.Keys.SigningKey.DefaultPath(project.Configuration));
        var run = await project.RunAsync("hooks", "install");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("not in the security log", run.Output, StringComparison.Ordinal);
    }
}
