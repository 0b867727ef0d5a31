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

    private static async Task<Entry> PromptedAsync(Project project)
    {
        var log = project.Log();
        var entry = await log.AppendAsync(Project.Draft() with { Prompt = new PromptRecord { Content = log.Commit("the prompt, in full") } }, project.Key, Cancel);
        await log.SealAsync(project.Key, Cancel);
        return entry;
    }
}
