using System.Text.Json;

namespace Colophon.Cli.Tests.Commands.Audit;

public sealed class RetentionTests
{
    [Fact]
    public async Task Old_entries_are_packed_archived_and_still_found()
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\n");
        await project.AcceptAsync("b.py", "two\n");
        await project.CommitAsync();
        var before = (await project.RunAsync("blame", "a.py")).Output;

        Assert.Contains("No entry is old enough", (await project.RunAsync("audit", "compress")).Output, StringComparison.Ordinal);
        Assert.Contains("3 entries would be packed", (await project.RunAsync("audit", "compress", "--older-than", "0d", "--dry-run")).Output, StringComparison.Ordinal);
        using var packed = JsonDocument.Parse((await project.RunAsync("audit", "compress", "--older-than", "0d", "--json")).Output);
        Assert.Equal(3, packed.RootElement.GetProperty("segments")[0].GetProperty("entries").GetInt32());
        await project.CommitAsync();
        Assert.Equal(0, (await project.RunAsync("audit", "verify", "--strict")).ExitCode);
        Assert.Equal(before, (await project.RunAsync("blame", "a.py")).Output);

        var archive = project.At("../archive");
        var archived = await project.RunAsync("audit", "archive", "--older-than", "0d", "--to", archive);
        Assert.Equal((0, ""), (archived.ExitCode, archived.Error));
        await project.CommitAsync();
        var verified = await project.RunAsync("audit", "verify");
        Assert.Equal(0, verified.ExitCode);
        Assert.Contains("Of 3 only the leaf is here", verified.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("only the leaf", (await project.RunAsync("audit", "verify", "--archive", archive)).Output, StringComparison.Ordinal);
        Assert.Contains("read from git's history", (await project.RunAsync("blame", "a.py")).Error, StringComparison.Ordinal);
        // What was committed once is in git's history, wherever it was moved to since.
        Assert.Equal(before, (await project.RunAsync("blame", "a.py")).Output);
        var pruned = await project.RunAsync("audit", "prune", "--yes");
        Assert.Contains("its content is not here; retention.archive names", pruned.Output, StringComparison.Ordinal);
        Assert.Contains("No entry was deleted: what is old enough is kept.", pruned.Output, StringComparison.Ordinal);
        Assert.Equal(before, (await CliRun.OfAsync(project.At("."), ["blame", "a.py"], environment: new Dictionary<string, string>(project.Environment) { ["COLOPHON__RETENTION__ARCHIVE"] = archive })).Output);
    }

    [Theory]
    [InlineData(2, "audit", "prune")]
    [InlineData(1, "audit", "prune", "--yes", "--older-than", "10d")]
    [InlineData(3, "audit", "archive")]
    [InlineData(3, "audit", "archive", "--to", ".openspec/audit/old")]
    [InlineData(2, "audit", "compress", "--older-than", "soon")]
    public async Task What_is_asked_for_wrongly_changes_nothing(int exit, params string[] words)
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\n");
        var run = await project.RunAsync(words);
        Assert.Equal(exit, run.ExitCode);
        Assert.StartsWith("error COL", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.At(".openspec/audit/v1/seg")));
    }

    [Fact]
    public async Task A_log_that_does_not_verify_is_not_packed()
    {
        using var project = await SignedProject.CreateAsync();
        var (generation, _) = await project.AcceptAsync("a.py", "one\n");
        File.WriteAllText(generation.FilePath, File.ReadAllText(generation.FilePath).Replace("\"seq\":1", "\"seq\":2", StringComparison.Ordinal));
        var run = await project.RunAsync("audit", "compress", "--older-than", "0d");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error COL2037", run.Error, StringComparison.Ordinal);
    }
}
