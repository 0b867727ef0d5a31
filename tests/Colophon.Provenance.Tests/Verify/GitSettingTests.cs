using Colophon.Provenance.Verify;
using static Colophon.Provenance.Tests.Verify.HistoryTamperTests;

namespace Colophon.Provenance.Tests.Verify;

/// <summary>What git is set to, by its user or in the repository, changes nothing about a verdict.</summary>
public sealed class GitSettingTests
{
    [Theory]
    [InlineData("log.showRoot", "false")]
    [InlineData("log.showSignature", "true")]
    [InlineData("log.follow", "true")]
    [InlineData("diff.orderFile", "missing")]
    [InlineData("color.ui", "always")]
    [InlineData("diff.relative", "true")]
    public async Task No_setting_hides_what_a_commit_took_away(string name, string value)
    {
        using var project = await Project.CreateRealAsync();
        await AcceptAsync(project, "a.py", null, First);
        await CommitAsync(project);
        await SignAsync(project);
        await GitAsync(project, "config", name, value);
        await project.ExpectValidAsync();
        await GitAsync(project, "rm", "-q", "-r", ".openspec/audit/v1/s", ".openspec/audit/v1/heads");
        await GitAsync(project, "commit", "-q", "-m", "work");
        var report = await Verifier.VerifyAsync(project.Repository, new VerifyOptions { ConfigurationDirectory = project.Configuration, AcceptRollback = true }, TestContext.Current.CancellationToken);
        Assert.Equal(VerifyExitCode.Integrity, report.ExitCode);
        Assert.Contains(report.Findings, static f => f.Status == EntryStatus.Truncated && f.Path.StartsWith(".openspec/audit/v1/s/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("log.showRoot", "false")]
    [InlineData("log.showSignature", "true")]
    public async Task No_setting_hides_what_a_commit_brought_otherwise(string name, string value)
    {
        using var project = await Project.CreateRealAsync();
        await AcceptAsync(project, "a.py", null, First);
        Write(project, "a.py", First + "# slipped in\n");
        await CommitAsync(project);
        await SignAsync(project);
        await GitAsync(project, "config", name, value);
        await project.ExpectAsync(EntryStatus.SubjectMismatch, VerifyExitCode.Subject);
    }

    [Fact]
    public async Task Grafts_hide_nothing_of_history()
    {
        using var project = await SampleAsync();
        var before = await GitAsync(project, "rev-parse", "HEAD");
        await AcceptAsync(project, "a.py", First, Second);
        await CommitAsync(project);
        var accepted = await GitAsync(project, "rev-parse", "HEAD");
        await GitAsync(project, "rm", "-q", "-r", ".openspec/audit/v1/s", ".openspec/audit/v1/heads");
        await GitAsync(project, "commit", "-q", "-m", "work");
        Directory.CreateDirectory(Path.Combine(project.Root, ".git/info"));
        await File.WriteAllTextAsync(Path.Combine(project.Root, ".git/info/grafts"), await GitAsync(project, "rev-parse", "HEAD") + "\n", TestContext.Current.CancellationToken);
        Assert.Equal($"{accepted}\n{before}", string.Join('\n', (await GitAsync(project, "rev-list", "HEAD")).Split('\n').Skip(1)));
    }

    /// <summary>Gives the last commit a signature; whether it holds does not matter to git's log.</summary>
    private static async Task SignAsync(Project project)
    {
        var commit = await GitAsync(project, "cat-file", "commit", "HEAD");
        var end = commit.IndexOf("\n\n", StringComparison.Ordinal);
        var signed = commit[..end] + "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n none\n -----END PGP SIGNATURE-----" + commit[end..] + "\n";
        var id = (await project.Repository.Git.RunAsync(["hash-object", "-t", "commit", "-w", "--stdin"], System.Text.Encoding.UTF8.GetBytes(signed), TestContext.Current.CancellationToken)).Text;
        await GitAsync(project, "update-ref", "HEAD", id);
    }
}
