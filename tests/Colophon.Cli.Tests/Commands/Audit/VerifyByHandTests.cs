using System.Text;
using System.Text.Json;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;

namespace Colophon.Cli.Tests.Commands.Audit;

/// <summary>The commands of docs/verify-by-hand.md and docs/proofs.md, as they stand there.</summary>
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
        Assert.Equal($"leaf {decision.Leaf}\nthe name fits\nthe key fits\nSignature Verified Successfully\n\"kind\":\"decision\"\n\"recordedAt\":\"{Member(decision.FilePath, "recordedAt")}\"\n\"role\":\"developer\"\n\"validFrom\":\"{Member(project.At(".openspec/audit/v1/trust/0001.json"), "validFrom")}\"\n\"prev\":\"{generation.Leaf}\"\n", run.Output);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));

        await File.WriteAllTextAsync(decision.FilePath, (await File.ReadAllTextAsync(decision.FilePath, TestContext.Current.CancellationToken)).Replace("\"accepted\":true", "\"accepted\":false", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        run = await ProgramRun.OfAsync("sh", ["-c", commands], project.Root);
        Assert.DoesNotContain("the name fits", run.Output, StringComparison.Ordinal);
        Assert.Contains("Signature Verification Failure", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_own_commands_pass_nothing_that_only_another_trusted_key_signed()
    {
        Assert.SkipUnless((await ProgramRun.OfAsync("sh", ["-c", "command -v openssl && command -v sha256sum && command -v base64"], "/")).ExitCode == 0, "openssl, sha256sum or base64 is not installed here.");
        using var project = await SignedProject.CreateAsync();
        var (_, decision) = await project.AcceptAsync("a.py", "a\n");
        using var machine = SigningKey.Generate();
        Assert.Equal(0, (await project.RunAsync("trust", "add", PublicKeyText.Of(machine.Public), "--name", "build", "--role", "ci")).ExitCode);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"DSSEv1 28 application/vnd.in-toto+json {decision.Payload.Length} "), .. decision.Payload.Span];
        var line = $$"""{"payloadType":"application/vnd.in-toto+json","signatures":[{"keyid":"{{machine.KeyId}}","sig":"{{Convert.ToBase64String(machine.Sign(signed))}}"}]}""";
        await File.WriteAllTextAsync(decision.FilePath, Encoding.UTF8.GetString(decision.Payload.Span) + "\n" + line + "\n", TestContext.Current.CancellationToken);
        // The page takes the newest by name, which is of the change _trust where that sorts last.
        var commands = Commands(await File.ReadAllTextAsync(Repository.At("docs/verify-by-hand.md"), TestContext.Current.CancellationToken));
        var run = await ProgramRun.OfAsync("sh", ["-c", "export LC_ALL=C\n" + commands], project.Root);
        Assert.StartsWith($"leaf {decision.Leaf}\nthe name fits\nthe key fits\nthe key that it names did not sign it\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Verified Successfully", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_own_commands_check_a_proof_and_find_a_changed_one()
    {
        Assert.SkipUnless((await ProgramRun.OfAsync("sh", ["-c", "command -v openssl && command -v od && command -v base64"], "/")).ExitCode == 0, "openssl, od or base64 is not installed here.");
        using var project = await SignedProject.CreateAsync();
        var entries = new List<Entry>();
        for (var i = 0; i < 3; i++)
        {
            var (generation, decision) = await project.AcceptAsync($"{i}.py", "a\n");
            entries.AddRange([generation, decision]);
        }

        using var trust = JsonDocument.Parse((await project.RunAsync("trust", "show", "--json")).Output);
        var root = trust.RootElement.GetProperty("fingerprint").GetString();
        var commands = Commands(await File.ReadAllTextAsync(Repository.At("docs/proofs.md"), TestContext.Current.CancellationToken));
        foreach (var entry in entries)
        {
            Assert.Equal(0, (await project.RunAsync("audit", "prove", entry.Leaf, "--output", "entry.tlog-proof")).ExitCode);
            var run = await ProgramRun.OfAsync("sh", ["-e", "-c", commands], project.Root);
            Assert.Equal($"leaf {entry.Leaf}\nSignature Verified Successfully\nSignature Verified Successfully\nthe entry is in the tree\ntrust root {root}\n", run.Output);
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
        }

        var proof = await File.ReadAllTextAsync(project.At("entry.tlog-proof"), TestContext.Current.CancellationToken);
        project.Write("entry.tlog-proof", proof.Replace("index 5", "index 4", StringComparison.Ordinal));
        var changed = await ProgramRun.OfAsync("sh", ["-c", commands], project.Root);
        Assert.DoesNotContain("in the tree", changed.Output, StringComparison.Ordinal);
    }

    private static string Member(string path, string name) => File.ReadAllText(path).Split($"\"{name}\":\"")[1].Split('"')[0];

    private static string Commands(string page) =>
        string.Concat(page.Split("```sh\n").Skip(1).Select(static block => block[..block.IndexOf("```", StringComparison.Ordinal)]));
}
