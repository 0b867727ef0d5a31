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
        Assert.DoesNotContain("the name of a customer", shown.Output, StringComparison.Ordinal);
        Assert.Contains("erased, or never shared", shown.Output, StringComparison.Ordinal);
        using var verified = JsonDocument.Parse((await project.RunAsync("audit", "verify", "--json")).Output);
        Assert.Equal(0, verified.RootElement.GetProperty("exitCode").GetInt32());
        var entry = verified.RootElement.GetProperty("entries").EnumerateArray().Single(e => e.GetProperty("leaf").GetString() == generation.Leaf);
        Assert.Equal(("ValidRedacted", "Erased: prompt response."), (entry.GetProperty("status").GetString(), entry.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Erasing_again_records_another_reason_and_says_so_where_it_records_nothing()
    {
        using var project = await SignedProject.CreateAsync();
        var (generation, _) = await project.AcceptAsync("a.py", "a\n");
        var first = await project.RunAsync("audit", "redact", generation.Leaf, "--field", "prompt", "--field", "response", "--reason", "a name", "--json");
        using var report = JsonDocument.Parse(first.Output);
        Assert.True(report.RootElement.GetProperty("isNew").GetBoolean());
        var recorded = report.RootElement.GetProperty("leaf").GetString() ?? "";

        var same = await project.RunAsync("audit", "redact", generation.Leaf, "--field", "response", "--field", "prompt", "--reason", "a name");
        Assert.Equal(0, same.ExitCode);
        Assert.StartsWith($"Already erased of {generation.Leaf[..12]} for this reason, recorded as {recorded[..12]} on ", same.Output, StringComparison.Ordinal);
        Assert.Equal(3, project.Log().Entries().Count());

        var other = await project.RunAsync("audit", "redact", generation.Leaf, "--field", "prompt", "--field", "response", "--reason", "a court asked");
        Assert.StartsWith("Erased prompt and response of", other.Output, StringComparison.Ordinal);
        Assert.Equal(4, project.Log().Entries().Count());
        Assert.Equal(0, (await project.RunAsync("audit", "verify")).ExitCode);
    }

    [Fact]
    public async Task Show_tells_what_was_erased_when_by_whom_why_and_by_which_entry()
    {
        using var project = await SignedProject.CreateAsync();
        var (generation, decision) = await project.AcceptAsync("a.py", "a\n");
        Assert.Equal($"Nothing was erased of {generation.Leaf[..12]}.\n", (await project.RunAsync("audit", "show", generation.Leaf, "--redactions")).Output);
        await project.RunAsync("audit", "redact", generation.Leaf, "--field", "response", "--field", "prompt", "--reason", "a name");
        var redaction = project.Log().Entries().Single(static e => e.Predicate.Kind == Provenance.Log.EntryKind.Redaction);

        var shown = (await project.RunAsync("audit", "show", generation.Leaf)).Output;
        Assert.Matches($@"erased +prompt and response, \d{{4}}-\d\d-\d\d \d\d:\d\d UTC, by Ada, entry {redaction.Leaf[..12]}: a name\n", shown);
        Assert.DoesNotContain("erased ", (await project.RunAsync("audit", "show", decision.Leaf)).Output, StringComparison.Ordinal);
        Assert.Matches($@"redacts +{generation.Leaf}\n", (await project.RunAsync("audit", "show", redaction.Leaf)).Output);

        using var json = JsonDocument.Parse((await project.RunAsync("audit", "show", generation.Leaf, "--redactions", "--json")).Output);
        Assert.Equal(generation.Leaf, json.RootElement.GetProperty("entry").GetString());
        var told = Assert.Single(json.RootElement.GetProperty("redactions").EnumerateArray());
        Assert.Equal("[\"prompt\",\"response\"]", JsonSerializer.Serialize(told.GetProperty("fields")));
        Assert.Equal(("Ada", "a name", redaction.Leaf), (told.GetProperty("developer").GetString(), told.GetProperty("reason").GetString(), told.GetProperty("leaf").GetString()));
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
