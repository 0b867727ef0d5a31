using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Tests.Verify;

/// <summary>Faults in what surrounds the entries: their places, their order, the checkpoints and heads.</summary>
public sealed class StreamTamperTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [TamperCase(19)]
    public async Task Entries_of_another_repository_do_not_belong_here()
    {
        using var project = Project.Create();
        using var other = Project.Create();
        await project.FillAsync(1);
        // The same key in both: only the repository's id tells them apart.
        TrustForger.AddVersion(project, [project.Key], [project.Key, other.Key]);
        var foreign = (await other.FillAsync(2))[0];
        var target = Path.Combine(project.Audit, "s/add-login", foreign.Predicate.Stream);
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(foreign.FilePath) ?? ""))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        await project.ExpectAsync(EntryStatus.ChainBroken, VerifyExitCode.Integrity);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [TamperCase(20)]
    public async Task A_stream_moved_elsewhere_does_not_belong_there(bool toOtherChange)
    {
        using var project = Project.Create();
        var stream = Path.GetDirectoryName((await project.FillAsync(2))[0].FilePath) ?? "";
        var target = toOtherChange ? Path.Combine(project.Audit, "s/other", Path.GetFileName(stream)) : stream + "x";
        Directory.CreateDirectory(Path.GetDirectoryName(target) ?? "");
        Directory.Move(stream, target);
        await project.ExpectAsync(EntryStatus.ChainBroken, VerifyExitCode.Integrity);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("add-login")]
    [TamperCase(20)]
    public async Task An_entry_moved_into_another_stream_does_not_belong_there(string change)
    {
        using var project = Project.Create();
        var home = await project.FillAsync(1, change);
        // Another stream of the same change begins where the last entry of the one before is not at hand.
        File.Move(home[0].FilePath, project.Root + "/away");
        var moved = (await project.FillAsync(1))[0];
        File.Move(project.Root + "/away", home[0].FilePath);
        Assert.NotEqual(home[0].Predicate.Stream, moved.Predicate.Stream);
        File.Move(moved.FilePath, Path.Combine(Path.GetDirectoryName(home[0].FilePath) ?? "", AuditLayout.EntryName(2, moved.Leaf)));
        var report = await project.ExpectAsync(EntryStatus.ChainBroken, VerifyExitCode.Integrity);
        Assert.Contains(report.Entries, e => e.Entry.Leaf == moved.Leaf && e.Status == EntryStatus.ChainBroken);
    }

    [Fact]
    [TamperCase(21)]
    public async Task A_file_name_with_another_place_is_seen()
    {
        using var project = Project.Create();
        var last = (await project.FillAsync(2))[1];
        Forger.Rename(last, AuditLayout.EntryName(3, last.Leaf));
        await project.ExpectAsync(EntryStatus.ChainBroken, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(21)]
    public async Task A_file_name_with_another_leaf_is_seen()
    {
        using var project = Project.Create();
        var last = (await project.FillAsync(2))[1];
        Forger.Rename(last, AuditLayout.EntryName(2, new string('a', 64)));
        await project.ExpectAsync(EntryStatus.HashMismatch, VerifyExitCode.Integrity);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [TamperCase(22)]
    public async Task A_deleted_entry_before_the_end_leaves_a_gap(int index)
    {
        using var project = Project.Create();
        File.Delete((await project.FillAsync(3))[index].FilePath);
        var report = await project.ExpectAsync(EntryStatus.Gap, VerifyExitCode.Incomplete);
        Assert.Equal(EntryStatus.Gap, report.Entries[index].Status);
    }

    [Fact]
    [TamperCase(23)]
    public async Task A_deleted_end_is_missed_by_the_checkpoint()
    {
        using var project = Project.Create();
        File.Delete((await project.FillAsync(3))[2].FilePath);
        await project.ExpectAsync(EntryStatus.Truncated, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(24)]
    public async Task A_deleted_end_with_its_checkpoint_is_missed_by_another_stream_that_saw_it()
    {
        using var project = Project.Create();
        var last = (await project.FillAsync(3))[2];
        await project.FillAsync(1, "other");
        File.Delete(last.FilePath);
        Forger.DropNotes(project);
        var report = await project.ExpectAsync(EntryStatus.Gap, VerifyExitCode.Incomplete);
        Assert.Contains(report.Entries, static e => e is { Status: EntryStatus.Gap, Entry.Change: "other" });
    }

    [Fact]
    [TamperCase(25)]
    public async Task A_deleted_stream_is_missed_by_the_heads()
    {
        using var project = Project.Create();
        await project.FillAsync(2, "other");
        var gone = (await project.FillAsync(2, "gone"))[0];
        Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(gone.FilePath)) ?? "", recursive: true);
        await project.ExpectAsync(EntryStatus.Gap, VerifyExitCode.Incomplete);
    }

    [Fact]
    [TamperCase(25)]
    public async Task A_deleted_stream_with_all_heads_leaves_the_others_without_heads()
    {
        using var project = Project.Create();
        await project.FillAsync(2, "other");
        var gone = (await project.FillAsync(2, "gone"))[0];
        Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(gone.FilePath)) ?? "", recursive: true);
        Directory.Delete(Path.Combine(project.Audit, "heads"), recursive: true);
        await project.ExpectAsync(EntryStatus.Unanchored, VerifyExitCode.Incomplete);
    }

    [Fact]
    [TamperCase(26)]
    public async Task A_deleted_log_is_missed_by_what_was_verified_here_before()
    {
        using var project = Project.Create();
        await project.FillAsync(2);
        await project.ExpectValidAsync();
        Directory.Delete(project.Audit, recursive: true);
        await project.ExpectAsync(EntryStatus.Truncated, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(27)]
    public async Task Two_entries_that_changed_places_are_seen()
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(4);
        Forger.Rename(entries[1], AuditLayout.EntryName(3, entries[1].Leaf));
        Forger.Rename(entries[2], AuditLayout.EntryName(2, entries[2].Leaf));
        await project.ExpectAsync(EntryStatus.ChainBroken, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(28)]
    public async Task An_entry_copied_to_another_place_is_seen()
    {
        using var project = Project.Create();
        var last = (await project.FillAsync(2))[1];
        File.Copy(last.FilePath, Path.Combine(Path.GetDirectoryName(last.FilePath) ?? "", AuditLayout.EntryName(3, last.Leaf)));
        await project.ExpectAsync(EntryStatus.ChainBroken, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(28)]
    public async Task An_entry_replayed_by_its_own_key_under_another_place_is_seen()
    {
        using var project = Project.Create();
        var last = (await project.FillAsync(2))[1];
        Forger.Insert(last, project.Key, PayloadWriter.Write(last.Predicate with { Seq = 3 }), 3);
        await project.ExpectAsync(EntryStatus.ChainBroken, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(28)]
    public async Task An_id_that_stands_twice_is_seen()
    {
        using var project = Project.Create();
        var last = (await project.FillAsync(2))[1];
        Forger.Insert(last, project.Key, PayloadWriter.Write(last.Predicate with { Seq = 3, Prev = last.Leaf }), 3);
        await project.ExpectAsync(EntryStatus.ChainBroken, VerifyExitCode.Integrity);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    [TamperCase(29)]
    [TamperCase(30)]
    public async Task Two_entries_for_one_place_are_a_fork(int place)
    {
        using var project = Project.Create();
        var standing = (await project.FillAsync(3))[place - 1];
        Forger.Insert(standing, project.Key, PayloadWriter.Write(standing.Predicate with { Id = EntryDraft.NewId() }), place);
        var report = await project.ExpectAsync(EntryStatus.Fork, VerifyExitCode.Integrity);
        Assert.Equal(2, report.Entries.Count(static e => e.Status == EntryStatus.Fork));
    }

    [Fact]
    [TamperCase(31)]
    public async Task A_continued_entry_that_is_missing_leaves_a_gap()
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(2);
        File.Move(entries[1].FilePath, project.Root + "/away");
        await project.FillAsync(1);
        File.Move(project.Root + "/away", entries[1].FilePath);
        await project.ExpectValidAsync();
        Directory.Delete(Path.GetDirectoryName(entries[0].FilePath) ?? "", recursive: true);
        var report = await project.ExpectAsync(EntryStatus.Gap, VerifyExitCode.Integrity);
        Assert.Equal(EntryStatus.Gap, report.Entries.Single().Status);
    }

    [Fact]
    public async Task A_known_entry_under_another_place_is_no_reference()
    {
        using var project = Project.Create();
        await project.FillAsync(2);
        var seeing = (await project.FillAsync(1, "another"))[0];
        Assert.Single(seeing.Predicate.Seen);
        Forger.Resign(seeing, project.Key, static t => t.Replace("\"seq\":2,\"stream\"", "\"seq\":1,\"stream\"", StringComparison.Ordinal));
        await project.ExpectAsync(EntryStatus.ChainBroken, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(32)]
    public async Task A_checkpoint_with_a_wrong_root_is_seen()
    {
        using var project = Project.Create();
        await Recheckpoint(project, static c => c with { Root = new byte[32] });
        await project.ExpectAsync(EntryStatus.CheckpointMismatch, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(32)]
    public async Task A_checkpoint_with_a_wrong_size_is_seen()
    {
        using var project = Project.Create();
        await Recheckpoint(project, static c => c with { Size = 2 });
        await project.ExpectAsync(EntryStatus.CheckpointMismatch, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(32)]
    public async Task A_checkpoint_of_another_stream_is_seen()
    {
        using var project = Project.Create();
        await Recheckpoint(project, static c => c with { Origin = c.Origin + "x" });
        await project.ExpectAsync(EntryStatus.CheckpointMismatch, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(33)]
    public async Task A_checkpoint_by_a_trusted_key_that_wrote_nothing_here_is_refused()
    {
        using var project = Project.Create();
        using var other = SigningKey.Generate();
        TrustForger.AddVersion(project, [project.Key], [project.Key, other]);
        await Recheckpoint(project, static c => c, other);
        await project.ExpectAsync(EntryStatus.CheckpointMismatch, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task A_checkpoint_by_a_stranger_is_not_trusted()
    {
        using var project = Project.Create();
        using var stranger = SigningKey.Generate();
        await Recheckpoint(project, static c => c, stranger);
        await project.ExpectAsync(EntryStatus.PublicKeyNotTrusted, VerifyExitCode.Trust);
    }

    [Fact]
    public async Task A_flipped_byte_in_a_checkpoint_or_the_heads_is_seen()
    {
        using var project = Project.Create();
        await project.FillAsync(3);
        foreach (var path in Directory.GetFiles(project.Audit, "*.note", SearchOption.AllDirectories))
        {
            var good = File.ReadAllBytes(path);
            for (var at = 0; at < good.Length; at += 23)
            {
                var bad = good.ToArray();
                bad[at] ^= 2;
                File.WriteAllBytes(path, bad);
                Assert.NotEqual(VerifyExitCode.Valid, (await project.VerifyAsync()).ExitCode);
            }

            File.WriteAllBytes(path, good);
        }
    }

    [Fact]
    [TamperCase(35)]
    public async Task A_log_rolled_back_with_its_notes_is_missed_by_what_was_verified_here_before()
    {
        using var project = Project.Create();
        await project.FillAsync(2);
        var notes = Directory.GetFiles(project.Audit, "*.note", SearchOption.AllDirectories).ToHashSet(StringComparer.Ordinal);
        var last = (await project.FillAsync(1))[0];
        await project.ExpectValidAsync();
        File.Delete(last.FilePath);
        foreach (var note in Directory.GetFiles(project.Audit, "*.note", SearchOption.AllDirectories).Where(n => !notes.Contains(n)))
            File.Delete(note);
        await project.ExpectAsync(EntryStatus.Truncated, VerifyExitCode.Integrity);
        Directory.Delete(Path.Combine(project.Repository.PrivateDirectory, "heads"), recursive: true);
        await project.ExpectValidAsync();
    }

    [Fact]
    public async Task Missing_heads_between_others_are_missed()
    {
        using var project = Project.Create();
        await project.FillAsync(1);
        var first = Directory.GetFiles(Path.Combine(project.Audit, "heads")).Single();
        await project.FillAsync(1);
        File.Delete(first);
        await project.ExpectAsync(EntryStatus.Gap, VerifyExitCode.Incomplete);
    }

    [Fact]
    [TamperCase(37)]
    public async Task A_clock_that_ran_back_is_seen()
    {
        using var project = Project.Create();
        project.Clock.Now = project.Clock.Now.AddHours(1);
        await project.FillAsync(1);
        project.Clock.Now = project.Clock.Now.AddMinutes(-30);
        await project.FillAsync(1);
        await project.ExpectAsync(EntryStatus.ClockAnomaly, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(52)]
    public async Task A_symbolic_link_is_no_entry()
    {
        using var project = Project.Create();
        var last = (await project.FillAsync(2))[1];
        var outside = project.Root + "/outside.json";
        File.Move(last.FilePath, outside);
        File.CreateSymbolicLink(last.FilePath, outside);
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(52)]
    public async Task A_symbolic_link_is_no_stream()
    {
        using var project = Project.Create();
        var stream = Path.GetDirectoryName((await project.FillAsync(2))[1].FilePath) ?? "";
        Directory.Move(stream, project.Root + "/outside");
        Directory.CreateSymbolicLink(stream, project.Root + "/outside");
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(58)]
    public async Task A_decision_on_an_unknown_entry_leaves_a_gap()
    {
        using var project = Project.Create();
        var log = project.Log();
        var draft = Project.Draft(kind: EntryKind.Decision) with { Decision = new Decision { Target = new string('a', 64), Accepted = true } };
        await log.AppendAsync(draft, project.Key, Cancel);
        await log.SealAsync(project.Key, Cancel);
        await project.ExpectAsync(EntryStatus.Gap, VerifyExitCode.Incomplete);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [TamperCase(58)]
    public async Task A_decision_that_contradicts_an_earlier_one_is_seen(bool first, bool second)
    {
        using var project = Project.Create();
        var log = project.Log();
        var generation = await log.AppendAsync(Project.Draft(), project.Key, Cancel);
        foreach (var accepted in (bool[])[first, second])
            await log.AppendAsync(Project.Draft(kind: EntryKind.Decision) with { Decision = new Decision { Target = generation.Leaf, Accepted = accepted } }, project.Key, Cancel);
        await log.SealAsync(project.Key, Cancel);
        if (first == second)
        {
            await project.ExpectValidAsync();
            return;
        }

        var report = await project.ExpectAsync(EntryStatus.ChainBroken, VerifyExitCode.Integrity);
        Assert.Equal([EntryStatus.Valid, EntryStatus.Valid, EntryStatus.ChainBroken], report.Entries.Select(static e => e.Status));
    }

    [Fact]
    public async Task A_forged_decision_accuses_no_genuine_one()
    {
        using var project = Project.Create();
        using var stranger = SigningKey.Generate();
        var log = project.Log();
        var generation = await log.AppendAsync(Project.Draft(), project.Key, Cancel);
        var genuine = await log.AppendAsync(Project.Draft(kind: EntryKind.Decision) with { Decision = new Decision { Target = generation.Leaf, Accepted = true } }, project.Key, Cancel);
        await log.SealAsync(project.Key, Cancel);
        var forged = genuine.Predicate with
        {
            Id = EntryDraft.NewId(), Change = "stray", Stream = "abc", Seq = 1, Prev = null, RecordedAt = genuine.Predicate.RecordedAt.AddDays(-1), Decision = new Decision { Target = generation.Leaf, Accepted = false },
        };
        var folder = Directory.CreateDirectory(Path.Combine(project.Audit, "s/stray/abc")).FullName;
        Forger.Insert(genuine with { FilePath = Path.Combine(folder, "x") }, stranger, PayloadWriter.Write(forged), 1);
        var report = await project.VerifyAsync();
        Assert.Equal(EntryStatus.Valid, report.Entries.Single(e => e.Entry.Leaf == genuine.Leaf).Status);
    }

    [Fact]
    public async Task An_entry_that_no_checkpoint_covers_is_not_anchored()
    {
        using var project = Project.Create();
        await project.FillAsync(1);
        await project.Log().AppendAsync(Project.Draft(), project.Key, Cancel);
        await project.ExpectAsync(EntryStatus.Unanchored, VerifyExitCode.Incomplete);
        await project.Log().SealAsync(project.Key, Cancel);
        await project.ExpectValidAsync();
    }

    private static async Task Recheckpoint(Project project, Func<Checkpoint, Checkpoint> change, SigningKey? key = null)
    {
        var last = (await project.FillAsync(3))[2];
        var path = Path.Combine(Path.GetDirectoryName(last.FilePath) ?? "", AuditLayout.CheckpointName(3));
        Assert.True(SignedNote.TryParse(File.ReadAllBytes(path), out var note));
        Assert.True(Checkpoint.TryParse(note.Text, out var checkpoint));
        var signer = key ?? project.Key;
        File.WriteAllBytes(path, SignedNote.Sign(change(checkpoint).ToText(), NoteNames.Signer(signer.KeyId), signer).ToBytes());
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../audit")]
    [InlineData(".")]
    [InlineData("s")]
    [InlineData("heads")]
    [InlineData("trust")]
    [TamperCase(52)]
    public async Task A_symbolic_link_is_no_folder_of_the_log(string folder)
    {
        using var project = Project.Create();
        await project.FillAsync(2);
        var path = Path.GetFullPath(Path.Combine(project.Audit, folder == ".." ? "../.." : folder == "../audit" ? ".." : folder));
        Directory.Move(path, project.Root + "-moved");
        Directory.CreateSymbolicLink(path, project.Root + "-moved");
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Theory]
    [InlineData("0*.json")]
    [InlineData("ckpt-*.note")]
    [InlineData("1-*.note")]
    [InlineData("0001.json")]
    public async Task A_pipe_is_refused_and_not_waited_for(string pattern)
    {
        using var project = Project.Create();
        await project.FillAsync(1);
        foreach (var path in Directory.GetFiles(project.Audit, pattern, SearchOption.AllDirectories))
        {
            File.Delete(path);
            Assert.Equal(0, NativeCalls.MakePipe(path, 0x180));
        }

        var report = await Verifier.VerifyAsync(project.Repository, new VerifyOptions { ConfigurationDirectory = project.Configuration }, Cancel);
        Assert.NotEqual(VerifyExitCode.Valid, report.ExitCode);
    }

    [Fact]
    [TamperCase(32)]
    public async Task Heads_under_another_name_are_told()
    {
        using var project = Project.Create();
        await project.FillAsync(1);
        var note = Directory.GetFiles(Path.Combine(project.Audit, "heads"))[0];
        File.Copy(note, Path.Combine(project.Audit, "heads/1-000000000000.note"));
        await project.ExpectAsync(EntryStatus.CheckpointMismatch, VerifyExitCode.Integrity);
    }
}
