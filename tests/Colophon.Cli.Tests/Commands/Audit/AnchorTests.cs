using System.Text.Json;

namespace Colophon.Cli.Tests.Commands.Audit;

public sealed class AnchorTests
{
    [Fact]
    public async Task The_log_is_anchored_by_a_tag_and_a_file_and_what_comes_after_is_told()
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\n");
        var early = await project.RunAsync("audit", "anchor", "--tag");
        Assert.Equal(1, early.ExitCode);
        Assert.StartsWith("error COL2039", early.Error, StringComparison.Ordinal);
        await project.CommitAsync();
        var storage = project.At("../anchors.txt");
        using var made = JsonDocument.Parse((await project.RunAsync("audit", "anchor", "--tag", "--file", storage, "--json")).Output);
        Assert.StartsWith("colophon/anchor-", made.RootElement.GetProperty("tag").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await project.RunAsync("audit", "verify", "--require-anchor", "--anchor-file", storage)).ExitCode);

        await project.AcceptAsync("b.py", "two\n");
        await project.CommitAsync();
        var later = await project.RunAsync("audit", "verify");
        Assert.Contains("2 entries since the last anchor", later.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await project.RunAsync("audit", "verify", "--json", "--require-anchor")).Output);
        Assert.Equal((4, 2), (json.RootElement.GetProperty("exitCode").GetInt32(), json.RootElement.GetProperty("unprotected").GetInt32()));
        using var part = JsonDocument.Parse((await project.RunAsync("audit", "verify", "--json", "--range", "HEAD~1..HEAD")).Output);
        Assert.Equal(2, part.RootElement.GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task Many_anchors_that_do_not_count_for_one_reason_are_told_in_few_lines()
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\n");
        await project.CommitAsync();
        for (var i = 0; i < 6; i++)
            await project.GitAsync("tag", "-a", $"colophon/anchor-{i}", "-m", $"colophon-anchor 1\nrepo {new string('a', 32)}\nheads {new string('b', 64)}");
        var run = await project.RunAsync("audit", "verify");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, run.Output.Split("does not count: it belongs to another log").Length - 1);
        Assert.Contains("and 3 more for the same reason", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "audit", "anchor")]
    [InlineData(2, "audit", "anchor", "--tag", "--reply", "x")]
    [InlineData(1, "audit", "anchor", "--reply", "README.md")]
    [InlineData(1, "audit", "anchor", "--file", "nowhere/at/all")]
    [InlineData(74, "audit", "verify", "--range", "nowhere..HEAD")]
    [InlineData(64, "audit", "verify", "--archive", "nowhere")]
    [InlineData(64, "audit", "verify", "--trust-root", "dead")]
    [InlineData(1, "coverage", "nowhere/")]
    [InlineData(74, "audit", "verify", "--anchor-file", "nowhere")]
    [InlineData(74, "audit", "verify", "--tsa-ca", "README.md")]
    public async Task What_cannot_remember_anything_is_refused(int exit, params string[] words)
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("README.md", "one\n");
        await project.CommitAsync();
        var run = await project.RunAsync(words);
        Assert.Equal(exit, run.ExitCode);
        Assert.StartsWith("error COL", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commits_that_brought_no_entries_are_no_fault_and_a_dot_is_the_whole_project()
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\n");
        await project.CommitAsync();
        project.Write("notes.txt", "words\n");
        await project.CommitAsync();
        var part = await project.RunAsync("audit", "verify", "--range", "HEAD~1..HEAD");
        Assert.Equal((0, "These commits brought no entries."), (part.ExitCode, part.Output.TrimEnd()));
        Assert.Equal((await project.RunAsync("coverage")).Output, (await project.RunAsync("coverage", ".")).Output);
    }

    [Fact]
    public async Task What_is_erased_of_a_generation_is_erased_of_its_decision_too()
    {
        using var project = await SignedProject.CreateAsync();
        var (generation, decision) = await project.AcceptAsync("a.py", "one\n");
        Assert.Equal(0, (await project.RunAsync("audit", "redact", generation.Leaf[..10], "--field", "prompt", "--field", "diff", "--reason", "a name")).ExitCode);
        using var json = JsonDocument.Parse((await project.RunAsync("audit", "verify", "--json")).Output);
        var redacted = json.RootElement.GetProperty("entries").EnumerateArray().Where(static e => e.GetProperty("status").GetString() == "ValidRedacted").Select(static e => e.GetProperty("leaf").GetString()).ToArray();
        Assert.Contains(generation.Leaf, redacted);
        if (decision.Predicate.Files.Any(static f => f.Diff is not null))
            Assert.Contains(decision.Leaf, redacted);
    }

    [Fact]
    public async Task A_build_server_brings_the_fingerprint_along()
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\n");
        using var shown = JsonDocument.Parse((await project.RunAsync("trust", "show", "--json")).Output);
        var fingerprint = shown.RootElement.GetProperty("fingerprint").GetString() ?? "";
        var elsewhere = new Dictionary<string, string>(project.Environment) { ["XDG_CONFIG_HOME"] = project.At("../elsewhere") };
        Assert.Equal(3, (await CliRun.OfAsync(project.At("."), ["audit", "verify"], environment: elsewhere)).ExitCode);
        Assert.Equal(0, (await CliRun.OfAsync(project.At("."), ["audit", "verify", "--trust-root", fingerprint], environment: elsewhere)).ExitCode);
        Assert.Equal(3, (await CliRun.OfAsync(project.At("."), ["audit", "verify", "--trust-root", new string('0', 64)], environment: elsewhere)).ExitCode);
    }
}
