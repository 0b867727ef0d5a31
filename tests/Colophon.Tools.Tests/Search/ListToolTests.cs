using Colophon.Kernel.Git;

namespace Colophon.Tools.Tests.Search;

public sealed class ListToolTests
{
    [Fact]
    public async Task Files_are_listed_in_order_below_a_directory()
    {
        using var bench = new ToolBench().With("b", "").With("a/c.py", "").With("a/.hidden", "");
        Assert.Equal("a/.hidden\na/c.py\nb\n", await bench.OkAsync("list", "{}"));
        Assert.Equal("a/c.py\n", await bench.OkAsync("list", """{"path":"a","glob":"*.py"}"""));
        Assert.Equal("No files below '.' match '*.rs'.", await bench.OkAsync("list", """{"glob":"*.rs"}"""));
    }

    [Fact]
    public async Task What_git_ignores_is_left_out_unless_it_is_named()
    {
        using var bench = new ToolBench().With(".gitignore", "build/\n").With("build/out.o", "").With("new.txt", "").With("gone.txt", "");
        var git = new GitRunner(bench.Root);
        await git.RunAsync(["init", "-q"], default, TestContext.Current.CancellationToken);
        await git.RunAsync(["add", "gone.txt"], default, TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(bench.Root, "gone.txt"));
        Assert.Equal(".gitignore\nnew.txt\n", await bench.OkAsync("list", "{}"));
        Assert.Equal("build/out.o\n", await bench.OkAsync("list", """{"path":"build"}"""));
        Assert.StartsWith("No line", await bench.OkAsync("grep", """{"pattern":"core","path":"."}"""));
    }

    [Fact]
    public async Task A_large_tree_is_shown_by_folders_with_counts()
    {
        using var bench = new ToolBench().With("readme", "");
        for (var i = 0; i < 450; i++)
            bench.With($"big/{i % 3}/f{i:000}", "");
        Assert.Equal("big/0/ (150 files)\nbig/1/ (150 files)\nbig/2/ (150 files)\nreadme\n[451 files in all]\n", await bench.OkAsync("list", "{}"));
    }

    [Fact]
    public async Task A_missing_directory_and_a_file_are_named_as_such()
    {
        using var bench = new ToolBench().With("src/a", "");
        Assert.Equal("'scr' does not exist. Did you mean 'src'?", await bench.ErrorAsync("list", """{"path":"scr"}"""));
        Assert.Equal("'src/a' is a file: use read.", await bench.ErrorAsync("list", """{"path":"src/a"}"""));
    }
}
