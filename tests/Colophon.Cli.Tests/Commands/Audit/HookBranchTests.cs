namespace Colophon.Cli.Tests.Commands.Audit;

/// <summary>Branches that come to the main branch as one commit, or are joined with it.</summary>
public sealed class HookBranchTests
{
    [Fact]
    public async Task A_branch_that_is_squashed_carries_the_edits_of_its_later_commits()
    {
        using var project = await BranchAsync();
        await project.AcceptAsync("a.py", "one\ntwo\n");
        await project.CommitAsHookedAsync("a.py");
        project.Write("a.py", "one\nTWO\n");
        Assert.Equal("colophon: 'a.py' was edited after it was accepted; recorded as a person's edit\n", (await project.CommitAsHookedAsync("a.py")).Error);
        await project.GitAsync("mv", "a.py", "b.py");
        Assert.Equal("colophon: 'b.py' is 'a.py' as it was accepted; recorded as a rename\n", (await project.CommitAsHookedAsync()).Error);
        project.Write("other.py", "mine\n");
        Assert.Equal("", (await project.CommitAsHookedAsync("other.py")).Error);
        await project.ExpectAsync("b.py", "Mh");
        await SquashAsync(project);
        await project.ExpectAsync("b.py", "Mh");
    }

    [Fact]
    public async Task On_the_main_branch_later_edits_are_gits_to_tell()
    {
        using var project = await HookedProject.CreateAsync();
        await project.AcceptAsync("a.py", "one\ntwo\n");
        await project.CommitAsHookedAsync("a.py");
        project.Write("a.py", "one\nTWO\n");
        Assert.Equal("", (await project.CommitAsHookedAsync("a.py")).Error);
        await project.GitAsync("checkout", "-q", "-b", "topic");
        project.Write("a.py", "one\nTWO\nthree\n");
        Assert.Equal("", (await project.CommitAsHookedAsync("a.py")).Error);
        await project.ExpectAsync("a.py", "Mhh");
    }

    [Fact]
    public async Task The_main_branch_is_the_remotes_own()
    {
        using var project = await HookedProject.CreateAsync();
        await project.GitAsync("branch", "-m", "trunk");
        await project.GitAsync("update-ref", "refs/remotes/origin/trunk", "HEAD");
        await project.GitAsync("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
        await project.AcceptAsync("a.py", "one\ntwo\n");
        await project.CommitAsHookedAsync("a.py");
        project.Write("a.py", "one\nTWO\n");
        Assert.Equal("", (await project.CommitAsHookedAsync("a.py")).Error);
        await project.GitAsync("checkout", "-q", "-b", "topic");
        project.Write("a.py", "one\nTWO\nthree\n");
        Assert.Contains("'a.py' was edited", (await project.CommitAsHookedAsync("a.py")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edits_that_were_committed_without_the_hook_are_recorded_with_the_next_commit()
    {
        using var project = await BranchAsync("a.py", "zero\n");
        await project.AcceptAsync("a.py", "zero\none\ntwo\n");
        await project.CommitAsHookedAsync("a.py");
        project.Write("a.py", "zero\none\nTWO\n");
        await project.CommitAsync("as a code host does it");
        Assert.Equal("colophon: 'a.py' was edited after it was accepted; recorded as a person's edit\n", (await project.HookedAsync("commit", "-q", "--allow-empty", "-m", "record")).Error);
        Assert.Equal("", (await project.HookedAsync("commit", "-q", "--allow-empty", "-m", "nothing")).Error);
        await project.ExpectAsync("a.py", "hMh");
        await SquashAsync(project);
        await project.ExpectAsync("a.py", "hMh");
    }

    [Fact]
    public async Task A_squash_without_the_hook_is_seen_and_says_what_to_do()
    {
        using var project = await BranchAsync();
        await project.AcceptAsync("a.py", "one\ntwo\n");
        await project.CommitAsync();
        project.Write("a.py", "one\nTWO\n");
        await project.CommitAsync();
        await SquashAsync(project);
        var verified = await project.RunAsync("audit", "verify", "--accept-rollback");
        Assert.Equal(5, verified.ExitCode);
        Assert.Contains("one more commit on a branch before it is squashed", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conflict_that_a_person_settles_is_recorded_and_what_the_other_side_brought_is_not()
    {
        using var project = await BranchAsync("a.py", "top\nmiddle\nend\n");
        await project.AcceptAsync("a.py", "top\nthe model's middle\nend\n");
        await project.AcceptAsync("clean.py", "one\n");
        await project.CommitAsHookedAsync(".");
        await project.GitAsync("checkout", "-q", "main");
        project.Write("a.py", "top\na person's middle\nend\n");
        project.Write("else.py", "else\n");
        await project.CommitAsync();
        await project.GitAsync("checkout", "-q", "topic");
        Assert.NotEqual(0, (await project.HookedAsync("merge", "-q", "main")).ExitCode);
        project.Write("a.py", "top\nboth their middles\nend\n");
        Assert.Equal("colophon: 'a.py' was edited after it was accepted; recorded as a person's edit\n", (await project.CommitAsHookedAsync("a.py")).Error);
        await project.ExpectAsync("a.py", "hhh");
        await SquashAsync(project);
        await project.ExpectAsync("a.py", "hhh");
        await project.ExpectAsync("clean.py", "M");
    }

    [Fact]
    public async Task A_merge_in_which_nobody_edited_anything_says_nothing()
    {
        using var project = await BranchAsync("a.py", "top\nmiddle\nend\n");
        await project.AcceptAsync("a.py", "top\nmiddle\nend\nthe model's line\n");
        await project.CommitAsHookedAsync(".");
        await project.GitAsync("checkout", "-q", "main");
        project.Write("a.py", "a person's top\nmiddle\nend\n");
        await project.CommitAsync();
        await project.GitAsync("checkout", "-q", "topic");
        await project.GitAsync("merge", "-q", "--no-commit", "main");
        Assert.Equal((0, ""), (await project.CommitAsHookedAsync()) is var commit ? (commit.ExitCode, commit.Error) : default);
        await project.ExpectAsync("a.py", "hhhM");
        await SquashAsync(project);
        await project.ExpectAsync("a.py", "hhhM");
    }

    [Theory]
    [InlineData("commit", "-q", "-m", "settled")]
    [InlineData("commit", "-q", "--amend", "--no-edit")]
    public async Task A_rebase_whose_conflict_a_person_settles_can_be_recorded(params string[] commit)
    {
        using var project = await BranchAsync("a.py", "top\nmiddle\nend\n");
        await project.AcceptAsync("a.py", "top\nthe model's middle\nits second line\nend\n");
        await project.CommitAsHookedAsync(".");
        await project.GitAsync("checkout", "-q", "main");
        project.Write("a.py", "top\na person's middle\nend\n");
        await project.CommitAsync();
        await project.GitAsync("checkout", "-q", "topic");
        Assert.NotEqual(0, (await project.HookedAsync("rebase", "-q", "main")).ExitCode);
        project.Write("a.py", "top\nboth their middles\nits second line\nend\n");
        await project.GitAsync("add", "a.py");
        if (commit.Contains("--amend"))
            await project.HookedAsync("rebase", "--continue");
        Assert.Equal("colophon: 'a.py' was edited after it was accepted; recorded as a person's edit\n", (await project.HookedAsync(commit)).Error);
        await project.HookedAsync("rebase", "--continue");
        await project.ExpectAsync("a.py", "hhMh");
    }

    private static async Task<SignedProject> BranchAsync(string? path = null, string text = "")
    {
        var project = await HookedProject.CreateAsync();
        if (path is not null)
        {
            project.Write(path, text);
            await project.CommitAsync();
        }

        await project.GitAsync("checkout", "-q", "-b", "topic");
        return project;
    }

    /// <summary>As a code host does it: no hook runs.</summary>
    private static async Task SquashAsync(SignedProject project)
    {
        await project.GitAsync("checkout", "-q", "main");
        await project.GitAsync("merge", "-q", "--squash", "topic");
        await project.GitAsync("commit", "-q", "-m", "squashed");
        await project.GitAsync("branch", "-q", "-D", "topic");
    }
}
