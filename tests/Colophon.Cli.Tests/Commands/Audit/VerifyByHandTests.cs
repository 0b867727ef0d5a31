namespace Colophon.Cli.Tests.Commands.Audit;

/// <summary>The commands of docs/verify-by-hand.md, as they stand there.</summary>
public sealed class VerifyByHandTests
{
    [Fact]
    public async Task The_pages_own_commands_verify_an_entry_and_find_a_changed_one()
    {
        Assert.SkipUnless((await ProgramRun.OfAsync("sh", ["-c", "command -v openssl && command -v sha256sum && command -v base64"], "/")).ExitCode == 0, "openssl, sha256sum or base64 is not installed here.");
        using var project = await SignedProject.CreateAsync();
        var (generation, decision) = await project.AcceptAsync("a.py", "a\n");
        var commands = Commands(await File.ReadAllTextAsync(Repository.At("docs/verify-by-hand.md"), TestContext.Current.CancellationToken));
        var run = await ProgramRun.OfAsync("sh", ["-e", "-c", commands], project.Root);
        Assert.Equal($"leaf {decision.Leaf}\nthe name fits\nthe key fits\nSignature Verified Successfully\n\"prev\":\"{generation.Leaf}\"\n", run.Output);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));

        await File.WriteAllTextAsync(decision.FilePath, (await File.ReadAllTextAsync(decision.FilePath, TestContext.Current.CancellationToken)).Replace("\"accepted\":true", "\"accepted\":false", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        run = await ProgramRun.OfAsync("sh", ["-c", commands], project.Root);
        Assert.DoesNotContain("the name fits", run.Output, StringComparison.Ordinal);
        Assert.Contains("Signature Verification Failure", run.Output, StringComparison.Ordinal);
    }

    private static string Commands(string page) =>
        string.Concat(page.Split("```sh\n").Skip(1).Select(static block => block[..block.IndexOf("```", StringComparison.Ordinal)]));
}
