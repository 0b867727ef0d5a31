using System.Text;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Tests.Log;

public sealed class AuditLogTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_comes_back_as_it_was_said()
    {
        using var project = Project.Create();
        var log = project.Log();
        var draft = Project.Draft() with
        {
            Model = new ModelUse { Provider = "anthropic", Requested = "m", TemperatureMilli = 700, Fallbacks = ["a/b"] },
            Prompt = new PromptRecord { Content = log.Commit("do it"), Context = [new ContextFile("a.py", new string('a', 64), 3)] },
            Response = new ResponseRecord { Content = log.Commit("done"), Turns = 3, FinishReason = "stop" },
            Witnessed = new Dictionary<string, string> { ["tests"] = "0" },
            DurationMs = 12,
        };
        var written = await log.AppendAsync(draft, project.Key, Cancel);
        var read = EntryFile.Read(written.FilePath);
        Assert.Equal(written.Leaf, read.Leaf);
        Assert.Equal(draft.Spec?.Task, read.Predicate.Spec?.Task);
        Assert.Equal(draft.Prompt.Content, read.Predicate.Prompt?.Content);
        Assert.Equal(draft.Model.TemperatureMilli, read.Predicate.Model?.TemperatureMilli);
        Assert.Equal(["a/b"], read.Predicate.Model?.Fallbacks ?? []);
        Assert.Equal(draft.Files[0].Hunks, read.Predicate.Files[0].Hunks);
        Assert.Equal("0", read.Predicate.Witnessed["tests"]);
        Assert.Equal(project.Clock.Now, read.Predicate.RecordedAt);
        Assert.Equal("do it", log.Disclose(draft.Prompt.Content ?? new Commitment("", 0)));
        Assert.True(project.Key.Public.Verify(Pae.Of(EntryFormat.PayloadType, read.Payload.Span), read.Signatures[0].Signature.Span));
    }

    [Fact]
    public async Task Entries_of_one_change_form_a_chain()
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(3);
        Assert.Equal([1L, 2, 3], entries.Select(static e => e.Predicate.Seq));
        Assert.Equal([null, entries[0].Leaf, entries[1].Leaf], entries.Select(static e => e.Predicate.Prev));
        Assert.Equal(entries.Select(static e => e.Leaf), project.Log().Entries().Select(static e => e.Leaf));
    }

    [Fact]
    public async Task Appending_the_same_id_again_returns_the_standing_entry()
    {
        using var project = Project.Create();
        var draft = Project.Draft();
        var first = await project.Log().AppendAsync(draft, project.Key, Cancel);
        await project.Log().AppendAsync(Project.Draft(), project.Key, Cancel);
        var again = await project.Log().AppendAsync(draft, project.Key, Cancel);
        Assert.Equal(first.Leaf, again.Leaf);
        Assert.Equal(2, project.Log().Entries().Count());
    }

    [Fact]
    public async Task A_stream_whose_end_is_not_here_is_left_and_continued_by_another()
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(3);
        File.Move(entries[2].FilePath, entries[2].FilePath + ".away");
        var next = await project.Log().AppendAsync(Project.Draft(), project.Key, Cancel);
        Assert.NotEqual(entries[0].Predicate.Stream, next.Predicate.Stream);
        Assert.Equal(entries[1].Leaf, next.Predicate.Continues?.Leaf);
        Assert.Contains(entries[2].Leaf, next.Predicate.Witnessed["streamElsewhere"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Back_on_its_branch_a_stream_goes_on()
    {
        using var project = Project.Create();
        var first = (await project.FillAsync(1))[0];
        File.Move(first.FilePath, first.FilePath + ".away");
        await project.Log().AppendAsync(Project.Draft(), project.Key, Cancel);
        var other = project.Log().Entries().Single();
        File.Move(first.FilePath + ".away", first.FilePath);
        File.Delete(other.FilePath);
        var next = await project.Log().AppendAsync(Project.Draft(), project.Key, Cancel);
        Assert.Equal((first.Predicate.Stream, 2L), (next.Predicate.Stream, next.Predicate.Seq));
    }

    [Fact]
    public async Task Other_streams_are_named_once()
    {
        using var project = Project.Create();
        var other = (await project.FillAsync(2, "other"))[1];
        var log = project.Log();
        var first = await log.AppendAsync(Project.Draft(), project.Key, Cancel);
        Assert.Equal(other.Leaf, Assert.Single(first.Predicate.Seen).Leaf);
        Assert.Empty((await log.AppendAsync(Project.Draft(), project.Key, Cancel)).Predicate.Seen);
        Assert.Empty((await project.Log().AppendAsync(Project.Draft(), project.Key, Cancel)).Predicate.Seen);
    }

    [Fact]
    public async Task Secrets_are_taken_out_of_every_text()
    {
        using var project = Project.Create();
        var log = AuditLog.Open(project.Repository, project.Options with { Scrub = static t => t.Replace("hunter2", "[redacted]", StringComparison.Ordinal) });
        var draft = Project.Draft(kind: EntryKind.Decision) with
        {
            Decision = new Decision { Target = new string('a', 64), Accepted = false, Reason = "hunter2" },
            Spec = new SpecReference { Description = "use hunter2" },
            Metadata = new Dictionary<string, string> { ["k"] = "hunter2" },
            Prompt = new PromptRecord { Content = log.Commit("my password is hunter2") },
        };
        await log.AppendAsync(draft, project.Key, Cancel);
        foreach (var file in Directory.EnumerateFiles(project.Audit, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("hunter2", Encoding.UTF8.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("/etc/passwd")]
    [InlineData("a/./b")]
    [InlineData(".git/config")]
    [InlineData("a\\b")]
    public async Task A_path_that_escapes_never_becomes_an_entry(string path)
    {
        using var project = Project.Create();
        var draft = Project.Draft() with { Files = [Project.Change(path, "", "b\n")] };
        var thrown = await Assert.ThrowsAsync<ProvenanceException>(() => project.Log().AppendAsync(draft, project.Key, Cancel));
        Assert.Equal(ProvenanceError.DraftInvalid, thrown.Error);
        Assert.Empty(project.Log().Entries());
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("")]
    [InlineData("ä")]
    public async Task A_change_that_cannot_be_a_folder_is_refused(string change)
    {
        using var project = Project.Create();
        var thrown = await Assert.ThrowsAsync<ProvenanceException>(() => project.Log().AppendAsync(Project.Draft(change), project.Key, Cancel));
        Assert.Equal(ProvenanceError.DraftInvalid, thrown.Error);
    }

    [Theory]
    [InlineData(".openspec/audit/v1/s")]
    [InlineData(".openspec/audit")]
    public async Task Nothing_is_written_through_a_symbolic_link_that_leads_out(string link)
    {
        using var project = Project.Create();
        using var outside = new TemporaryFolder();
        var place = Path.Combine(project.Root, link);
        if (Directory.Exists(place))
            Directory.Move(place, outside.Sub("moved"));
        Directory.CreateSymbolicLink(place, Directory.Exists(outside.Sub("moved")) ? outside.Sub("moved") : outside.Path);
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => project.Log().AppendAsync(Project.Draft(), project.Key, Cancel));
        Assert.True(thrown is KernelException { Error: KernelError.PathEscapes } or ProvenanceException { Error: ProvenanceError.TrustInvalid }, thrown.Message);
        Assert.DoesNotContain(Directory.GetFiles(outside.Path, "*", SearchOption.AllDirectories), static f => !f.EndsWith("/trust/0001.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_the_project_does_not_trust_may_not_append()
    {
        using var project = Project.Create();
        using var stranger = SigningKey.Generate();
        var thrown = await Assert.ThrowsAsync<ProvenanceException>(() => project.Log().AppendAsync(Project.Draft(), stranger, Cancel));
        Assert.Equal(ProvenanceError.KeyNotTrusted, thrown.Error);
    }

    [Fact]
    public async Task Without_a_trust_root_nothing_is_appended()
    {
        using var project = Project.WithoutTrust();
        var thrown = await Assert.ThrowsAsync<ProvenanceException>(() => project.Log().AppendAsync(Project.Draft(), project.Key, Cancel));
        Assert.Equal(ProvenanceError.TrustMissing, thrown.Error);
    }

    [Fact]
    public async Task An_entry_is_found_by_leaf_beginning_and_id()
    {
        using var project = Project.Create();
        var entry = (await project.FillAsync(2))[1];
        foreach (var name in new[] { entry.Leaf, entry.Leaf[..10], entry.Leaf[..20].ToUpperInvariant(), entry.Predicate.Id })
            Assert.Equal(entry.Leaf, project.Log().Find(name).Leaf);
        Assert.Equal(ProvenanceError.EntryNotFound, Assert.Throws<ProvenanceException>(() => project.Log().Find("feedfacefeedface")).Error);
        Assert.Equal(ProvenanceError.EntryNotFound, Assert.Throws<ProvenanceException>(() => project.Log().Find("?")).Error);
    }

    [Fact]
    public async Task A_changed_disclosure_is_not_taken_for_the_content()
    {
        using var project = Project.Create();
        var log = project.Log();
        var commitment = log.Commit("text");
        await log.AppendAsync(Project.Draft(), project.Key, Cancel);
        var path = Path.Combine(project.Audit, "disc", commitment.Hash[..2], commitment.Hash);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Equal(ProvenanceError.EntryMalformed, Assert.Throws<ProvenanceException>(() => log.Disclose(commitment)).Error);
        File.Delete(path);
        Assert.Null(log.Disclose(commitment));
    }
}
