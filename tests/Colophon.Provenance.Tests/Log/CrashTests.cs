using Colophon.Kernel.Files;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Tests.Verify;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Tests.Log;

/// <summary>What a killed process or a second one leaves behind.</summary>
public sealed class CrashTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [TamperCase(53)]
    public async Task A_process_killed_between_any_two_steps_loses_nothing(bool targetWritten, bool stateWritten)
    {
        using var project = Project.Create();
        await project.FillAsync(2);
        var states = Snapshot(project);
        var entry = await project.Log().AppendAsync(Project.Draft(), project.Key, Cancel);
        var bytes = File.ReadAllBytes(entry.FilePath);
        if (!targetWritten)
            File.Delete(entry.FilePath);
        if (!stateWritten)
            Restore(states);
        Spooled(project, entry.FilePath, bytes);
        // The memory is written after the entry, so only a power cut can leave it without.
        if (!targetWritten && stateWritten)
            NextBoot(project);

        await project.Log().HealAsync(Cancel);
        Assert.Equal(bytes, File.ReadAllBytes(entry.FilePath));
        var next = await project.Log().AppendAsync(Project.Draft(), project.Key, Cancel);
        Assert.Equal((entry.Leaf, 4L), (next.Predicate.Prev, next.Predicate.Seq));
        await project.Log().SealAsync(project.Key, Cancel);
        await project.ExpectEachAsync(4, strict: true);
    }

    [Fact]
    [TamperCase(53)]
    public async Task The_first_entry_of_a_stream_survives_a_kill_as_well()
    {
        using var project = Project.Create();
        var entry = await project.Log().AppendAsync(Project.Draft(), project.Key, Cancel);
        var state = Assert.Single(Directory.GetFiles(project.Repository.PrivateDirectory, "*.state", SearchOption.AllDirectories));
        Spooled(project, entry.FilePath, File.ReadAllBytes(entry.FilePath));
        File.Delete(entry.FilePath);
        new StreamState { Change = entry.Predicate.Change, Stream = entry.Predicate.Stream }.Write(state);
        var next = await project.Log().AppendAsync(Project.Draft(), project.Key, Cancel);
        Assert.Equal(entry.Leaf, next.Predicate.Prev);
        await project.Log().SealAsync(project.Key, Cancel);
        await project.ExpectEachAsync(2, strict: true);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("cut")]
    [TamperCase(53)]
    public async Task After_a_power_cut_what_was_promised_is_made_whole_from_the_journal(string tree)
    {
        using var project = Project.Create();
        await project.FillAsync(2);
        var states = Snapshot(project);
        var log = project.Log();
        Entry[] promised = [await log.AppendAsync(Project.Draft(), project.Key, Cancel), await log.AppendAsync(Project.Draft(), project.Key, Cancel)];
        var bytes = promised.Select(static e => File.ReadAllBytes(e.FilePath)).ToArray();
        Restore(states);
        NextBoot(project);
        for (var i = 0; i < promised.Length; i++)
        {
            if (tree == "missing")
                File.Delete(promised[i].FilePath);
            else
                File.WriteAllBytes(promised[i].FilePath, tree == "empty" ? [] : bytes[i][..100]);
        }

        await project.Log().HealAsync(Cancel);
        Assert.Equal(bytes, promised.Select(static e => File.ReadAllBytes(e.FilePath)));
        await project.FillAsync(1);
        Assert.Equal(5, project.Log().Entries().Count());
        await project.ExpectEachAsync(5, strict: true);
    }

    [Fact]
    [TamperCase(53)]
    public async Task A_record_that_was_cut_was_never_promised_and_is_dropped()
    {
        using var project = Project.Create();
        await project.FillAsync(2);
        await project.Log().AppendAsync(Project.Draft(), project.Key, Cancel);
        var entry = await project.Log().AppendAsync(Project.Draft(), project.Key, Cancel);
        File.Delete(entry.FilePath);
        // The last block did not reach the disk.
        Forger.Bytes(Assert.Single(Directory.GetFiles(Path.Combine(project.Repository.PrivateDirectory, "spool"))), static b =>
        {
            var end = b.AsSpan().LastIndexOfAnyExcept((byte)0);
            b.AsSpan(end - 50, 51).Clear();
            return b;
        });
        NextBoot(project);
        await project.Log().HealAsync(Cancel);
        Assert.False(File.Exists(entry.FilePath));
        await project.FillAsync(1);
        await project.ExpectEachAsync(4, strict: true);
        Assert.Equal(4, project.Log().Entries().Count());
    }

    [Fact]
    public async Task What_a_writer_remembers_can_be_deleted_at_any_time()
    {
        using var project = Project.Create();
        await project.FillAsync(2);
        await project.FillAsync(2, "another");
        foreach (var memory in (string[])["tips", "notes", "spool"])
            Directory.Delete(Path.Combine(project.Repository.PrivateDirectory, memory), recursive: true);
        await project.FillAsync(2);
        await project.ExpectValidAsync(strict: true);
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(project.Audit, "s"), "*", SearchOption.AllDirectories).Count(static d => Directory.GetFiles(d).Length > 0));
    }

    [Fact]
    [TamperCase(53)]
    public async Task A_left_over_temporary_file_is_no_entry_and_no_fault()
    {
        using var project = Project.Create();
        var entry = (await project.FillAsync(1))[0];
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(entry.FilePath) ?? "", $".x.json.1-1{AtomicFile.TemporarySuffix}"), "{\"_ty");
        await project.ExpectEachAsync(1, strict: true);
    }

    [Fact]
    [TamperCase(53)]
    public async Task A_half_written_entry_is_malformed()
    {
        using var project = Project.Create();
        var entry = (await project.FillAsync(1))[0];
        Forger.Bytes(entry.FilePath, static b => b[..(b.Length / 2)]);
        await project.ExpectAsync(Provenance.Verify.EntryStatus.Malformed, Provenance.Verify.VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(53)]
    public async Task A_process_killed_between_checkpoint_and_heads_is_made_up_for()
    {
        using var project = Project.Create();
        await project.FillAsync(2);
        Directory.Delete(Path.Combine(project.Audit, "heads"), recursive: true);
        await project.ExpectAsync(Provenance.Verify.EntryStatus.Unanchored, Provenance.Verify.VerifyExitCode.Incomplete);
        await project.Log().SealAsync(project.Key, Cancel);
        await project.ExpectValidAsync();
    }

    [Fact]
    public async Task What_was_appended_is_sealed_though_the_user_gave_up_meanwhile()
    {
        using var project = Project.Create();
        var log = project.Log();
        await log.AppendAsync(Project.Draft(), project.Key, Cancel);
        using var interrupted = new CancellationTokenSource();
        await interrupted.CancelAsync();
        await log.SealAsync(project.Key, interrupted.Token);
        await project.ExpectValidAsync();
    }

    [Fact]
    public async Task Who_comes_later_knows_that_a_killed_writer_left_entries_unsealed()
    {
        using var project = Project.Create();
        Assert.False(project.Log().IsUnsealed);
        await project.Log().AppendAsync(Project.Draft(), project.Key, Cancel);
        Assert.True(project.Log().IsUnsealed);
        await project.Log().HealAsync(Cancel);
        Assert.True(project.Log().IsUnsealed);
        await project.Log().SealAsync(project.Key, Cancel);
        Assert.False(project.Log().IsUnsealed);
        await project.ExpectValidAsync();
    }

    [Fact]
    public async Task What_another_person_appended_is_left_to_them_and_asked_for_once()
    {
        using var project = Project.Create();
        using var other = SigningKey.Generate();
        TrustChanges.Make(project.Repository, project.Configuration, new TrustEdit.Add(other.Public, "Eve", KeyRole.Developer, project.Clock.Now, null, IsRoot: false), [project.Key]);
        var entry = await project.Log().AppendAsync(Project.Draft(), other, Cancel);
        await project.Log().SealAsync(project.Key, Cancel);
        Assert.False(project.Log().IsUnsealed);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(entry.FilePath) ?? "", "ckpt-*"));
        await project.Log().SealAsync(other, Cancel);
        await project.ExpectValidAsync();
    }

    [Fact]
    public async Task A_writer_that_lost_its_memory_begins_a_stream_of_its_own()
    {
        using var project = Project.Create();
        await project.FillAsync(2);
        Directory.Delete(Path.Combine(project.Repository.PrivateDirectory, "streams"), recursive: true);
        await project.FillAsync(2);
        Assert.Equal(2, project.Log().Entries().Select(static e => e.Predicate.Stream).Distinct().Count());
        await project.ExpectValidAsync();
    }

    [Fact]
    public async Task A_damaged_memory_is_not_believed()
    {
        using var project = Project.Create();
        await project.FillAsync(2);
        foreach (var state in Directory.GetFiles(project.Repository.PrivateDirectory, "*.state", SearchOption.AllDirectories))
            File.WriteAllText(state, File.ReadAllText(state).Replace("sealed 2", "sealed 9", StringComparison.Ordinal));
        await project.FillAsync(1);
        await project.ExpectValidAsync();
    }

    [Fact]
    [TamperCase(54)]
    public async Task Eight_writers_at_once_lose_nothing_and_never_fork()
    {
        using var project = Project.Create();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                // On a loaded machine with a slow disk all 800 take their time; whoever is last must not give up.
                var log = AuditLog.Open(project.Repository, project.Options with { Patience = TimeSpan.FromMinutes(5) });
                for (var i = 0; i < 100; i++)
                    await log.AppendAsync(Project.Draft(), project.Key, Cancel);
            },
            Cancel)));
        await project.Log().SealAsync(project.Key, Cancel);
        var entries = project.Log().Entries().ToArray();
        Assert.Equal(800, entries.Length);
        Assert.Equal(Enumerable.Range(1, 800).Select(static i => (long)i), entries.Select(static e => e.Predicate.Seq));
        await project.ExpectEachAsync(800, strict: true);
    }

    private static void Spooled(Project project, string path, byte[] bytes)
    {
        var spool = new StreamStore(project.Repository, new AuditLayout(project.Root)).Spool;
        spool.Clear();
        Assert.True(EntryFile.TryParse(bytes, path, out var entry, out _));
        spool.Put(path, bytes, new SpooledFacts(entry.Leaf, entry.Predicate.Id, entry.Predicate.Actor.KeyId));
    }

    // Another start of the machine: nothing that was not flushed can be relied on.
    private static void NextBoot(Project project)
    {
        foreach (var spool in Directory.GetFiles(Path.Combine(project.Repository.PrivateDirectory, "spool")))
            Forger.Bytes(spool, static b => [.. b[..34], .. "a-past-start-"u8, .. b[47..]]);
    }

    private static Dictionary<string, byte[]> Snapshot(Project project) =>
        Directory.GetFiles(project.Repository.PrivateDirectory, "*.state", SearchOption.AllDirectories).ToDictionary(static f => f, File.ReadAllBytes);

    private static void Restore(Dictionary<string, byte[]> files)
    {
        foreach (var (path, content) in files)
            File.WriteAllBytes(path, content);
    }
}
