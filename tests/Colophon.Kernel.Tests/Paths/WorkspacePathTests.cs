using Colophon.Kernel.Errors;
using Colophon.Kernel.Paths;

namespace Colophon.Kernel.Tests.Paths;

public sealed class WorkspacePathTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("./a//b/", "a/b")]
    [InlineData(".", ".")]
    [InlineData("a/..b", "a/..b")]
    [InlineData(".gitignore", ".gitignore")]
    public void A_path_inside_is_normalised(string text, string expected) => Assert.Equal(expected, WorkspacePath.Parse(text).Value);

    [Theory]
    [InlineData("..", KernelError.PathEscapes)]
    [InlineData("a/../../b", KernelError.PathEscapes)]
    [InlineData("/etc/passwd", KernelError.PathEscapes)]
    [InlineData("C:/x", KernelError.PathEscapes)]
    [InlineData("a\\b", KernelError.PathEscapes)]
    [InlineData(".git/config", KernelError.PathEscapes)]
    [InlineData("sub/.GIT/hooks/x", KernelError.PathEscapes)]
    [InlineData(".g\u200cit/config", KernelError.PathEscapes)]
    [InlineData("a/.git ./x", KernelError.PathEscapes)]
    [InlineData("GIT~1/config", KernelError.PathEscapes)]
    [InlineData(".git::$INDEX_ALLOCATION/config", KernelError.PathEscapes)]
    [InlineData("", KernelError.PathInvalid)]
    [InlineData("a\0b", KernelError.PathInvalid)]
    [InlineData("a\nb", KernelError.PathInvalid)]
    public void A_path_that_escapes_is_refused(string text, KernelError expected) =>
        Assert.Equal(expected, Assert.Throws<KernelException>(() => WorkspacePath.Parse(text)).Error);

    [Fact]
    public void A_symbolic_link_that_leads_out_is_refused()
    {
        using var outside = new TemporaryFolder();
        using var inside = new TemporaryFolder();
        Directory.CreateSymbolicLink(Path.Combine(inside.Path, "out"), outside.Path);
        var workspace = new Workspace(inside.Path);
        Assert.Equal(KernelError.PathEscapes, Assert.Throws<KernelException>(() => workspace.Resolve(WorkspacePath.Parse("out/file"))).Error);
    }

    [Fact]
    public void A_symbolic_link_that_stays_inside_is_followed()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "real"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "alias"), "real");
        var workspace = new Workspace(folder.Path);
        Assert.Equal(Path.Combine(workspace.Root, "real/f"), workspace.Resolve(WorkspacePath.Parse("alias/f")));
    }

    [Fact]
    public void A_symbolic_link_into_git_is_refused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, ".git"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "g"), ".git");
        var workspace = new Workspace(folder.Path);
        Assert.Throws<KernelException>(() => workspace.Resolve(WorkspacePath.Parse("g/config")));
    }

    [Fact]
    public void A_twin_by_case_or_unicode_form_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "Readme.md"), "");
        File.WriteAllText(Path.Combine(folder.Path, "caf\u00e9"), "");
        var workspace = new Workspace(folder.Path);
        Assert.Throws<KernelException>(() => workspace.Resolve(WorkspacePath.Parse("README.md")));
        Assert.Throws<KernelException>(() => workspace.Resolve(WorkspacePath.Parse("cafe\u0301")));
    }
}
