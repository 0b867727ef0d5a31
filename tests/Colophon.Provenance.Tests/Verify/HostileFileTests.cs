using System.Text;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Tests.Verify;

/// <summary>What a stranger can put into a log without a key: it is told as the fault that it is, and ends, fills or leads astray nothing that reads the log.</summary>
public sealed class HostileFileTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("9223372036854775807-9223372036854775807", 1)]
    [InlineData("9223372036854775806-9223372036854775807", 2)]
    [InlineData("9007199254740992-9007199254740992", 1)]
    public async Task A_segment_beyond_every_place_that_an_entry_can_have_is_malformed(string range, int leaves)
    {
        using var project = Project.Create();
        var entry = Assert.Single(await project.FillAsync(1));
        var folder = Path.Combine(project.Audit, "seg", entry.Predicate.Change, entry.Predicate.Stream);
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, range + ".leaves"), new byte[32 * leaves], Cancel);
        Assert.Equal(entry.Leaf, Assert.Single(project.Log().Entries()).Leaf);
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task An_entry_of_many_paths_that_could_be_twins_is_judged_in_one_pass()
    {
        using var project = Project.Create();
        var entry = Assert.Single(await project.FillAsync(1));
        // One letter each that some file system could hold for another: all of them share a group, and no two are twins.
        var digest = FileDigest.Of("a\n"u8);
        FileChange[] files = [.. Enumerable.Range(0, 30_000).Select(i => new FileChange { Path = $"{(char)(0x3041 + (i % 80))}{(char)(0x3041 + (i / 80 % 80))}{(char)(0x3041 + (i / 6400))}", Action = FileAction.Create, After = digest })];
        var payload = PayloadWriter.Write(entry.Predicate with { Files = files });
        Assert.Equal(files.Length, PayloadReader.Read(payload).Predicate?.Files.Count);
    }

    [Fact]
    public async Task A_disclosure_behind_a_link_is_neither_read_nor_followed()
    {
        using var project = Project.Create();
        var log = project.Log();
        var commitment = log.Commit("what was sent");
        var path = Directory.GetFiles(Path.Combine(project.Audit, "disc"), commitment.Hash, SearchOption.AllDirectories)[0];
        var outside = Path.Combine(project.Root, "outside");
        File.Move(path, outside);
        File.CreateSymbolicLink(path, outside);
        Assert.Equal(ProvenanceError.EntryMalformed, Assert.Throws<ProvenanceException>(() => log.Disclose(commitment)).Error);
        await project.FillAsync(1);
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Theory]
    [InlineData("\"signatures\":[", "\"others\":[")]
    [InlineData("\"signatures\":[{", "\"signatures\":[],\"others\":[{")]
    [InlineData("\"signatures\":[{", "\"signatures\":[],\"others\":{\"a\":{")]
    public async Task Only_what_stands_among_the_signatures_is_one(string said, string instead)
    {
        using var project = Project.Create();
        var entry = Assert.Single(await project.FillAsync(1));
        Forger.Text(entry.FilePath, t =>
        {
            var changed = t.Replace(said, instead, StringComparison.Ordinal);
            return instead.EndsWith("{\"a\":{", StringComparison.Ordinal) ? changed[..changed.LastIndexOf("}]}", StringComparison.Ordinal)] + "}}}\n" : changed;
        });
        var report = await project.VerifyAsync();
        Assert.Contains(Assert.Single(report.Entries).Status, (EntryStatus[])[EntryStatus.InvalidSignature, EntryStatus.Malformed]);
    }

    [Theory]
    [InlineData(",\"note\":[{\"a\":1}]}")]
    [InlineData(",\"note\":{\"keyid\":\"x\",\"sig\":{\"a\":[{}]}}}")]
    public async Task Members_of_the_second_line_that_nobody_knows_are_left_alone(string more)
    {
        using var project = Project.Create();
        var entry = Assert.Single(await project.FillAsync(1));
        Forger.Bytes(entry.FilePath, b => [.. b[..^2], .. Encoding.UTF8.GetBytes(more), (byte)'\n']);
        await project.ExpectValidAsync();
    }

    [Fact]
    public async Task Nobody_vouches_for_what_a_stranger_put_beside_their_own()
    {
        using var project = Project.Create();
        using var stranger = SigningKey.Generate();
        var entry = Assert.Single(await project.FillAsync(1));
        var own = Assert.Single(Directory.GetFiles(Path.Combine(project.Audit, "heads")));
        var repo = project.Trust?.Repo ?? "";
        var folder = Path.Combine(project.Audit, "s/stray/abc");
        Directory.CreateDirectory(folder);
        var payload = PayloadWriter.Write(entry.Predicate with { Change = "stray", Stream = "abc", Id = EntryDraft.NewId() });
        Forger.Insert(entry with { FilePath = Path.Combine(folder, "x") }, stranger, payload, 1);
        var text = new Checkpoint(NoteNames.Stream(repo, "stray", "abc"), 1, new byte[32], []).ToText();
        await File.WriteAllBytesAsync(Path.Combine(folder, AuditLayout.CheckpointName(1)), SignedNote.Sign(text, NoteNames.Signer(stranger.KeyId), stranger).ToBytes(), Cancel);
        var head = new StreamHead("stray/abc", 1, new string('0', 64));
        var note = HeadsNote.Sign(repo, [head], [], [head], stranger);
        await File.WriteAllBytesAsync(Path.Combine(project.Audit, "heads", note.FileName), note.Note.ToBytes(), Cancel);
        Assert.NotEqual(VerifyExitCode.Valid, (await project.VerifyAsync()).ExitCode);

        await project.FillAsync(1, "honest");
        // The stranger's files are thrown away, and nothing is missed.
        Directory.Delete(Path.Combine(project.Audit, "s/stray"), recursive: true);
        File.Delete(Path.Combine(project.Audit, "heads", note.FileName));
        Assert.True(File.Exists(own));
        await project.ExpectValidAsync();
    }

    [Fact]
    public async Task A_file_that_only_bears_an_entrys_name_hides_it_from_nobody()
    {
        using var project = Project.Create();
        var entry = Assert.Single(await project.FillAsync(1));
        var folder = Directory.CreateDirectory(Path.Combine(project.Audit, "s/stray/abc")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, Path.GetFileName(entry.FilePath)), "x", Cancel);
        foreach (var name in (string[])[entry.Leaf, entry.Leaf[..8], entry.Predicate.Id])
            Assert.Equal(entry.Leaf, project.Log().Find(name).Leaf);
        // Where nothing else bears it, what is wrong with it is told.
        File.Delete(entry.FilePath);
        Assert.Equal(ProvenanceError.EntryMalformed, Assert.Throws<ProvenanceException>(() => project.Log().Find(entry.Leaf[..8])).Error);
    }

    [Fact]
    public async Task A_copy_of_an_entry_elsewhere_hides_it_from_nobody()
    {
        using var project = Project.Create();
        var entry = Assert.Single(await project.FillAsync(1));
        var folder = Directory.CreateDirectory(Path.Combine(project.Audit, "s/stray/abc")).FullName;
        File.Copy(entry.FilePath, Path.Combine(folder, Path.GetFileName(entry.FilePath)));
        Assert.Equal(entry.FilePath, project.Log().Find(entry.Leaf).FilePath);
    }
}
