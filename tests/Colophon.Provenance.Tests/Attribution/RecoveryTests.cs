using Colophon.Provenance.Attribution;
using Colophon.Provenance.Coverage;
using Colophon.Provenance.Log;
using Colophon.Provenance.Tests.Verify;

namespace Colophon.Provenance.Tests.Attribution;

/// <summary>Signed entries that are not in the log any more: git's history gives back what a trusted key signed, and only that.</summary>
public sealed class RecoveryTests
{
    private static readonly LineTotals Covered = new(2, 1, 1, 0);
    private static readonly LineTotals Unknown = new(2, 0, 1, 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_deleted_from_the_log_is_read_from_git(bool committed)
    {
        using var project = await CommittedAsync();
        Directory.Delete(Path.Combine(project.Audit, "s/add-login"), recursive: true);
        if (committed)
            await CommitAsync(project);
        var report = await CoverageAsync(project);
        Assert.Equal(Covered, report.Project);
        Assert.Equal("1.1", Assert.Single(report.Sources).Task);
    }

    [Fact]
    public async Task What_was_altered_in_place_is_read_as_it_was_committed()
    {
        using var project = await CommittedAsync();
        foreach (var entry in project.Log().Entries().ToArray())
            File.WriteAllText(entry.FilePath, "nothing\n");
        Assert.Equal(Covered, (await CoverageAsync(project)).Project);
    }

    [Theory]
    [InlineData("archive")]
    [InlineData("lost")]
    [InlineData("prune")]
    public async Task What_was_archived_is_read_from_git_and_what_was_pruned_is_not_told(string how)
    {
        using var project = await CommittedAsync(further: 3);
        await PackAsync(project, how);
        await CommitAsync(project);
        var report = await CoverageAsync(project);
        Assert.Equal(how == "prune" ? Unknown : Covered, report.Project);
        Assert.Equal(how == "prune" ? [new UnknownShare(UnknownReason.EntryPruned, 1, 1)] : [], report.Unknown);
    }

    [Fact]
    public async Task What_was_committed_packed_is_read_from_the_packed_blob()
    {
        using var project = await Project.CreateRealAsync();
        await WriteAsync(project, further: 3);
        var retention = new AuditRetention(project.Log(), project.Repository, project.Options);
        project.Clock.Now += TimeSpan.FromDays(200);
        await retention.CompressAsync(Request(project), project.Key, Cancel);
        await CommitAsync(project);
        Assert.Equal(Covered, (await CoverageAsync(project)).Project);
        await PackAsync(project, "archive");
        await CommitAsync(project);
        Assert.Equal(Covered, (await CoverageAsync(project)).Project);
    }

    [Fact]
    public async Task What_came_packed_without_content_leaves_the_lines_of_its_commit_unknown()
    {
        using var project = await Project.CreateRealAsync();
        await WriteAsync(project, further: 3);
        project.Clock.Now += TimeSpan.FromDays(200);
        await PackAsync(project, "archive");
        await CommitAsync(project);
        var report = await CoverageAsync(project);
        Assert.Equal(Unknown, report.Project);
        Assert.Equal(UnknownReason.EntryArchived, Assert.Single(report.Unknown).Reason);
        Assert.Contains(report.Notes, static n => n.Contains("retention.archive", StringComparison.Ordinal));
        Assert.Contains("entries of this commit are not here: archived", report.Files[0].Runs[1].Cause?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_trusted_key_signed_is_not_believed_from_git_either()
    {
        using var project = await CommittedAsync();
        Directory.Delete(Path.Combine(project.Audit, "s/add-login"), recursive: true);
        var verified = await project.VerifyAsync();
        var entries = project.Log().Entries().ToArray();
        // Without a verification, whose keys are trusted is not known.
        var report = await CodeCoverage.ComputeAsync(project.Repository, entries, AuthenticEntries.In(verified), new CoverageOptions(), Cancel);
        Assert.Equal(Unknown, report.Project);
        Assert.Equal(UnknownReason.EntryNotValid, Assert.Single(report.Unknown).Reason);
    }

    [Fact]
    public async Task Objects_that_git_lost_as_well_leave_the_lines_unknown()
    {
        using var project = await CommittedAsync();
        var decision = project.Log().Entries().Single(static e => e.Predicate.Kind == EntryKind.Decision);
        var blob = (await project.Repository.Git.RunAsync(["hash-object", decision.FilePath], default, Cancel)).Text;
        File.Delete(decision.FilePath);
        await CommitAsync(project);
        File.Delete(Path.Combine(project.Repository.GitDirectory, "objects", blob[..2], blob[2..]));
        var report = await CoverageAsync(project);
        Assert.Equal(Unknown, report.Project);
        Assert.Equal(UnknownReason.EntryDeleted, Assert.Single(report.Unknown).Reason);
        Assert.Equal("1 entry of this commit is not here: deleted", report.Files[0].Runs[1].Cause?.Text);
    }

    [Theory]
    [InlineData("decision")]
    [InlineData("generation")]
    [InlineData("decision, told by heads")]
    [InlineData("decision, told later")]
    [InlineData("stream")]
    public async Task What_no_commit_ever_held_but_the_log_counts_leaves_the_lines_of_its_commit_unknown(string what)
    {
        using var project = await Project.CreateRealAsync();
        await WriteAsync(project, further: 0);
        var entries = project.Log().Entries().ToArray();
        foreach (var entry in entries.Where(e => what is "stream" || (e.Predicate.Kind == EntryKind.Generation) == (what is "generation")))
            File.Delete(entry.FilePath);
        var checkpoint = Directory.GetFiles(Path.GetDirectoryName(entries[0].FilePath)!, "*.note").Single();
        var note = await File.ReadAllBytesAsync(checkpoint, Cancel);
        var heads = Path.Combine(project.Audit, "heads");
        var aside = Path.Combine(project.Root, ".git/heads");
        if (what is not ("decision" or "generation"))
            File.Delete(checkpoint);
        if (what is "stream")
            Directory.Delete(Path.GetDirectoryName(checkpoint)!);
        if (what is not ("stream" or "decision, told by heads"))
            Directory.Move(heads, aside);
        await CommitAsync(project);
        if (what is "decision, told later")
        {
            Assert.Equal(new LineTotals(2, 0, 2, 0), (await CoverageAsync(project)).Project);
            await File.WriteAllBytesAsync(checkpoint, note, Cancel);
            await CommitAsync(project);
        }

        var report = await CoverageAsync(project);
        Assert.Equal(Unknown, report.Project);
        var reason = Assert.Single(report.Unknown).Reason;
        Assert.Equal(what is "generation" ? UnknownReason.EntryNotValid : UnknownReason.EntryDeleted, reason);
    }

    [Fact]
    public async Task A_generation_that_nobody_decided_on_makes_no_line_unknown()
    {
        using var project = await Project.CreateRealAsync();
        await WriteAsync(project, further: 0);
        await CommitAsync(project);
        await project.Log().AppendAsync(Project.Draft() with { Files = [] }, project.Key, Cancel);
        await project.Log().SealAsync(project.Key, Cancel);
        File.AppendAllText(Path.Combine(project.Root, "src/login.py"), "c\n");
        await CommitAsync(project);
        Assert.Equal(new LineTotals(3, 1, 2, 0), (await CoverageAsync(project)).Project);
    }

    private static RetentionRequest Request(Project project) => new() { Before = project.Clock.GetUtcNow(), Actor = new Actor { Name = "Ada" } };

    private static async Task PackAsync(Project project, string how)
    {
        project.Clock.Now += TimeSpan.FromDays(200);
        var retention = new AuditRetention(project.Log(), project.Repository, project.Options);
        var archive = Path.Combine(project.Root, "../archive");
        await retention.CompressAsync(Request(project), project.Key, Cancel);
        if (how == "prune")
            await retention.PruneAsync(Request(project) with { Before = project.Clock.GetUtcNow() - AuditRetention.PruneAtLeast }, static _ => false, project.Key, Cancel);
        else if (how == "archive")
            await retention.ArchiveAsync(Request(project), archive, project.Key, Cancel);
        else
            Directory.GetFiles(Path.Combine(project.Audit, "seg/add-login"), "*.gz", SearchOption.AllDirectories).ToList().ForEach(File.Delete);
    }

    private static async Task<CoverageReport> CoverageAsync(Project project)
    {
        var verified = await project.VerifyAsync();
        var options = new CoverageOptions { Attribution = new AttributionOptions { Absent = AbsentEntries.In(verified), StoreDirectory = Path.Combine(project.Root, ".git/store") } };
        var report = await CodeCoverage.ComputeAsync(project.Repository, [.. project.Log().Entries()], AuthenticEntries.In(verified), options, Cancel);
        var fresh = await CodeCoverage.ComputeAsync(project.Repository, [.. project.Log().Entries()], AuthenticEntries.In(verified), options with { Attribution = options.Attribution with { StoreDirectory = null } }, Cancel);
        Assert.Equal(fresh.Project, report.Project);
        Assert.Equal(fresh.Unknown, report.Unknown);
        return report;
    }

    private static async Task CommitAsync(Project project)
    {
        await project.Repository.Git.RunAsync(["add", "-A"], default, Cancel);
        await project.Repository.Git.RunAsync(["commit", "-qm", "work"], default, Cancel);
    }

    /// <summary>A line that a model wrote, with its entries, and so many entries after them, not committed.</summary>
    private static async Task WriteAsync(Project project, int further)
    {
        var file = Path.Combine(project.Root, "src/login.py");
        Directory.CreateDirectory(Path.Combine(project.Root, "src"));
        File.WriteAllText(file, "a\n");
        await project.Repository.Git.RunAsync(["add", "src"], default, Cancel);
        await project.Repository.Git.RunAsync(["commit", "-qm", "start"], default, Cancel);
        var log = project.Log();
        var generation = await log.AppendAsync(Project.Draft(), project.Key, Cancel);
        await log.AppendAsync(Project.Draft(kind: EntryKind.Decision) with { Decision = new Decision { Target = generation.Leaf, Accepted = true } }, project.Key, Cancel);
        for (var i = 0; i < further; i++)
            await log.AppendAsync(Project.Draft() with { Files = [] }, project.Key, Cancel);
        File.WriteAllText(file, "a\nb\n");
        await log.SealAsync(project.Key, Cancel);
    }

    private static async Task<Project> CommittedAsync(int further = 0)
    {
        var project = await Project.CreateRealAsync();
        await WriteAsync(project, further);
        await CommitAsync(project);
        Assert.Equal(Covered, (await CoverageAsync(project)).Project);
        return project;
    }
}
