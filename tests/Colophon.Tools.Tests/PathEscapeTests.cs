namespace Colophon.Tools.Tests;

public sealed class PathEscapeTests
{
    public static TheoryData<string> Escapes =>
        ["../outside/secret.txt", "a/../../outside/secret.txt", "/etc/passwd", "{outside}/secret.txt", "{root}/../outside/secret.txt", "link/secret.txt", "file-link", ".git/config", "a/.GIT/hooks/x", "SRC/new.txt", "~/x/../../..", "a\\b", ""];

    [Theory]
    [MemberData(nameof(Escapes))]
    public async Task Nothing_outside_is_read_or_touched(string template)
    {
        using var bench = new ToolBench().With("src/main.py", "inside\n");
        var secret = Path.Combine(bench.Outside, "secret.txt");
        File.WriteAllText(secret, "secret\n");
        Directory.CreateSymbolicLink(Path.Combine(bench.Root, "link"), bench.Outside);
        File.CreateSymbolicLink(Path.Combine(bench.Root, "file-link"), secret);
        var path = template.Replace("{outside}", bench.Outside, StringComparison.Ordinal).Replace("{root}", bench.Root, StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal);

        string[] calls =
        [
            $$"""read {"path":"{{path}}"}""",
            $$"""write {"path":"{{path}}","content":"changed"}""",
            $$"""edit {"path":"{{path}}","old_string":"secret","new_string":"changed"}""",
            .. template.Length > 0 ? new[] { $$"""list {"path":"{{path}}"}""", $$"""grep {"path":"{{path}}","pattern":"."}""" } : [],
        ];
        foreach (var call in calls)
        {
            var text = await bench.ErrorAsync(call[..call.IndexOf(' ')], call[call.IndexOf(' ')..]);
            Assert.DoesNotContain("secret\n", text);
        }

        Assert.Equal("secret\n", File.ReadAllText(secret));
        Assert.Single(Directory.EnumerateFileSystemEntries(bench.Outside));
    }

    [Fact]
    public async Task An_absolute_path_inside_is_the_same_as_a_relative_one()
    {
        using var bench = new ToolBench().With("src/main.py", "inside\n");
        Assert.Equal("     1\tinside\n", await bench.OkAsync("read", $$"""{"path":"{{bench.Root}}/src/main.py"}"""));
    }

    [Fact]
    public async Task The_projects_own_folder_means_the_scratch_copy()
    {
        using var bench = new ToolBench().With("a.txt", "copy\n");
        File.WriteAllText(Path.Combine(bench.Outside, "a.txt"), "original\n");
        bench.WithAlias(bench.Outside);
        await bench.OkAsync("edit", $$"""{"path":"{{bench.Outside}}/a.txt","old_string":"copy","new_string":"changed"}""");
        Assert.Equal("changed\n", bench.Read("a.txt"));
        Assert.Equal("original\n", File.ReadAllText(Path.Combine(bench.Outside, "a.txt")));
        Assert.Contains("leaves the workspace", await bench.ErrorAsync("read", $$"""{"path":"{{bench.Outside}}/../elsewhere/a.txt"}"""));
    }

    [Fact]
    public async Task Searching_the_whole_project_does_not_follow_links_out_of_it()
    {
        using var bench = new ToolBench().With("a.txt", "nothing\n");
        File.WriteAllText(Path.Combine(bench.Outside, "secret.txt"), "needle\n");
        Directory.CreateSymbolicLink(Path.Combine(bench.Root, "link"), bench.Outside);
        File.CreateSymbolicLink(Path.Combine(bench.Root, "file-link"), Path.Combine(bench.Outside, "secret.txt"));
        Assert.Equal("No line matches 'needle'.\n[not searched, too large or not readable: file-link, link]\n", await bench.OkAsync("grep", """{"pattern":"needle"}"""));
    }
}
