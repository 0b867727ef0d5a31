using Colophon.Provenance.Verify;
using static Colophon.Provenance.Tests.Verify.HistoryTamperTests;

namespace Colophon.Provenance.Tests.Verify;

/// <summary>A log that is there and cannot be seen: this user may not read it, or it was not checked out. Nobody is accused.</summary>
public sealed class NotAtHandTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("repo/.openspec")]
    [InlineData("repo/.openspec/audit/v1/s/add-login")]
    [InlineData("repo/.openspec/audit/v1/s/add-login/*")]
    [InlineData("repo/.openspec/audit/v1/s/add-login/*/00000001-*")]
    [InlineData("repo/.openspec/audit/v1/s/add-login/*/ckpt-*")]
    [InlineData("repo/.openspec/audit/v1/heads")]
    [InlineData("repo/.openspec/audit/v1/heads/*")]
    [InlineData("repo/.openspec/audit/v1/trust")]
    [InlineData("repo/.openspec/audit/v1/trust/0001.json")]
    [InlineData("config/trust")]
    [InlineData("config/trust/*")]
    public async Task What_may_not_be_read_is_named(string pattern)
    {
        using var project = await SampleAsync();
        var path = pattern.Split('/').Aggregate(Path.GetDirectoryName(project.Root) ?? "", static (at, part) => Directory.GetFileSystemEntries(at, part).Single());
        var mode = File.GetUnixFileMode(path);
        File.SetUnixFileMode(path, UnixFileMode.None);
        try
        {
            if (MayRead(path))
            {
                output.WriteLine("Skipped: this user may read everything (root).");
                return;
            }

            var refused = await Assert.ThrowsAsync<ProvenanceException>(() => project.VerifyAsync());
            Assert.Equal((ProvenanceError.LogUnavailable, 74), (refused.Error, (int)refused.ExitCode));
            Assert.Contains(path, refused.Message, StringComparison.Ordinal);
            Assert.Contains("permission denied", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    [Fact]
    public async Task A_log_that_a_sparse_checkout_leaves_out_is_incomplete_until_it_is_checked_out()
    {
        using var project = await SampleAsync();
        Directory.CreateDirectory(Path.Combine(project.Root, "src"));
        Write(project, "src/a.py", First);
        await CommitAsync(project);
        await GitAsync(project, "sparse-checkout", "set", "--cone", "src");
        var report = await project.ExpectAsync(EntryStatus.Gap, VerifyExitCode.Incomplete);
        Assert.Contains("git sparse-checkout add .openspec", Assert.Single(report.Findings).Message, StringComparison.Ordinal);
        await GitAsync(project, "sparse-checkout", "add", ".openspec");
        await project.ExpectValidAsync();
    }

    private static bool MayRead(string path)
    {
        try
        {
            if (Directory.Exists(path))
                _ = Directory.GetFileSystemEntries(path);
            else
                _ = File.ReadAllBytes(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
