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
}
