namespace Colophon.Cli.Tests.Commands.Audit;

/// <summary>The hook as git itself runs it.</summary>
public sealed class HookTests
{
    [Fact]
    public async Task The_log_is_committed_with_the_code_and_an_edit_after_acceptance_becomes_a_persons()
    {
        using var project = await HookedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\ntwo\n");
        project.Write("a.py", "one\nTWO\nthree\n");
        var commit = await project.CommitAsHookedAsync("a.py");
        Assert.Equal(0, commit.ExitCode);
        Assert.Contains("colophon: 'a.py' was edited after it was accepted; recorded as a person's edit", commit.Error, StringComparison.Ordinal);
        Assert.Equal("", await project.GitAsync("status", "--porcelain"));
        var verified = await project.RunAsync("audit", "verify");
        Assert.Equal((0, "4 entries in 2 streams: all valid.\n"), (verified.ExitCode, verified.Output));
        var blame = await project.RunAsync("blame", "a.py", "--runs");
        Assert.StartsWith("1  model", blame.Output, StringComparison.Ordinal);
        Assert.Contains("\n2-3  human  Ada", blame.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_accepted_and_nothing_else_is_committed_without_a_word()
    {
        using var project = await HookedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\ntwo\n");
        project.Write("other.py", "mine\n");
        var commit = await project.CommitAsHookedAsync("a.py", "other.py");
        Assert.Equal((0, ""), (commit.ExitCode, commit.Error));
        Assert.Contains("/heads/", await project.GitAsync("show", "--name-only", "--format="), StringComparison.Ordinal);
        Assert.Equal(0, (await project.RunAsync("audit", "verify")).ExitCode);
    }

    [Fact]
    public async Task A_part_that_is_staged_and_the_rest_later_are_both_the_models()
    {
        using var project = await HookedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\n");
        await project.CommitAsHookedAsync("a.py");
        await project.AcceptAsync("a.py", "zero\none\ntwo\n");
        project.Write("a.py", "zero\none\n");
        await project.GitAsync("add", "a.py");
        project.Write("a.py", "zero\none\ntwo\n");
        var commit = await project.CommitAsHookedAsync();
        Assert.Contains("only a part of what was accepted in 'a.py' is staged; recorded as that", commit.Error, StringComparison.Ordinal);
        await project.ExpectAsync("a.py", "MMM");
        Assert.Equal("", (await project.CommitAsHookedAsync("a.py")).Error);
        await project.ExpectAsync("a.py", "MMM");
    }

    [Fact]
    public async Task Nothing_that_is_missing_or_broken_breaks_a_commit()
    {
        using var project = await HookedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\n");
        project.Write("a.py", "two\n");

        // The key cannot be read.
        File.Move(Path.Combine(project.Configuration, "keys/signing.json"), Path.Combine(project.Configuration, "keys/away.json"));
        var commit = await project.CommitAsHookedAsync("a.py");
        Assert.Equal(0, commit.ExitCode);
        Assert.Contains("colophon: There is no signing key", commit.Error, StringComparison.Ordinal);

        // The program is gone.
        var hook = project.At(".git/hooks/pre-commit");
        await File.WriteAllTextAsync(hook, (await File.ReadAllTextAsync(hook, TestContext.Current.CancellationToken)).Replace(AppContext.BaseDirectory, "/nowhere/", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        project.Write("b.py", "b\n");
        commit = await project.CommitAsHookedAsync("b.py");
        Assert.Equal(0, commit.ExitCode);
        Assert.Contains("colophon: the program is not installed here", commit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_that_was_there_runs_after_it_and_decides_and_comes_back()
    {
        using var project = await SignedProject.CreateAsync();
        await project.CommitAsync();
        var hook = project.At(".git/hooks/pre-commit");
        Directory.CreateDirectory(project.At(".git/hooks"));
        const string Mine = "#!/bin/sh\necho mine >&2\nexit 1\n";
        await File.WriteAllTextAsync(hook, Mine, TestContext.Current.CancellationToken);
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Contains("The hook that was there runs after it", (await project.RunAsync("hooks", "install")).Output, StringComparison.Ordinal);
        Assert.Contains("It is installed already.", (await project.RunAsync("hooks", "install")).Output, StringComparison.Ordinal);
        project.Write("a.py", "a\n");
        var commit = await project.CommitAsHookedAsync("a.py");
        Assert.Equal((1, "mine\n"), (commit.ExitCode, commit.Error));
        Assert.Equal(0, (await project.RunAsync("hooks", "uninstall")).ExitCode);
        Assert.Equal(Mine, await File.ReadAllTextAsync(hook, TestContext.Current.CancellationToken));
        Assert.Contains("It is not installed.", (await project.RunAsync("hooks", "uninstall")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_that_somebody_edited_is_kept_when_it_is_taken_out_or_renewed()
    {
        using var project = await HookedProject.CreateAsync();
        var folder = project.At(".git/hooks");
        var hook = Path.Combine(folder, "pre-commit");
        var ours = await File.ReadAllTextAsync(hook, TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(hook, "echo first\n", TestContext.Current.CancellationToken);
        Assert.Contains("kept as pre-commit.edited.", (await project.RunAsync("hooks", "install")).Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(hook, ours.Replace("#!/bin/sh\n", "#!/bin/sh\necho second\n", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Contains("kept as pre-commit.edited-2.", (await project.RunAsync("hooks", "uninstall")).Output, StringComparison.Ordinal);
        Assert.False(File.Exists(hook));
        Assert.EndsWith("echo first\n", await File.ReadAllTextAsync(hook + ".edited", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("echo second\n", await File.ReadAllTextAsync(hook + ".edited-2", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await project.RunAsync("hooks", "install");
        await File.WriteAllTextAsync(hook, (await File.ReadAllTextAsync(hook, TestContext.Current.CancellationToken)).Replace("|| colophon='", "|| colophon='/elsewhere", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("kept", (await project.RunAsync("hooks", "uninstall")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hooks_folder_that_git_is_told_of_is_used_unless_other_projects_share_it()
    {
        using var project = await SignedProject.CreateAsync();
        await project.GitAsync("config", "core.hooksPath", ".hooks");
        Assert.Equal(0, (await project.RunAsync("hooks", "install")).ExitCode);
        Assert.True(File.Exists(project.At(".hooks/pre-commit")));
        await project.GitAsync("config", "core.hooksPath", "/etc");
        var refused = await project.RunAsync("hooks", "install");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("other projects share", refused.Error, StringComparison.Ordinal);
    }
}
