using Colophon.Provenance.Log;

namespace Colophon.Cli.Tests.Commands.Audit;

/// <summary>Commits that do not come about at once: aborted, amended, put aside, taken back, made in parts.</summary>
public sealed class HookAgainTests
{
    [Fact]
    public async Task After_a_commit_that_was_aborted_the_next_edit_goes_on_from_the_recorded_one()
    {
        using var project = await HookedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\ntwo\nthree\n");
        var failing = project.At(".git/hooks/pre-commit.before-colophon");
        await File.WriteAllTextAsync(failing, "#!/bin/sh\nexit 1\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(failing, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        project.Write("a.py", "one\nTWO\nthree\n");
        Assert.Equal(1, (await project.CommitAsHookedAsync("a.py")).ExitCode);
        Assert.Equal("", (await project.CommitAsHookedAsync("a.py")).Error);
        Assert.Equal(1, project.Count(EntryKind.HumanEdit));
        File.Delete(failing);
        project.Write("a.py", "one\nTWO\nthree\nfour\n");
        var commit = await project.CommitAsHookedAsync("a.py");
        Assert.Equal((0, "colophon: 'a.py' was edited after it was accepted; recorded as a person's edit\n"), (commit.ExitCode, commit.Error));
        Assert.Equal(2, project.Count(EntryKind.HumanEdit));
        await project.ExpectAsync("a.py", "MhMh");
    }

    [Fact]
    public async Task An_aborted_edit_that_is_committed_as_it_is_or_taken_back_is_right_too()
    {
        using var project = await HookedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\ntwo\n");
        await project.AcceptAsync("b.py", "three\nfour\n");
        project.Write("a.py", "one\nTWO\n");
        project.Write("b.py", "three\nFOUR\n");
        await project.GitAsync("add", "a.py", "b.py");
        // An empty message ends a commit after its hook ran.
        Assert.Equal(1, (await project.HookedAsync("commit", "-q", "-m", "")).ExitCode);
        Assert.Equal(1, project.Count(EntryKind.HumanEdit));
        project.Write("b.py", "three\nfour\n");
        Assert.Equal("colophon: 'b.py' was edited after it was accepted; recorded as a person's edit\n", (await project.CommitAsHookedAsync("a.py", "b.py")).Error);
        await project.ExpectAsync("a.py", "Mh");
        await project.ExpectAsync("b.py", "MM");
    }

    [Theory]
    [InlineData("commit", "-q", "--amend", "--no-edit")]
    [InlineData("ca", "-q")]
    [InlineData("commit", "-q", "--am", "-m", "again")]
    [InlineData("commit", "-q", "--ame", "--no-edit")]
    [InlineData("commit", "-qmwork", "--amen")]
    public async Task An_amended_commit_takes_edits_in(params string[] amend)
    {
        using var project = await HookedProject.CreateAsync();
        await project.GitAsync("config", "alias.ca", "commit --amend --no-edit");
        await project.AcceptAsync("a.py", "one\ntwo\n");
        await project.CommitAsHookedAsync("a.py");
        project.Write("a.py", "one\ntwo\nthree\n");
        await project.GitAsync("add", "a.py");
        Assert.Equal("colophon: 'a.py' was edited after it was accepted; recorded as a person's edit\n", (await project.HookedAsync(amend)).Error);
        await project.ExpectAsync("a.py", "MMh");
        Assert.Equal("", (await project.HookedAsync(amend)).Error);
        await project.ExpectAsync("a.py", "MMh");
    }

    [Theory]
    [InlineData("-m", "use --amend now")]
    [InlineData("-m", "--amend")]
    [InlineData("-qm", "one\n--amend\n")]
    [InlineData("--message", "--ame")]
    [InlineData("-q", "--author", "--amend <a@example.org>", "-m", "--fixup=HEAD")]
    public async Task A_message_that_speaks_of_options_is_none(params string[] message)
    {
        using var project = await HookedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\ntwo\n");
        var hook = project.At(".git/hooks/pre-commit");
        var text = await File.ReadAllTextAsync(hook, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(hook, text.Replace("\"$colophon\" hooks run", "echo run >&2", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await project.GitAsync("add", "a.py");
        Assert.Equal("run\n", (await project.HookedAsync(["commit", .. message])).Error);
    }

    [Theory]
    [InlineData("--fix", "HEAD")]
    [InlineData("--fixup", "HEAD")]
    [InlineData("--fixup=HEAD~1", "-q")]
    [InlineData("--squash=HEAD~1", "-q")]
    public async Task What_is_to_become_a_part_of_an_earlier_commit_is_recorded_for_it(params string[] meant)
    {
        using var project = await HookedProject.CreateAsync();
        var earlier = string.Concat(meant).Contains('~', StringComparison.Ordinal);
        await project.AcceptAsync("a.py", "one\ntwo\n");
        await project.CommitAsHookedAsync("a.py");
        if (earlier)
        {
            project.Write("b.py", "mine\n");
            await project.CommitAsHookedAsync("b.py");
        }

        project.Write("a.py", "one\ntwo\nthree\n");
        await project.GitAsync("add", "a.py");
        Assert.Equal("colophon: 'a.py' was edited after it was accepted; recorded as a person's edit\n", (await project.HookedAsync(["commit", .. meant])).Error);
        var rebased = await project.HookedAsync("-c", "sequence.editor=true", "rebase", "-q", "-i", "--autosquash", earlier ? "HEAD~3" : "HEAD~2");
        Assert.True(rebased.ExitCode == 0, rebased.Error);
        await project.ExpectAsync("a.py", "MMh");
    }

    [Fact]
    public async Task An_amended_commit_mends_one_that_was_made_without_the_hook()
    {
        using var project = await HookedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\ntwo\n");
        await project.AcceptAsync("b.py", "one\ntwo\n");
        project.Write("a.py", "one\nTWO\n");
        await project.GitAsync("add", "-A");
        await project.HookedAsync("commit", "-q", "-m", "work", "--no-verify");
        var verified = await project.RunAsync("audit", "verify", "--accept-rollback");
        Assert.Equal(5, verified.ExitCode);
        Assert.Contains("git commit --amend --no-edit", verified.Output, StringComparison.Ordinal);
        Assert.Contains("'a.py' was edited", (await project.HookedAsync("commit", "-q", "--amend", "--no-edit")).Error, StringComparison.Ordinal);
        await project.ExpectAsync("a.py", "Mh");
    }

    [Fact]
    public async Task What_was_put_aside_while_its_entries_were_committed_is_the_models_when_it_comes()
    {
        using var project = await HookedProject.CreateAsync();
        project.Write("a.py", "one\n");
        await project.CommitAsync();
        await project.AcceptAsync("a.py", "one\nand a second line\n");
        await project.GitAsync("stash", "-q");
        project.Write("b.py", "mine\n");
        Assert.Equal("", (await project.CommitAsHookedAsync("b.py")).Error);
        await project.GitAsync("stash", "pop", "-q");
        Assert.Equal("", (await project.CommitAsHookedAsync("a.py")).Error);
        await project.ExpectAsync("a.py", "hM");
    }

    [Theory]
    [InlineData("--soft")]
    [InlineData("--mixed")]
    public async Task A_commit_that_was_taken_back_is_made_again_with_another_edit(string mode)
    {
        using var project = await HookedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\ntwo\n");
        project.Write("a.py", "one\nTWO\n");
        await project.CommitAsHookedAsync("a.py");
        await project.GitAsync("reset", "-q", mode, "HEAD~1");
        project.Write("a.py", "one\nTWO\nthree\n");
        Assert.Contains("'a.py' was edited", (await project.CommitAsHookedAsync("a.py")).Error, StringComparison.Ordinal);
        await project.ExpectAsync("a.py", "Mhh");
    }

    [Fact]
    public async Task Entries_that_were_thrown_away_with_their_code_leave_room_for_new_ones()
    {
        using var project = await HookedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\ntwo\n");
        await project.CommitAsHookedAsync("a.py");
        await project.GitAsync("reset", "-q", "--hard", "HEAD~1");
        await project.AcceptAsync("a.py", "three\nfour\n");
        project.Write("a.py", "three\nfour\nfive\n");
        Assert.Contains("'a.py' was edited", (await project.CommitAsHookedAsync("a.py")).Error, StringComparison.Ordinal);
        await project.ExpectAsync("a.py", "MMh");
    }

    [Fact]
    public async Task An_edit_whose_start_nobody_kept_is_recorded_as_it_was_left()
    {
        using var project = await HookedProject.CreateAsync();
        project.Write("a.py", "one\n");
        await project.CommitAsync();
        // By hand, then twice by a model, then by hand: git holds nothing of what lies between.
        project.Write("a.py", "one\nby hand\n");
        await project.AcceptAsync("a.py", "one\nby hand\nthe model's first line\n");
        project.Write("a.py", "one\nthe model's first line\nagain by hand\n");
        var commit = await project.CommitAsHookedAsync("a.py");
        Assert.Equal(0, commit.ExitCode);
        await project.ExpectAsync("a.py", "hMh");
    }
}
