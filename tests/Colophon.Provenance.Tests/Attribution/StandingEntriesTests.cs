using Colophon.Provenance.Attribution;

namespace Colophon.Provenance.Tests.Attribution;

/// <summary>Which entries may not be deleted because lines of theirs stand somewhere.</summary>
public sealed class StandingEntriesTests
{
    [Theory]
    [InlineData("nowhere", false)]
    [InlineData("committed, removed from the working tree", true)]
    [InlineData("not committed", true)]
    [InlineData("on another branch", true)]
    [InlineData("on a remote-tracking branch", true)]
    [InlineData("in a worktree without a branch", true)]
    [InlineData("in the stash", true)]
    public async Task An_entry_stands_where_a_line_of_its_stands(string where, bool stands)
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("other.txt", "x\n");
        await project.CommitAsync();
        var leaf = project.Accept("src/a.txt", "model one\nmodel two\n");
        if (where is not ("not committed" or "in the stash"))
            await project.CommitAsync();
        switch (where)
        {
            case "nowhere":
                project.Write("src/a.txt", "a person's\n");
                await project.CommitAsync();
                break;
            case "committed, removed from the working tree":
                Directory.Delete(Path.Combine(project.Root, "src"), recursive: true);
                break;
            case "on another branch":
                await project.GitAsync("branch", "release");
                break;
            case "on a remote-tracking branch":
                await project.GitAsync("update-ref", "refs/remotes/origin/release", "HEAD");
                break;
            case "in a worktree without a branch":
                await project.GitAsync("worktree", "add", "-q", "--detach", Path.Combine(project.Root, "..", Path.GetFileName(project.Root) + "-beside"));
                break;
            case "in the stash":
                await project.GitAsync("add", "-A");
                await project.GitAsync("stash", "push", "-q");
                break;
        }

        try
        {
            if (where.StartsWith("on ", StringComparison.Ordinal) || where.StartsWith("in a ", StringComparison.Ordinal))
            {
                await project.GitAsync("rm", "-rq", "src");
                await project.CommitAsync();
            }

            var standing = await OfAsync(project);
            Assert.All(project.Entries, e => Assert.Equal(stands, standing.Holds(e)));
            Assert.Equal(leaf, project.Entries[^1].Leaf);
            Assert.Equal(where is "on another branch" or "on a remote-tracking branch" or "in a worktree without a branch" or "in the stash" ? 2 : 1, standing.Tips);
        }
        finally
        {
            if (Directory.Exists(project.Root + "-beside"))
                Directory.Delete(project.Root + "-beside", recursive: true);
        }
    }

    [Fact]
    public async Task An_entry_that_others_are_followed_through_stands_with_them()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.txt", "kept\ngone\n");
        var between = project.Accept("a.txt", "kept\n");
        await project.CommitAsync();
        var late = project.Accept("a.txt", "kept\nlate\n");
        await project.CommitAsync();
        project.Write("a.txt", "kept\n");
        await project.CommitAsync();
        var standing = await OfAsync(project);
        Assert.Equal("A", await project.OwnersAsync("a.txt"));
        Assert.True(standing.Holds(project.Entries.Single(e => e.Leaf == between)));
        Assert.False(standing.Holds(project.Entries.Single(e => e.Leaf == late)));
        // What stands is enough for the same answer.
        project.Entries.RemoveAll(e => !standing.Holds(e));
        Assert.Equal("A", await project.OwnersAsync("a.txt"));
    }

    [Fact]
    public async Task Where_a_content_or_the_history_is_missing_nothing_is_said()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.txt", "one\n");
        await project.CommitAsync();
        project.Accept("a.txt", "one\ntwo\n");
        var head = await project.CommitAsync();
        File.WriteAllText(Path.Combine(project.Repository.CommonDirectory, "shallow"), head + "\n");
        Assert.Contains("shallow", (await RefusedAsync(project)).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(project.Repository.CommonDirectory, "shallow"));
        var blob = await project.GitAsync("rev-parse", "HEAD~1:a.txt");
        File.Delete(Path.Combine(project.Repository.CommonDirectory, "objects", blob[..2], blob[2..]));
        Assert.Contains(blob[..12], (await RefusedAsync(project)).Message, StringComparison.Ordinal);
    }

    private static async Task<ProvenanceException> RefusedAsync(SampleProject project)
    {
        var refused = await Assert.ThrowsAsync<ProvenanceException>(() => OfAsync(project));
        Assert.Equal(ProvenanceError.StandingUnknown, refused.Error);
        return refused;
    }

    private static Task<StandingEntries> OfAsync(SampleProject project) =>
        StandingEntries.OfAsync(project.Repository, project.Entries, static _ => true, null, TestContext.Current.CancellationToken);
}
