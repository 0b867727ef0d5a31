using System.Text.Json;

namespace Colophon.Cli.Tests.Commands.Audit;

public sealed class ProofTests
{
    [Fact]
    public async Task A_proof_is_checked_where_there_is_neither_repository_nor_configuration()
    {
        using var project = await SignedProject.CreateAsync();
        var (_, decision) = await project.AcceptAsync("a.py", "one\n");
        using var trust = JsonDocument.Parse((await project.RunAsync("trust", "show", "--json")).Output);
        var root = trust.RootElement.GetProperty("fingerprint").GetString() ?? "";
        var proof = project.At("../a.tlog-proof");
        Assert.Equal(0, (await project.RunAsync("audit", "prove", decision.Leaf[..8], "--output", proof)).ExitCode);
        Assert.Equal(await File.ReadAllTextAsync(proof, TestContext.Current.CancellationToken), (await project.RunAsync("audit", "prove", decision.Leaf)).Output);

        var elsewhere = Directory.CreateDirectory(project.At("../elsewhere")).FullName;
        var run = await CliRun.OfAsync(elsewhere, ["audit", "verify-proof", proof, "--trust-root", root], environment: project.Environment);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Valid\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("a.py", run.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await CliRun.OfAsync(elsewhere, ["audit", "verify-proof", proof, "--trust-root", root.ToUpperInvariant(), "--json"], environment: project.Environment)).Output);
        Assert.Equal(("Valid", decision.Leaf, root), (json.RootElement.GetProperty("status").GetString(), json.RootElement.GetProperty("leaf").GetString(), json.RootElement.GetProperty("trustRoot").GetString()));
        Assert.Equal("add-login", json.RootElement.GetProperty("statement").GetProperty("predicate").GetProperty("change").GetString());

        Assert.Equal(3, (await CliRun.OfAsync(elsewhere, ["audit", "verify-proof", proof, "--trust-root", new string('0', 64)], environment: project.Environment)).ExitCode);
        var unnamed = await CliRun.OfAsync(elsewhere, ["audit", "verify-proof", proof], environment: project.Environment);
        Assert.Equal(64, unnamed.ExitCode);
        Assert.Contains("--trust-root", unnamed.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await project.RunAsync("audit", "verify-proof", proof)).ExitCode);
    }

    [Theory]
    [InlineData(1, "audit", "prove", "ffffffff")]
    [InlineData(2, "audit", "prove")]
    [InlineData(74, "audit", "verify-proof", "nowhere")]
    [InlineData(1, "audit", "verify-proof", "README.md")]
    [InlineData(64, "audit", "verify-proof", "README.md", "--trust-root", "dead")]
    [InlineData(64, "audit", "verify-proof")]
    public async Task What_is_no_entry_or_no_proof_is_told(int exit, params string[] words)
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("README.md", "one\n");
        Assert.Equal(exit, (await project.RunAsync(words)).ExitCode);
    }
}
