using System.Text.Json;

namespace Colophon.Cli.Tests.Commands.Audit;

public sealed class BlameTests
{
    [Fact]
    public async Task Every_line_names_its_task_requirement_model_person_and_entry()
    {
        using var project = await SignedProject.CreateAsync();
        var (_, decision) = await project.AcceptAsync("src/login.py", "def check():\n    return True\n", "login/check");
        await project.CommitAsync();
        project.Write("src/login.py", "def check():\n    return True\n# mine\n");
        var commit = await project.CommitAsync();

        var text = await project.RunAsync("blame", "src/login.py");
        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        Assert.Contains($"1-2  model  add-login 1.1  login/check (stale)  replay/sonnet  Ada  {decision.Predicate.RecordedAt:yyyy-MM-dd HH:mm}  entry {decision.Leaf[..12]}\n  1  def check():\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("3  human  Ada  ", text.Output, StringComparison.Ordinal);
        Assert.Contains($"commit {commit[..12]}\n  3  # mine\n", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("def", (await project.RunAsync("blame", "src/login.py", "--runs")).Output, StringComparison.Ordinal);

        using var json = JsonDocument.Parse((await project.RunAsync("blame", "src/login.py", "-L", "2,3", "--json")).Output);
        var runs = json.RootElement.GetProperty("runs");
        Assert.Equal([(2, 1, "model"), (3, 1, "human")], runs.EnumerateArray().Select(static r => (r.GetProperty("start").GetInt32(), r.GetProperty("count").GetInt32(), r.GetProperty("owner").GetString() ?? "")));
        Assert.Equal(decision.Leaf, runs[0].GetProperty("source").GetProperty("decision").GetString());
        Assert.Equal(commit, runs[1].GetProperty("commit").GetString());
    }

    [Fact]
    public async Task The_file_is_relative_to_the_folder_one_is_in_and_a_line_of_an_altered_entry_is_unknown()
    {
        using var project = await SignedProject.CreateAsync();
        var (_, decision) = await project.AcceptAsync("src/login.py", "x\n");
        var run = await CliRun.OfAsync(project.At("src"), ["blame", "login.py", "--runs"], environment: project.Environment);
        Assert.StartsWith("1  model", run.Output, StringComparison.Ordinal);
        File.WriteAllText(decision.FilePath, File.ReadAllText(decision.FilePath).Replace("\"accepted\":true", "\"accepted\":true ", StringComparison.Ordinal));
        run = await CliRun.OfAsync(project.At("src"), ["blame", "./login.py", "--runs"], environment: project.Environment);
        Assert.StartsWith("1  unknown", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere.py", "is not a file of this repository")]
    [InlineData("../outside", "is not a file of this repository")]
    [InlineData("image.bin", "binary")]
    public async Task What_has_no_lines_is_said_to_have_none(string file, string why)
    {
        using var project = await SignedProject.CreateAsync();
        project.Write("image.bin", "\0\0");
        var run = await project.RunAsync("blame", file);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error COL2041", run.Error, StringComparison.Ordinal);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await project.RunAsync("blame", file, "-L", "5,2")).ExitCode);
    }

    [Fact]
    public async Task Lines_beyond_the_end_are_refused()
    {
        using var project = await SignedProject.CreateAsync();
        project.Write("a.py", "one\ntwo\n");
        await project.CommitAsync();
        Assert.Equal(0, (await project.RunAsync("blame", "a.py", "-L", "2,99")).ExitCode);
        var run = await project.RunAsync("blame", "a.py", "-L", "3,99");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'a.py' has 2 lines", run.Error, StringComparison.Ordinal);
    }
}
