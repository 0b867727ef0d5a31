using Colophon.Provenance.Log;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Tests.Verify;

/// <summary>Faults in what is kept behind the commitments.</summary>
public sealed class RedactionTamperTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [TamperCase(46)]
    public async Task Content_that_was_committed_and_is_gone_needs_a_redaction()
    {
        using var project = await Project.CreateRealAsync();
        var entry = await PromptedAsync(project);
        await File.WriteAllTextAsync(Path.Combine(project.Root, ".openspec/audit/.gitignore"), "", Cancel);
        await project.Repository.Git.RunAsync(["add", "-A"], default, Cancel);
        await project.Repository.Git.RunAsync(["commit", "-q", "-m", "work"], default, Cancel);
        await project.ExpectValidAsync();
        project.Log().Erase(entry.Predicate.Prompt?.Content?.Hash ?? "");
        await project.ExpectAsync(EntryStatus.Gap, VerifyExitCode.Incomplete);
        await Redactions.EraseAsync(project.Log(), entry, [RedactedField.Prompt], "why", new Actor { Name = "Ada" }, project.Key, Cancel);
        await project.ExpectAsync(EntryStatus.ValidRedacted, VerifyExitCode.Valid);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [TamperCase(47)]
    public async Task A_disclosure_is_what_its_name_commits_to(int at)
    {
        using var project = Project.Create();
        var entry = await PromptedAsync(project);
        var hash = entry.Predicate.Prompt?.Content?.Hash ?? "";
        Forger.Bytes(Path.Combine(project.Audit, "disc", hash[..2], hash), b =>
        {
            b[at] ^= 1;
            return b;
        });
        await project.ExpectAsync(EntryStatus.HashMismatch, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task A_redaction_that_names_what_the_entry_never_had_is_malformed()
    {
        using var project = Project.Create();
        var prompted = await PromptedAsync(project);
        var other = await PromptedAsync(project);
        var (redaction, _) = await Redactions.EraseAsync(project.Log(), prompted, [RedactedField.Prompt], "why", new Actor { Name = "Ada" }, project.Key, Cancel);
        await project.ExpectValidAsync();
        var (said, instead) = (redaction.Predicate.Witnessed["commitments"], other.Predicate.Prompt?.Content?.Hash ?? "");
        Forger.Resign(redaction, project.Key, p => p.Replace(said, instead, StringComparison.Ordinal));
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Theory]
    [InlineData("\"fields\":\"prompt\"", "\"fields\":\"all\"")]
    [InlineData("\"fields\":\"prompt\",", "")]
    [InlineData("\"redacts\":\"", "\"redacts\":\"x")]
    [InlineData("\"commitments\":\"", "\"commitments\":\" ")]
    public async Task A_redaction_that_does_not_say_what_it_erased_is_malformed(string said, string instead)
    {
        using var project = Project.Create();
        var (redaction, _) = await Redactions.EraseAsync(project.Log(), await PromptedAsync(project), [RedactedField.Prompt], "why", new Actor { Name = "Ada" }, project.Key, Cancel);
        Forger.Resign(redaction, project.Key, p => p.Contains(said, StringComparison.Ordinal) ? p.Replace(said, instead, StringComparison.Ordinal) : throw new InvalidOperationException(p));
        var report = await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
        Assert.DoesNotContain(report.Entries, static e => e.Status == EntryStatus.ValidRedacted);
    }

    [Fact]
    public async Task Erased_content_that_lies_here_still_is_told()
    {
        using var project = Project.Create();
        var entry = await PromptedAsync(project);
        var hash = entry.Predicate.Prompt?.Content?.Hash ?? "";
        var path = Path.Combine(project.Audit, "disc", hash[..2], hash);
        var content = await File.ReadAllBytesAsync(path, Cancel);
        await Redactions.EraseAsync(project.Log(), entry, [RedactedField.Prompt], "why", new Actor { Name = "Ada" }, project.Key, Cancel);
        await File.WriteAllBytesAsync(path, content, Cancel);
        var report = await project.ExpectAsync(EntryStatus.ValidRedacted, VerifyExitCode.Valid);
        Assert.Contains("lies here", report.Entries[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("folder")]
    [InlineData("pipe")]
    [InlineData("name")]
    [InlineData("other folder")]
    public async Task What_is_no_disclosure_has_no_business_among_them_and_is_not_followed(string what)
    {
        using var project = Project.Create();
        var hash = (await PromptedAsync(project)).Predicate.Prompt?.Content?.Hash ?? "";
        var folder = Path.Combine(project.Audit, "disc", hash[..2]);
        var (file, outside) = (Path.Combine(folder, hash), project.Root + "/outside");
        await project.ExpectValidAsync();
        switch (what)
        {
            case "link":
                File.Move(file, outside);
                File.CreateSymbolicLink(file, outside);
                break;
            case "folder":
                Directory.Move(folder, outside);
                Directory.CreateSymbolicLink(folder, outside);
                break;
            case "pipe":
                File.Delete(file);
                Assert.Equal(0, NativeCalls.MakePipe(file, 0x1b4));
                break;
            case "name":
                File.Move(file, Path.Combine(folder, "notes.txt"));
                break;
            default:
                Directory.Move(folder, Path.Combine(project.Audit, "disc", hash[..2] == "00" ? "11" : "00"));
                break;
        }

        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task A_disclosure_without_its_salt_is_none()
    {
        using var project = Project.Create();
        await PromptedAsync(project);
        var content = new byte[15];
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([.. "colophon-disc-v1"u8, .. content]));
        Directory.CreateDirectory(Path.Combine(project.Audit, "disc", hash[..2]));
        await File.WriteAllBytesAsync(Path.Combine(project.Audit, "disc", hash[..2], hash), content, Cancel);
        await project.ExpectAsync(EntryStatus.HashMismatch, VerifyExitCode.Integrity);
    }

    private static async Task<Entry> PromptedAsync(Project project)
    {
        var log = project.Log();
        var entry = await log.AppendAsync(Project.Draft() with { Prompt = new PromptRecord { Content = log.Commit("the prompt, in full") } }, project.Key, Cancel);
        await log.SealAsync(project.Key, Cancel);
        return entry;
    }
}
