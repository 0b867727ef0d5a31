using Colophon.Cli.Completion;

namespace Colophon.Cli.Tests.Commands;

public sealed class CompletionTests
{
    private static readonly string Sample = Repository.At("samples/quill/project");

    [Theory]
    [InlineData("sta", "status")]
    [InlineData("status ", "search-and-tags")]
    [InlineData("show ", "search-and-tags notes")]
    [InlineData("show notes --ty", "--type")]
    [InlineData("show notes --type ", "change spec")]
    [InlineData("completion ", "bash zsh fish pwsh")]
    [InlineData("config ", "show")]
    [InlineData("nonsense ", "")]
    [InlineData("-C /nowhere sta", "status")]
    [InlineData("status -C /nowhere ", "")]
    [InlineData("show notes --type=", "--type=change --type=spec")]
    [InlineData("show notes --type=s", "--type=spec")]
    [InlineData("show notes --type =", "change spec")]
    [InlineData("show notes --type = s", "spec")]
    public void A_word_is_completed_from_what_there_is(string typed, string expected) =>
        Assert.Equal(expected, string.Join(' ', Candidates.For(Cli.Commands.CommandList.All, typed.Split(' '), Sample).Select(static c => c.Word)));

    [Fact]
    public void A_name_that_a_shell_would_act_upon_is_not_offered()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["plain-1", "$(touch x)", "a b", "a;b", "a\nb"])
            folder.Write($"openspec/changes/{name}/proposal.md", "## Why\nBecause.\n");
        Assert.Equal(["plain-1"], Candidates.For(Cli.Commands.CommandList.All, ["status", ""], folder.At("")).Select(static c => c.Word));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Every_shell_gets_a_script_that_asks_the_program(string shell) =>
        Assert.Contains("__complete", (await CliRun.OfAsync("/", ["completion", shell])).Output, StringComparison.Ordinal);

    [Fact]
    public async Task The_bash_script_completes()
    {
        using var folder = new TemporaryFolder();
        var script = folder.Write("complete.bash", CompletionScripts.For("bash"));
        var program = folder.Write("colophon", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "colophon.dll")}' \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var run = await ProgramRun.OfAsync("bash", ["-c", $"source '{script}'; COMP_WORDS=('{program}' status ''); COMP_CWORD=2; _colophon; echo \"${{COMPREPLY[@]}}\""], Sample);
        Assert.Equal("search-and-tags\n", run.Output);
    }
}
