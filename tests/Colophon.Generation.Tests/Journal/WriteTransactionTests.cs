using Colophon.Generation.Errors;
using Colophon.Generation.Journal;
using Colophon.Generation.Scratch;
using Colophon.Kernel.Files;
using Colophon.Provenance;
using Colophon.Provenance.Trust;
using static Colophon.Generation.Tests.Journal.SignedRepository;

namespace Colophon.Generation.Tests.Journal;

public sealed class WriteTransactionTests
{
    private static readonly (string, string)[] s_files = [("edit.txt", "old\n"), ("drop/gone.txt", "gone\n"), ("from.txt", "moved\n")];

    private static FileEdit[] Edits =>
        [Modify("edit.txt", "old\n", "new\n"), Create("made/deep/new.txt", "made\n"), Delete("drop/gone.txt", "gone\n"), Rename("from.txt", "to/there.txt", "moved\n")];

    private static void AssertWritten(SignedRepository made)
    {
        Assert.Equal("new\n", made.Files.Read("edit.txt"));
        Assert.Equal("made\n", made.Files.Read("made/deep/new.txt"));
        Assert.Equal("moved\n", made.Files.Read("to/there.txt"));
        Assert.False(Directory.Exists(made.Files.At("drop")));
        Assert.False(File.Exists(made.Files.At("from.txt")));
        Assert.Equal("- [x] 1.1 Do\r\n- [ ] 1.2 More\r\n", made.Files.Read(TasksFile));
        Assert.Single(made.Decisions);
        Assert.False(made.Journal.HasAny);
    }

    [Fact]
    public async Task Everything_is_written_signed_and_ticked_as_one()
    {
        using var made = await CreateAsync(s_files);
        var entry = await made.Transaction.RunAsync(made.Intent(Edits), CancellationToken.None);
        Assert.Equal(made.Generation, entry.Predicate.Decision?.Target);
        AssertWritten(made);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_run_killed_after_any_number_of_files_is_finished(int written)
    {
        using var made = await CreateAsync(s_files);
        var intent = made.Intent(Edits);
        made.Journal.Save(intent);
        var tree = new UserTree(made.Files.Root);
        foreach (var step in intent.Steps.Take(written))
            tree.Put(step.Path, step.After);
        // What a write that was torn in the middle leaves behind.
        File.WriteAllText(made.Files.At($".edit.txt.1-1{AtomicFile.TemporarySuffix}"), "ne");

        var notes = await made.Transaction.RecoverAsync(CancellationToken.None);
        Assert.True(Assert.Single(notes).Finished);
        AssertWritten(made);
        Assert.DoesNotContain(made.Files.Everything().Keys, static k => k.EndsWith(AtomicFile.TemporarySuffix, StringComparison.Ordinal));
        Assert.Empty(await made.Transaction.RecoverAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_run_killed_after_signing_or_after_ticking_is_finished_without_a_second_entry()
    {
        using var made = await CreateAsync(s_files);
        var intent = made.Intent(Edits);
        await made.Transaction.RunAsync(intent, CancellationToken.None);
        made.Journal.Save(intent);
        await made.Transaction.RecoverAsync(CancellationToken.None);
        AssertWritten(made);

        made.Files.Write(TasksFile, "- [ ] 1.1 Do\r\n- [ ] 1.2 More\r\n");
        made.Journal.Save(intent);
        await made.Transaction.RecoverAsync(CancellationToken.None);
        AssertWritten(made);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_key_may_not_sign_is_undone_as_a_whole(bool killed)
    {
        using var made = await CreateAsync(s_files);
        var before = made.Files.Everything(".openspec", ".git");
        var (intent, transaction) = (made.Intent(Edits), made.TransactionOf(KeyRole.Ci));
        if (killed)
        {
            made.Journal.Save(intent with { NewFolders = ["made", "made/deep", "to"] });
            var note = Assert.Single(await transaction.RecoverAsync(CancellationToken.None));
            Assert.False(note.Finished);
            Assert.Contains("its role, ci, may not sign a Decision entry", note.Message, StringComparison.Ordinal);
        }
        else
        {
            var refused = await Assert.ThrowsAsync<ProvenanceException>(() => transaction.RunAsync(intent, CancellationToken.None));
            Assert.Equal(ProvenanceError.KeyNotTrusted, refused.Error);
        }

        Assert.Equal(before, made.Files.Everything(".openspec", ".git"));
        Assert.False(made.Journal.HasAny);
        Assert.False(made.IsTicked);
        Assert.Empty(made.Decisions);
    }

    [Fact]
    public async Task A_folder_without_an_intent_was_never_meant()
    {
        using var made = await CreateAsync(s_files);
        var intent = made.Intent(Edits);
        made.Journal.Save(intent);
        File.Delete(Path.Combine(made.Repository.GitDirectory, "colophon/journal", intent.Id, "intent.json"));
        var before = made.Files.Everything();
        Assert.Empty(await made.Transaction.RecoverAsync(CancellationToken.None));
        Assert.Equal(before, made.Files.Everything());
        Assert.False(made.Journal.HasAny);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_file_the_user_changed_since_puts_everything_else_back_and_keeps_their_text(int written)
    {
        using var made = await CreateAsync(s_files);
        var before = made.Files.Everything();
        var intent = made.Intent(Edits) with { NewFolders = ["made", "made/deep", "to"] };
        made.Journal.Save(intent);
        var tree = new UserTree(made.Files.Root);
        foreach (var step in intent.Steps.Where(static s => s.Path.Value != "edit.txt").Take(written))
            tree.Put(step.Path, step.After);
        made.Files.Write("edit.txt", "the user's\n");

        var note = Assert.Single(await made.Transaction.RecoverAsync(CancellationToken.None));
        Assert.False(note.Finished);
        Assert.Equal(["edit.txt"], note.ChangedByUser);
        Assert.Equal("the user's\n", made.Files.Read("edit.txt"));
        made.Files.Write("edit.txt", "old\n");
        Assert.Equal(before, made.Files.Everything());
        Assert.Empty(made.Decisions);
        Assert.False(Directory.Exists(made.Files.At("made")));
    }

    [Fact]
    public async Task A_file_changed_before_the_write_is_refused_and_nothing_is_touched()
    {
        using var made = await CreateAsync(s_files);
        made.Files.Write("edit.txt", "mine\n");
        var before = made.Files.Everything();
        var error = await Assert.ThrowsAsync<GenerationException>(() => made.Transaction.RunAsync(made.Intent(Edits), CancellationToken.None));
        Assert.Equal(GenerationError.FileChangedByUser, error.Error);
        Assert.Equal(before, made.Files.Everything());
        Assert.False(made.Journal.HasAny);
    }

    [Fact]
    public async Task A_write_that_fails_puts_back_what_was_written()
    {
        using var made = await CreateAsync(s_files);
        // A file stands where a folder would have to be.
        made.Files.Write("zz", "in the way\n");
        var before = made.Files.Everything();
        var error = await Assert.ThrowsAsync<GenerationException>(() => made.Transaction.RunAsync(made.Intent([.. Edits, Create("zz/under.txt", "x\n")]), CancellationToken.None));
        Assert.Equal(GenerationError.WriteFailed, error.Error);
        Assert.Equal(before, made.Files.Everything());
        Assert.Empty(made.Decisions);
        Assert.False(made.Journal.HasAny);
    }

    [Fact]
    public async Task An_entry_that_cannot_be_signed_leaves_the_rest_to_the_next_command()
    {
        using var made = await CreateAsync(s_files);
        var trust = made.Files.At(".openspec/audit/v1/trust/0001.json");
        File.Move(trust, trust + ".away");
        var error = await Assert.ThrowsAsync<GenerationException>(() => made.Transaction.RunAsync(made.Intent(Edits), CancellationToken.None));
        Assert.Equal(GenerationError.Unfinished, error.Error);
        File.Move(trust + ".away", trust);
        await made.Transaction.RecoverAsync(CancellationToken.None);
        AssertWritten(made);
    }

    [Fact]
    public async Task A_file_and_a_folder_can_trade_places()
    {
        using var made = await CreateAsync(("x", "file\n"), ("y/z", "deep\n"));
        await made.Transaction.RunAsync(made.Intent(Delete("x", "file\n"), Create("x/inner", "i\n"), Delete("y/z", "deep\n"), Create("y", "flat\n")), CancellationToken.None);
        Assert.Equal("i\n", made.Files.Read("x/inner"));
        Assert.Equal("flat\n", made.Files.Read("y"));
    }

    [Fact]
    public async Task Modes_and_links_are_written_and_put_back()
    {
        using var made = await CreateAsync(("run.sh", "#!/bin/sh\n"), ("target", "t\n"));
        var script = Modify("run.sh", "#!/bin/sh\n", "#!/bin/sh\n");
        script = script with { After = script.After is { } after ? after with { Mode = (UnixFileMode)0b111_101_101 } : null };
        var link = new FileEdit { Path = Kernel.Paths.WorkspacePath.Parse("link"), Action = EditAction.Create, After = new FileState("target"u8.ToArray(), UnixFileMode.None, IsLink: true) };
        await made.Transaction.RunAsync(made.Intent(script, link), CancellationToken.None);
        Assert.True((File.GetUnixFileMode(made.Files.At("run.sh")) & UnixFileMode.UserExecute) != UnixFileMode.None);
        Assert.Equal("target", new FileInfo(made.Files.At("link")).LinkTarget);
    }

    [Fact]
    public async Task A_path_through_a_link_that_leads_out_is_refused()
    {
        using var outside = new TemporaryFolder();
        using var made = await CreateAsync(("a", "a\n"));
        File.CreateSymbolicLink(made.Files.At("out"), outside.Path);
        await Assert.ThrowsAnyAsync<Kernel.Errors.ColophonException>(() => made.Transaction.RunAsync(made.Intent(Create("out/x", "x\n")), CancellationToken.None));
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside.Path));
    }
}
