using Colophon.Provenance.Log;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Tests.Verify;

/// <summary>Links in the place of the log's folders, files that do not belong there, notes and references of another form.</summary>
public sealed class PlaceTamperTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("s", 0)]
    [InlineData("s/add-login", 0)]
    [InlineData("heads", 3)]
    [InlineData("", 0)]
    public async Task What_lies_behind_a_link_is_not_read(string folder, int entries)
    {
        using var project = Project.Create();
        await project.FillAsync(3);
        Link(Path.Combine(project.Audit, folder).TrimEnd('/'), project.Root + "/outside");
        var report = await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
        Assert.Equal(entries, report.Entries.Count);
    }

    [Fact]
    public async Task Trust_behind_a_link_is_no_trust()
    {
        using var project = Project.Create();
        await project.FillAsync(1);
        Link(Path.Combine(project.Audit, "trust"), project.Root + "/outside");
        var report = await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
        Assert.Equal(EntryStatus.PublicKeyNotTrusted, Assert.Single(report.Entries).Status);
    }

    [Theory]
    [InlineData("evil.json")]
    [InlineData("other/evil.json")]
    [InlineData("trust/readme.txt")]
    [InlineData("trust/00001.json")]
    [InlineData("trust/pending/readme.txt")]
    [InlineData("heads/readme.txt")]
    [InlineData("seg/readme.txt")]
    [InlineData("s/readme.txt")]
    public async Task A_file_that_does_not_belong_there_is_malformed(string path)
    {
        using var project = Project.Create();
        await project.FillAsync(1);
        var file = Path.Combine(project.Audit, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "");
        await File.WriteAllTextAsync(file, "{}", Cancel);
        var report = await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
        Assert.Single(report.Findings, f => f.Status == EntryStatus.Malformed && Path.Combine(project.Root, f.Path) == (path.StartsWith("other", StringComparison.Ordinal) ? Path.GetDirectoryName(file) : file));
    }

    [Fact]
    public async Task A_stream_checkpoint_has_no_extension_lines()
    {
        using var project = Project.Create();
        await project.FillAsync(1);
        var path = Directory.GetFiles(Path.Combine(project.Audit, "s"), "ckpt-*", SearchOption.AllDirectories).Single();
        Assert.True(SignedNote.TryParse(await File.ReadAllBytesAsync(path, Cancel), out var note));
        await File.WriteAllBytesAsync(path, SignedNote.Sign(note.Text + "more\n", NoteNames.Signer(project.Key.KeyId), project.Key).ToBytes(), Cancel);
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task Heads_name_a_stream_once()
    {
        using var project = Project.Create();
        var entry = (await project.FillAsync(1))[0];
        var path = Directory.GetFiles(Path.Combine(project.Audit, "heads")).Single();
        Assert.True(HeadsNote.TryParse(await File.ReadAllBytesAsync(path, Cancel), out var note));
        var twice = HeadsNote.Sign(entry.Predicate.Repo, note.Moved, [], [.. note.Moved, .. note.Moved], project.Key);
        Assert.Equal(Path.GetFileName(path), twice.FileName);
        await File.WriteAllBytesAsync(path, twice.Note.ToBytes(), Cancel);
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task A_checkpoint_whose_signature_does_not_hold_vouches_for_nothing()
    {
        using var project = Project.Create();
        await project.FillAsync(2);
        var path = Directory.GetFiles(Path.Combine(project.Audit, "s"), "ckpt-*", SearchOption.AllDirectories).Single();
        Forger.Text(path, static t =>
        {
            var lines = t.Split('\n');
            lines[2] = Convert.ToBase64String(new byte[32]);
            return string.Join('\n', lines);
        });
        await project.ExpectAsync(EntryStatus.InvalidSignature, VerifyExitCode.Signature);
    }

    [Fact]
    public async Task Notes_over_an_entry_that_was_changed_are_not_blamed()
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(2);
        Forger.Flip(entries[0].FilePath, "\"description\":\"");
        var report = await project.ExpectAsync(EntryStatus.HashMismatch, VerifyExitCode.Integrity);
        Assert.Empty(report.Findings);
    }

    [Fact]
    public async Task Notes_over_a_place_that_two_entries_claim_are_not_blamed()
    {
        using var project = Project.Create();
        var last = (await project.FillAsync(2))[1];
        for (var i = 0; i < 8; i++)
            Forger.Insert(last, project.Key, PayloadWriter.Write(last.Predicate with { Id = EntryDraft.NewId() }), 2);
        var report = await project.ExpectAsync(EntryStatus.Fork, VerifyExitCode.Integrity);
        Assert.Empty(report.Findings);
        Assert.Equal(EntryStatus.Valid, report.Entries[0].Status);
        Assert.All(report.Entries.Skip(1), static e => Assert.Equal(EntryStatus.Fork, e.Status));
    }

    [Fact]
    public async Task A_decision_is_about_a_generation()
    {
        using var project = Project.Create();
        var log = project.Log();
        var generation = await log.AppendAsync(Project.Draft(), project.Key, Cancel);
        var decision = await log.AppendAsync(Decide(generation.Leaf), project.Key, Cancel);
        await log.SealAsync(project.Key, Cancel);
        await project.ExpectValidAsync();
        await log.AppendAsync(Decide(decision.Leaf), project.Key, Cancel);
        await log.SealAsync(project.Key, Cancel);
        await project.ExpectAsync(EntryStatus.ChainBroken, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task A_stream_does_not_go_on_from_itself()
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(2);
        var own = new EntryReference(entries[1].Predicate.Change, entries[1].Predicate.Stream, 2, entries[1].Leaf);
        Forger.Resign(entries[0], project.Key, PayloadWriter.Write(entries[0].Predicate with { Continues = own }));
        await project.ExpectAsync(EntryStatus.ChainBroken, VerifyExitCode.Integrity);
    }

    private static EntryDraft Decide(string target) => Project.Draft(kind: EntryKind.Decision) with { Files = [], Decision = new Decision { Target = target, Accepted = true } };

    private static void Link(string folder, string outside)
    {
        Directory.Move(folder, outside);
        Directory.CreateSymbolicLink(folder, outside);
    }
}
