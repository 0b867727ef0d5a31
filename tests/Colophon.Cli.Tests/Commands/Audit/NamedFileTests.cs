namespace Colophon.Cli.Tests.Commands.Audit;

/// <summary>Files that the user names for a command to write.</summary>
public sealed class NamedFileTests
{
    [Theory]
    [InlineData("coverage", "--html", "out.html")]
    [InlineData("trace", "--html", "out.html")]
    [InlineData("audit", "anchor", "--request", "out.html")]
    [InlineData("audit", "anchor", "--file", "out.html")]
    [InlineData("audit", "prove", "@", "--output", "out.html")]
    public async Task What_the_command_did_not_write_is_not_written_over(params string[] words)
    {
        using var project = await SignedProject.CreateAsync();
        var (_, decision) = await project.AcceptAsync("a.py", "one\n");
        await project.CommitAsync();
        words = [.. words.Select(word => word == "@" ? decision.Leaf : word)];
        project.Write("out.html", "<p>mine</p>\n");
        var refused = await project.RunAsync(words);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("hint: ", refused.Error, StringComparison.Ordinal);
        Assert.Equal("<p>mine</p>\n", File.ReadAllText(project.At("out.html")));

        project.Write("out.html", "");
        for (var i = 0; i < 2; i++)
        {
            var run = await project.RunAsync(words);
            Assert.Equal((0, ""), (run.ExitCode, run.Error.StartsWith("error", StringComparison.Ordinal) ? run.Error : ""));
            Assert.NotEqual(0, new FileInfo(project.At("out.html")).Length);
        }
    }

    [Fact]
    public async Task A_folder_with_a_page_of_its_own_is_not_filled()
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\n");
        project.Write("site/index.html", "<p>mine</p>\n");
        var refused = await project.RunAsync("coverage", "--html", "site");
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal("<p>mine</p>\n", File.ReadAllText(project.At("site/index.html")));
        Assert.Single(Directory.GetFileSystemEntries(project.At("site")));
    }
}
