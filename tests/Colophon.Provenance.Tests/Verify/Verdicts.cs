using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Tests.Verify;

internal static class Verdicts
{
    internal static Task<VerifyReport> VerifyAsync(this Project project, bool strict = false) =>
        Verifier.VerifyAsync(project.Repository, new VerifyOptions { ConfigurationDirectory = project.Configuration, Strict = strict }, TestContext.Current.CancellationToken);

    /// <summary>Verifies; the status must stand on an entry or a finding, and the exit code must be the one.</summary>
    internal static async Task<VerifyReport> ExpectAsync(this Project project, EntryStatus status, int exitCode, bool strict = false)
    {
        var report = await project.VerifyAsync(strict);
        var all = report.Entries.Select(static e => e.Status).Concat(report.Findings.Select(static f => f.Status));
        Assert.True(all.Contains(status), $"{status} is not among: {Told(report)}");
        Assert.True(exitCode == report.ExitCode, $"exit code {report.ExitCode}, not {exitCode}: {Told(report)}");
        return report;
    }

    internal static async Task ExpectValidAsync(this Project project, bool strict = false)
    {
        var report = await project.VerifyAsync(strict);
        Assert.True(report.ExitCode == VerifyExitCode.Valid, Told(report));
    }

    /// <summary>Verifies; so many entries must stand with the status, the exit code must be that of a valid log, and nothing else may be told.</summary>
    internal static async Task ExpectEachAsync(this Project project, int entries, EntryStatus status = EntryStatus.Valid, bool strict = false)
    {
        var report = await project.VerifyAsync(strict);
        Assert.True(report.ExitCode == VerifyExitCode.Valid, Told(report));
        Assert.Equal(Enumerable.Repeat(status, entries), report.Entries.Select(static e => e.Status));
        Assert.Empty(report.Findings);
    }

    private static string Told(VerifyReport report) =>
        string.Join("; ", report.Entries.Select(static e => $"{e.Entry.Seq} {e.Status} {e.Message}").Concat(report.Findings.Select(static f => $"{f.Status} {f.Path} {f.Message}")));
}
