using System.Text.Json;

namespace Colophon.Cli.Tests.Commands.Audit;

public sealed class RedactTests
{
    [Fact]
    public async Task What_is_erased_is_gone_and_on_record_and_the_log_stays_valid()
    {
        using var project = await SignedProject.CreateAsync();
        var (generation, _) = await project.AcceptAsync("a.py", "a\n", prompt: "the name of a customer");
        Assert.Contains("the name of a customer", (await project.RunAsync("audit", "show", generation.Leaf, "--prompt")).Output, StringComparison.Ordinal);
        var run = await project.RunAsync("audit", "redact", generation.Leaf[..10], "--field", "prompt", "--field", "response", "--reason", "a customer's name");
        Assert.StartsWith("Erased prompt and response of " + generation.Leaf[..12], run.Output, StringComparison.Ordinal);
        var shown = await project.RunAsync("audit", "show", generation.Leaf, "--prompt");
        Assert.DoesNotContain("customer", shown.Output, StringComparison.Ordinal);
        Assert.Contains("erased, or never shared", shown.Output, StringComparison.Ordinal);
        using var verified = JsonDocument.Parse((await project.RunAsync("audit", "verify", "--json")).Output);
        Assert.Equal(0, verified.RootElement.GetProperty("exitCode").GetInt32());
        var entry = verified.RootElement.GetProperty("entries").EnumerateArray().Single(e => e.GetProperty("leaf").GetString() == generation.Leaf);
        Assert.Equal(("ValidRedacted", "Erased: prompt response."), (entry.GetProperty("status").GetString(), entry.GetProperty("message").GetString()));

        // Once more changes nothing.
        Assert.Equal(0, (await project.RunAsync("audit", "redact", generation.Leaf, "--field", "response", "--field", "prompt", "--reason", "again")).ExitCode);
        Assert.Equal(3, project.Log().Entries().Count());
    }

    [Fact]
    public async Task Case_46_a_committed_prompt_that_is_gone_without_a_redaction_is_missed()
    {
        using var project = await SignedProject.CreateAsync();
        var (generation, _) = await project.AcceptAsync("a.py", "a\n");
        project.Write(".openspec/audit/.gitignore", "*.colophon-tmp\n");
        await project.CommitAsync();
        Assert.Equal(0, (await project.RunAsync("audit", "verify")).ExitCode);
        var commitment = generation.Predicate.Prompt?.Content?.Hash ?? "";
        var file = project.At($".openspec/audit/v1/disc/{commitment[..2]}/{commitment}");
        File.Move(file, file + "x");
        File.Move(file + "x", project.At("kept"));
        await project.CommitAsync();
        var run = await project.RunAsync("audit", "verify");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("no entry says that it was erased", run.Output, StringComparison.Ordinal);
        File.Move(project.At("kept"), file);
        Assert.Equal(0, (await project.RunAsync("audit", "redact", generation.Leaf, "--field", "prompt", "--reason", "x")).ExitCode);
        await project.CommitAsync();
        Assert.Equal(0, (await project.RunAsync("audit", "verify")).ExitCode);
    }

    [Fact]
    public async Task Case_47_a_disclosure_with_another_salt_or_content_is_seen()
    {
        using var project = await SignedProject.CreateAsync();
        var (generation, _) = await project.AcceptAsync("a.py", "a\n");
        var commitment = generation.Predicate.Response?.Content?.Hash ?? "";
        var file = project.At($".openspec/audit/v1/disc/{commitment[..2]}/{commitment}");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        foreach (var index in (int[])[0, bytes.Length - 1])
        {
            var changed = bytes.ToArray();
            changed[index] ^= 1;
            await File.WriteAllBytesAsync(file, changed, TestContext.Current.CancellationToken);
            var run = await project.RunAsync("audit", "verify");
            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains("HashMismatch", run.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(2, "--field", "prompt")]
    [InlineData(2, "--reason", "x")]
    [InlineData(2, "--field", "everything", "--reason", "x")]
    [InlineData(1, "--field", "prompt", "--reason", "x")]
    public async Task Nothing_is_erased_without_a_field_a_reason_and_something_to_erase(int exit, params string[] words)
    {
        using var project = await SignedProject.CreateAsync();
        var (_, decision) = await project.AcceptAsync("a.py", "a\n");
        Assert.Equal(exit, (await project.RunAsync(["audit", "redact", decision.Leaf, .. words])).ExitCode);
        Assert.Equal(2, project.Log().Entries().Count());
    }
}
