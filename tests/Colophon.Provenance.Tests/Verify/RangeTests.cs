using Colophon.Provenance.Log;
using Colophon.Provenance.Verify;
using static Colophon.Provenance.Tests.Verify.HistoryTamperTests;

namespace Colophon.Provenance.Tests.Verify;

/// <summary>Verifying only some commits, as a build server does with what a branch brings: whatever these commits did to the log is judged.</summary>
public sealed class RangeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_that_a_commit_of_the_range_altered_is_judged()
    {
        using var project = await SampleAsync();
        var entry = Assert.Single(await project.FillAsync(1, "another"));
        await CommitAsync(project);
        Forger.Text(entry.FilePath, static t => t.Replace("Check the password", "Check no password", StringComparison.Ordinal));
        await CommitAsync(project);
        await ExpectAsync(project, EntryStatus.HashMismatch, VerifyExitCode.Integrity);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task What_a_commit_of_the_range_took_away_is_missed(int entries)
    {
        using var project = await SampleAsync();
        var filled = await project.FillAsync(entries, "another");
        await CommitAsync(project);
        foreach (var entry in filled)
            File.Delete(entry.FilePath);
        await CommitAsync(project);
        await ExpectAsync(project, EntryStatus.Truncated, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task A_note_that_a_commit_of_the_range_altered_is_judged()
    {
        using var project = await SampleAsync();
        var note = Directory.GetFiles(project.Audit, "ckpt-*.note", SearchOption.AllDirectories)[0];
        Forger.Text(note, static t => t.Replace("\n\n", "\n\n\n", StringComparison.Ordinal));
        await CommitAsync(project);
        await ExpectAsync(project, EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task What_a_commit_of_the_range_put_among_the_log_is_judged()
    {
        using var project = await SampleAsync();
        File.CreateSymbolicLink(Path.Combine(project.Audit, "anchors"), "..");
        await CommitAsync(project);
        await ExpectAsync(project, EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Theory]
    [InlineData("s/no name/x/00000001-aaaaaaaaaaaa.json")]
    [InlineData("more/x")]
    public async Task A_folder_that_a_commit_of_the_range_put_among_the_log_is_judged(string file)
    {
        using var project = await SampleAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(project.Audit, file)) ?? "");
        await File.WriteAllTextAsync(Path.Combine(project.Audit, file), "x", Cancel);
        await CommitAsync(project);
        await ExpectAsync(project, EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task A_link_that_a_commit_of_the_range_put_in_the_logs_place_is_judged()
    {
        using var project = await SampleAsync();
        var log = Path.Combine(project.Root, ".openspec/audit");
        Directory.Move(log, Path.Combine(project.Root, "elsewhere"));
        File.CreateSymbolicLink(log, "../elsewhere");
        await CommitAsync(project);
        await ExpectAsync(project, EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task The_content_of_a_segment_that_a_commit_of_the_range_took_away_is_missed()
    {
        using var project = await SampleAsync();
        await project.FillAsync(3, "another");
        var request = new RetentionRequest { Before = project.Clock.GetUtcNow().AddDays(1), Actor = new Actor { Name = "Ada" } };
        await new AuditRetention(project.Log(), project.Repository, project.Options).CompressAsync(request, project.Key, Cancel);
        await CommitAsync(project);
        await project.ExpectValidAsync();
        foreach (var content in Directory.GetFiles(project.Audit, "*.jsonl.gz", SearchOption.AllDirectories))
            File.Delete(content);
        await CommitAsync(project);
        await ExpectAsync(project, EntryStatus.Gap, VerifyExitCode.Incomplete);
    }

    private static async Task ExpectAsync(Project project, EntryStatus status, int exitCode)
    {
        var options = new VerifyOptions { ConfigurationDirectory = project.Configuration, AcceptRollback = true, Range = "HEAD~1..HEAD" };
        var report = await Verifier.VerifyAsync(project.Repository, options, Cancel);
        Assert.Contains(status, report.Entries.Select(static e => e.Status).Concat(report.Findings.Select(static f => f.Status)));
        Assert.Equal(exitCode, report.ExitCode);
    }
}
