using Colophon.Kernel.Errors;

namespace Colophon.Engine.Tests;

/// <summary>What a stranger's branch carries below <c>.colophon/state</c>, where only this machine's own work may lie: none of it is believed, and nothing is written or deleted through it.</summary>
public sealed class ForeignStateTests
{
    [Theory]
    [InlineData(".colophon/state/sessions")]
    [InlineData(".colophon/state")]
    [InlineData(".colophon")]
    public async Task Opening_a_project_deletes_nothing_behind_a_committed_link(string link)
    {
        using var project = await Project.CreateAsync();
        using var outside = new TemporaryFolder();
        foreach (var mine in (string[])["mine", "sessions/mine", "state/sessions/mine"])
            Directory.CreateDirectory(Path.Combine(outside.Path, mine));
        await LinkAsync(project, link, outside.Path);
        await using (await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null)))
        {
            // Opening is enough.
        }

        foreach (var mine in (string[])["mine", "sessions/mine", "state/sessions/mine"])
            Assert.True(Directory.Exists(Path.Combine(outside.Path, mine)), mine);
    }

    [Theory]
    [InlineData(".colophon/state")]
    [InlineData(".colophon/state/attribution")]
    [InlineData(".colophon/state/attribution/runs.bin")]
    [InlineData(".colophon/state/index.db")]
    [InlineData(".colophon/state/index.db-seal")]
    [InlineData(".colophon")]
    public async Task Reading_the_log_writes_nothing_through_a_committed_link(string link)
    {
        using var project = await Project.CreateAsync();
        using var outside = new TemporaryFolder();
        await project.ApplyAsync(new Script().Writes("a.txt", "one\n"));
        await project.Repository.CommitAsync();
        if (Directory.Exists(project.Repository.At(".colophon/state")))
            Directory.Delete(project.Repository.At(".colophon/state"), recursive: true);
        await LinkAsync(project, link, outside.Path);
        await using var engine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null));
        var audit = await ProjectAudit.OfAsync(engine);
        Assert.NotEmpty((await audit.CoverageAsync([])).Files);
        Assert.NotEmpty(audit.Query(new AuditQuery()).Rows);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside.Path));
    }

    [Fact]
    public async Task A_committed_index_is_not_believed()
    {
        using var project = await Project.CreateAsync();
        await project.ApplyAsync(new Script().Writes("a.txt", "one\n"));
        Assert.NotEmpty(await RowsAsync(project));
        // As the index stood before any entry: it would hide them all.
        using var empty = await Project.CreateAsync();
        Assert.Empty(await RowsAsync(empty));
        File.Copy(empty.Repository.At(".colophon/state/index.db"), project.Repository.At(".colophon/state/index.db"), overwrite: true);
        var forged = File.ReadAllBytes(project.Repository.At(".colophon/state/index.db"));
        await project.Repository.Git.RunAsync(["add", "--force", ".colophon/state/index.db"]);
        await project.Repository.CommitAsync();
        Assert.NotEmpty(await RowsAsync(project));
        Assert.Equal(forged, File.ReadAllBytes(project.Repository.At(".colophon/state/index.db")));
    }

    [Fact]
    public async Task No_session_is_begun_where_git_tracks_what_only_this_machine_may_write()
    {
        using var project = await Project.CreateAsync();
        project.Repository.Write(".colophon/state/sessions/x/session.json", "{}");
        await project.Repository.Git.RunAsync(["add", "--force", ".colophon/state"]);
        await project.Repository.CommitAsync();
        var refused = await Assert.ThrowsAsync<KernelException>(() => project.ApplyAsync(new Script().Writes("a.txt", "one\n")));
        Assert.Equal(KernelError.StateTracked, refused.Error);
        Assert.Contains("git rm -r --cached .colophon/state", refused.Hint, StringComparison.Ordinal);
        Assert.True(File.Exists(project.Repository.At(".colophon/state/sessions/x/session.json")));
    }

    private static async Task<IReadOnlyList<AuditRow>> RowsAsync(Project project)
    {
        await using var engine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null));
        return (await ProjectAudit.OfAsync(engine)).Query(new AuditQuery()).Rows;
    }

    private static async Task LinkAsync(Project project, string link, string target)
    {
        var at = project.Repository.At(link);
        if (Directory.Exists(at))
            Directory.Delete(at, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(at) ?? "");
        File.CreateSymbolicLink(at, target);
        await project.Repository.Git.RunAsync(["add", "--force", link]);
        await project.Repository.CommitAsync();
    }
}
