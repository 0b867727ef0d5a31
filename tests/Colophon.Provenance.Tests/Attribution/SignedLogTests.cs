using System.Text;
using Colophon.Provenance.Attribution;
using Colophon.Provenance.Coverage;
using Colophon.Provenance.Log;
using Colophon.Provenance.Tests.Verify;

namespace Colophon.Provenance.Tests.Attribution;

/// <summary>The whole way: a signed log, verified, claims lines of a real repository.</summary>
public sealed class SignedLogTests
{
    [Fact]
    public async Task What_a_trusted_key_signed_claims_lines_at_once_and_after_the_commit()
    {
        using var project = await AcceptedAsync();
        Assert.Equal(new LineTotals(2, 1, 1, 0), (await CoverageAsync(project)).Project);
        await project.Repository.Git.RunAsync(["add", "-A"]);
        await project.Repository.Git.RunAsync(["commit", "-qm", "task"]);
        Assert.Equal(new LineTotals(2, 1, 1, 0), (await CoverageAsync(project)).Project);
    }

    [Fact]
    public async Task What_was_altered_afterwards_claims_nothing()
    {
        using var project = await AcceptedAsync();
        var decision = project.Log().Entries().Single(static e => e.Predicate.Kind == EntryKind.Decision);
        Forger.Bytes(decision.FilePath, static b => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(b).Replace("Ada", "Eva", StringComparison.Ordinal)));
        Assert.Equal(0, (await CoverageAsync(project)).Project.Model);
    }

    [Fact, TamperCase(59)]
    public async Task What_was_rejected_and_stands_all_the_same_verifies_and_covers_nothing()
    {
        using var project = await AcceptedAsync(accepted: false);
        await project.ExpectEachAsync(2, strict: true);
        var covered = (await CoverageAsync(project)).Project;
        Assert.Equal((new LineTotals(2, 0, 2, 0), 0), (covered, covered.BasisPoints));
    }

    private static async Task<CoverageReport> CoverageAsync(Project project)
    {
        var verified = await project.VerifyAsync();
        return await CodeCoverage.ComputeAsync(project.Repository, [.. project.Log().Entries()], AuthenticEntries.In(verified), new CoverageOptions(), default);
    }

    private static async Task<Project> AcceptedAsync(bool accepted = true)
    {
        var project = await Project.CreateRealAsync();
        var file = Path.Combine(project.Root, "src/login.py");
        Directory.CreateDirectory(Path.Combine(project.Root, "src"));
        File.WriteAllText(file, "a\n");
        await project.Repository.Git.RunAsync(["add", "-A"]);
        await project.Repository.Git.RunAsync(["commit", "-qm", "start"]);
        var log = project.Log();
        var generation = await log.AppendAsync(Project.Draft(), project.Key, default);
        await log.AppendAsync(Project.Draft(kind: EntryKind.Decision) with { Decision = new Decision { Target = generation.Leaf, Accepted = accepted } }, project.Key, default);
        File.WriteAllText(file, "a\nb\n");
        await log.SealAsync(project.Key, default);
        return project;
    }
}
