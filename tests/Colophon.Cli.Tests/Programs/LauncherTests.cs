namespace Colophon.Cli.Tests.Programs;

/// <summary>The script ./colophon: finds the program, and knows by itself when it has to be built.</summary>
public sealed class LauncherTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly TemporaryFolder _folder = new();

    public LauncherTests()
    {
        File.Copy(Repository.At("colophon"), _folder.At("colophon"));
        Program("build/program", "echo building >&2; mkdir -p \"$1/artifacts/program\"; printf '%s\\n' \"$2\" >\"$1/artifacts/program/stamp\"\n");
        Program("artifacts/program/colophon", "printf 'ran:%s:' \"$@\"\n");
        _folder.Write("artifacts/program/stamp", Commit + "\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("HEAD", Commit)]
    [InlineData("HEAD;refs/heads/main", "ref: refs/heads/main;" + Commit)]
    [InlineData("HEAD;packed-refs", "ref: refs/heads/main;# pack-refs with: peeled fully-peeled sorted\nffff refs/heads/other\n" + Commit + " refs/heads/main\n^1111")]
    public async Task A_program_of_the_commit_that_is_checked_out_runs_at_once(string files, string contents)
    {
        foreach (var (file, content) in files.Split(';').Zip(contents.Split(';')))
            _folder.Write(".git/" + file, content + "\n");
        Assert.Equal("ran:a b:ran:c:", await RunAsync(_folder.At("colophon")));
    }

    [Fact]
    public async Task A_worktree_is_read_through_its_git_file()
    {
        _folder.Write("main/.git/worktrees/w/HEAD", "ref: refs/heads/w\n");
        _folder.Write("main/.git/worktrees/w/commondir", "../..\n");
        _folder.Write("main/.git/refs/heads/w", Commit + "\n");
        _folder.Write(".git", "gitdir: main/.git/worktrees/w\n");
        Assert.Equal("ran:a b:ran:c:", await RunAsync(_folder.At("colophon")));
    }

    [Fact]
    public async Task It_works_through_links_from_anywhere()
    {
        _folder.Write(".git/HEAD", Commit + "\n");
        Directory.CreateDirectory(_folder.At("bin"));
        File.CreateSymbolicLink(_folder.At("bin/second"), "../colophon");
        File.CreateSymbolicLink(_folder.At("bin/first"), "second");
        Assert.Equal("ran:a b:ran:c:", await RunAsync(_folder.At("bin/first")));
    }

    [Fact]
    public async Task Another_commit_or_a_wish_builds_first()
    {
        _folder.Write(".git/HEAD", new string('f', 40) + "\n");
        Assert.Equal("building\nran:a b:ran:c:", await RunAsync(_folder.At("colophon")));
        Assert.Equal("ran:a b:ran:c:", await RunAsync(_folder.At("colophon")));
        Assert.Equal("building\nran:a b:ran:c:", await RunAsync(_folder.At("colophon"), rebuild: "1"));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_at_once()
    {
        Assert.SkipWhen(Environment.UserName == "root", "root may write everywhere.");
        _folder.Write(".git/HEAD", new string('f', 40) + "\n");
        File.Copy(Repository.At("build/program"), _folder.At("build/program"), overwrite: true);
        File.SetUnixFileMode(_folder.At("artifacts"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var run = await ProgramRun.OfAsync("sh", [_folder.At("colophon")], "/");
        File.SetUnixFileMode(_folder.At("artifacts"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        Assert.Equal(74, run.ExitCode);
        Assert.Contains("cannot be written", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_git_it_is_built_once()
    {
        Assert.Equal("building\nran:a b:ran:c:", await RunAsync(_folder.At("colophon")));
        Assert.Equal("ran:a b:ran:c:", await RunAsync(_folder.At("colophon")));
    }

    [Fact]
    public async Task The_real_one_is_native_where_a_toolchain_is_at_hand_and_published_without_warnings()
    {
        var run = await ProgramRun.OfAsync(Repository.At("colophon"), ["--version"], "/");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("colophon ", run.Output, StringComparison.Ordinal);
        var log = Repository.At("artifacts/program.log");
        if (File.Exists(log))
            Assert.DoesNotContain("warning", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
        Assert.SkipUnless(File.Exists("/usr/bin/cc") || File.Exists("/usr/bin/clang"), "No C compiler is installed, so the program is built for the .NET runtime.");
        Assert.True(File.Exists(Repository.At("artifacts/program/colophon")), "the program is not native");
        // A generic virtual method over many value types once doubled it without a word; see Projection.
        Assert.InRange(new FileInfo(Repository.At("artifacts/program/colophon")).Length, 1, 40 << 20);
    }

    private static async Task<string> RunAsync(string path, string rebuild = "")
    {
        var run = await ProgramRun.OfAsync("sh", [path, "a b", "c"], "/", environment: e => e["COLOPHON_REBUILD"] = rebuild);
        return run.Error + run.Output;
    }

    private void Program(string path, string script) =>
        File.SetUnixFileMode(_folder.Write(path, "#!/bin/sh\n" + script), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
