using System.IO.Compression;
using System.Text;
using Colophon.Provenance.Index;
using Colophon.Provenance.Log;
using Colophon.Provenance.Tests.Verify;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Tests.Log;

/// <summary>Packing, archiving and deleting old entries, and the faults in what that leaves.</summary>
public sealed class RetentionTests
{
    private static readonly Actor Ada = new() { Name = "Ada" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Packed_entries_verify_read_and_are_found_as_before()
    {
        using var project = Project.Create();
        var before = await project.FillAsync(12);
        var report = await CompressAsync(project);
        var segment = Assert.Single(report.Segments);
        Assert.Equal(11, segment.Entries);
        Assert.True(segment.BytesAfter < segment.BytesBefore);
        Assert.Equal(11, before.Count(static e => !File.Exists(e.FilePath)));
        await project.ExpectValidAsync(strict: true);
        Assert.Equal(before.Select(static e => e.Leaf), project.Log().Entries("add-login").Select(static e => e.Leaf));
        Assert.Equal(before[3].Predicate.Id, project.Log().Find(before[3].Leaf[..10]).Predicate.Id);
        Assert.Equal(before[4].Leaf, project.Log().Find(before[4].Predicate.Id).Leaf);
        Assert.Equal(before[5].Leaf, project.Log().At(Path.GetRelativePath(project.Root, before[5].FilePath))?.Leaf);
        using var index = AuditIndex.Open(project.Root, null);
        Assert.Equal(13, index.Count());
        var next = await project.Log().AppendAsync(Project.Draft(), project.Key, Cancel);
        Assert.Equal((13L, before[^1].Leaf), (next.Predicate.Seq, next.Predicate.Prev));
    }

    [Theory]
    [InlineData("more", false)]
    [InlineData("much more", false)]
    [InlineData("member", false)]
    [InlineData("cut", false)]
    [InlineData("checksum", false)]
    [InlineData("named", true)]
    [InlineData("link", false)]
    public async Task A_packed_file_is_one_gzip_member_to_the_letter(string what, bool valid)
    {
        using var project = Project.Create();
        await project.FillAsync(40);
        await CompressAsync(project);
        var path = Directory.GetFiles(Path.Combine(project.Audit, "seg"), "*.gz", SearchOption.AllDirectories).Single();
        var good = await File.ReadAllBytesAsync(path, Cancel);
        byte[] bad = what switch
        {
            "more" => [.. good, 0],
            "much more" => [.. good[..^8], .. new byte[500], .. good[^8..]],
            "member" => [.. good, .. good],
            "cut" => good[..^5],
            "checksum" => [.. good[..^8], (byte)(good[^8] ^ 1), .. good[^7..]],
            "named" => [.. good[..3], 8, .. good[4..10], .. "a name\0"u8, .. good[10..]],
            _ => good,
        };
        if (what == "link")
        {
            File.Move(path, project.Root + "/outside");
            File.CreateSymbolicLink(path, project.Root + "/outside");
        }
        else
        {
            await File.WriteAllBytesAsync(path, bad, Cancel);
        }

        if (valid)
            await project.ExpectValidAsync();
        else
            await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task Young_entries_the_last_one_and_what_no_checkpoint_covers_keep_files_of_their_own()
    {
        using var project = Project.Create();
        await project.FillAsync(3);
        project.Clock.Now += TimeSpan.FromDays(100);
        await project.FillAsync(2);
        await project.Log().AppendAsync(Project.Draft(), project.Key, Cancel);
        var report = await Retention(project).CompressAsync(new RetentionRequest { Before = project.Clock.GetUtcNow() - TimeSpan.FromDays(90), Actor = Ada }, project.Key, Cancel);
        Assert.Equal(3, Assert.Single(report.Segments).Entries);
        report = await CompressAsync(project);
        Assert.Contains(report.Segments, static s => s.Segment.EndsWith("/00000004-00000005", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Segments, static s => s.Segment.EndsWith('6'));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        using var project = Project.Create();
        await project.FillAsync(3);
        var before = Files(project);
        var report = await Retention(project).CompressAsync(new RetentionRequest { Before = DateTimeOffset.MaxValue, Actor = Ada, DryRun = true }, project.Key, Cancel);
        Assert.Single(report.Segments);
        Assert.Equal(before, Files(project));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_kill_between_any_two_steps_leaves_a_valid_log_that_the_next_run_finishes(int step)
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(5);
        var files = entries.ToDictionary(static e => e.FilePath, static e => File.ReadAllBytes(e.FilePath));
        await CompressAsync(project);
        // Up to where the killed run came: 1 the leaves only, 2 the content too, 3 the entry too; files are deleted last.
        foreach (var (path, bytes) in files)
            await File.WriteAllBytesAsync(path, bytes, Cancel);
        if (step < 3)
            Directory.Delete(Path.Combine(project.Audit, "s/_retention"), recursive: true);
        if (step < 3)
            Forger.DropNotes(project);
        if (step < 2)
            File.Delete(Single(project, "*.jsonl.gz"));
        if (step < 3)
            await project.FillAsync(1);
        await project.ExpectAsync(EntryStatus.Valid, step < 3 ? (await project.VerifyAsync()).ExitCode : 0);
        Assert.Equal(5, project.Log().Entries("add-login").Take(5).Count());
        await CompressAsync(project);
        Assert.All(files.Keys.Take(4), static path => Assert.False(File.Exists(path)));
    }

    [Fact]
    public async Task Archived_entries_are_valid_where_the_archive_is_and_archived_where_it_is_not()
    {
        using var project = Project.Create();
        using var archive = new TemporaryFolder();
        await project.FillAsync(6);
        var report = await Retention(project).ArchiveAsync(new RetentionRequest { Before = DateTimeOffset.MaxValue, Actor = Ada }, archive.Path, project.Key, Cancel);
        Assert.Equal(5, Assert.Single(report.Segments).Entries);
        Assert.Empty(Directory.GetFiles(project.Audit, "*.jsonl.gz", SearchOption.AllDirectories));

        var without = await project.ExpectAsync(EntryStatus.ValidArchived, VerifyExitCode.Valid);
        Assert.Equal(5, without.Entries.Count(static e => e.Status == EntryStatus.ValidArchived));
        var with = await Verifier.VerifyAsync(project.Repository, new VerifyOptions { ConfigurationDirectory = project.Configuration, Archives = [archive.Path] }, Cancel);
        Assert.All(with.Entries, static e => Assert.Equal(EntryStatus.Valid, e.Status));
        Assert.Equal(6, AuditLog.Open(project.Repository, project.Options with { Archives = [archive.Path] }).Entries("add-login").Count());
    }

    [Fact]
    public async Task Nothing_younger_than_half_a_year_is_deleted_and_what_something_stands_on_stays()
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(4);
        var request = new RetentionRequest { Before = project.Clock.GetUtcNow() - TimeSpan.FromDays(100), Actor = Ada };
        await CompressAsync(project);
        var refused = await Assert.ThrowsAsync<ProvenanceException>(() => Retention(project).PruneAsync(request, static _ => false, project.Key, Cancel));
        Assert.Equal(ProvenanceError.RetentionTooShort, refused.Error);
        project.Clock.Now += TimeSpan.FromDays(200);
        request = request with { Before = project.Clock.GetUtcNow() - TimeSpan.FromDays(190) };
        var kept = await Retention(project).PruneAsync(request, e => e.Leaf == entries[1].Leaf, project.Key, Cancel);
        Assert.Empty(kept.Segments);
        Assert.Single(kept.Kept);
        Assert.Single((await Retention(project).PruneAsync(request, static _ => false, project.Key, Cancel)).Segments);
        var report = await project.ExpectAsync(EntryStatus.ValidArchived, VerifyExitCode.Valid);
        Assert.Equal(3, report.Entries.Count(static e => e.Status == EntryStatus.ValidArchived));
    }

    [Fact]
    public async Task What_explains_other_entries_never_leaves_the_tree()
    {
        using var project = Project.Create();
        using var archive = new TemporaryFolder();
        var log = project.Log();
        var prompted = await log.AppendAsync(Project.Draft() with { Prompt = new PromptRecord { Content = log.Commit("the prompt") } }, project.Key, Cancel);
        await Redactions.EraseAsync(log, prompted, [RedactedField.Prompt], "why", Ada, project.Key, Cancel);
        await project.FillAsync(2);
        var report = await Retention(project).ArchiveAsync(new RetentionRequest { Before = DateTimeOffset.MaxValue, Actor = Ada }, archive.Path, project.Key, Cancel);
        Assert.Empty(report.Segments);
        Assert.Contains(report.Kept, static k => k.Reason.Contains("needs", StringComparison.Ordinal));
        await project.ExpectAsync(EntryStatus.ValidRedacted, VerifyExitCode.Valid);
    }

    [Fact]
    public async Task History_does_not_miss_the_files_of_packed_entries()
    {
        using var project = await Project.CreateRealAsync();
        await project.FillAsync(5);
        await CommitAsync(project);
        await CompressAsync(project);
        await CommitAsync(project);
        await project.ExpectValidAsync();
        File.Delete(Single(project, "*.leaves"));
        File.Delete(Single(project, "*.jsonl.gz"));
        await project.ExpectAsync(EntryStatus.Truncated, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task Content_that_goes_without_an_entry_is_missing_and_taken_from_history()
    {
        using var project = await Project.CreateRealAsync();
        await project.FillAsync(5);
        await CommitAsync(project);
        await CompressAsync(project);
        await CommitAsync(project);
        File.Delete(Single(project, "*.jsonl.gz"));
        await project.ExpectAsync(EntryStatus.Gap, VerifyExitCode.Integrity);
        await project.ExpectAsync(EntryStatus.Truncated, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(43)]
    public async Task An_altered_archive_is_told()
    {
        using var project = Project.Create();
        await project.FillAsync(5);
        await CompressAsync(project);
        var path = Single(project, "*.jsonl.gz");
        var good = await File.ReadAllBytesAsync(path, Cancel);
        Repack(path, static text => text.Replace("Check the password", "Check the passw0rd", StringComparison.Ordinal));
        await project.ExpectAsync(EntryStatus.HashMismatch, VerifyExitCode.Integrity);
        Repack(path, static text => text[..(text[..^1].LastIndexOf('\n') + 1)]);
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
        good[good.Length / 2] ^= 0xff;
        await File.WriteAllBytesAsync(path, good, Cancel);
        Assert.Equal(VerifyExitCode.Integrity, (await project.VerifyAsync()).ExitCode);
    }

    [Fact]
    [TamperCase(41)]
    public async Task A_segment_that_unpacks_to_more_than_is_allowed_is_refused_before_it_fills_the_memory()
    {
        using var project = Project.Create();
        await project.FillAsync(3);
        await CompressAsync(project);
        var path = Single(project, "*.jsonl.gz");
        await using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 80; i++)
                await gzip.WriteAsync(zeros, Cancel);
        }

        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(44)]
    public async Task A_missing_archive_whose_leaves_are_kept_is_archived_and_not_valid()
    {
        using var project = Project.Create();
        using var archive = new TemporaryFolder();
        await project.FillAsync(5);
        await Retention(project).ArchiveAsync(new RetentionRequest { Before = DateTimeOffset.MaxValue, Actor = Ada }, archive.Path, project.Key, Cancel);
        var report = await project.ExpectAsync(EntryStatus.ValidArchived, VerifyExitCode.Valid);
        Assert.Equal([EntryStatus.ValidArchived, EntryStatus.Valid], report.Entries.Where(static e => e.Entry.Change == "add-login").Select(static e => e.Status).Distinct());
        Assert.Contains("archived", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    [TamperCase(45)]
    public async Task Altered_leaves_are_told_whether_or_not_the_content_is_here()
    {
        using var project = Project.Create();
        using var archive = new TemporaryFolder();
        await project.FillAsync(5);
        await CompressAsync(project);
        var leaves = Single(project, "*.leaves");
        var good = await File.ReadAllBytesAsync(leaves, Cancel);
        var bad = good.ToArray();
        bad[33] ^= 1;
        await File.WriteAllBytesAsync(leaves, bad, Cancel);
        await project.ExpectAsync(EntryStatus.HashMismatch, VerifyExitCode.Integrity);

        await File.WriteAllBytesAsync(leaves, good, Cancel);
        await Retention(project).ArchiveAsync(new RetentionRequest { Before = DateTimeOffset.MaxValue, Actor = Ada }, archive.Path, project.Key, Cancel);
        await project.ExpectAsync(EntryStatus.ValidArchived, VerifyExitCode.Valid);
        await File.WriteAllBytesAsync(leaves, bad, Cancel);
        await project.ExpectAsync(EntryStatus.HashMismatch, VerifyExitCode.Integrity);
        await File.WriteAllBytesAsync(leaves, good[..^1], Cancel);
        Assert.Equal(VerifyExitCode.Integrity, (await project.VerifyAsync()).ExitCode);
    }

    [Fact]
    [TamperCase(45)]
    public async Task Leaves_that_nobody_signed_for_hide_nothing()
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(5);
        var folder = Path.GetDirectoryName(entries[0].FilePath) ?? "";
        var segments = Path.Combine(project.Audit, "seg", Path.GetRelativePath(Path.Combine(project.Audit, "s"), folder));
        Directory.CreateDirectory(segments);
        await File.WriteAllBytesAsync(Path.Combine(segments, "00000001-00000003.leaves"), [.. entries.Take(3).SelectMany(static e => Convert.FromHexString(e.Leaf))], Cancel);
        foreach (var entry in entries.Take(3))
            File.Delete(entry.FilePath);
        await project.ExpectAsync(EntryStatus.Gap, VerifyExitCode.Incomplete);
    }

    [Fact]
    public async Task A_link_where_the_segments_should_be_is_not_followed()
    {
        using var project = Project.Create();
        using var outside = new TemporaryFolder();
        await project.FillAsync(3);
        Directory.CreateSymbolicLink(Path.Combine(project.Audit, "seg"), outside.Path);
        await Assert.ThrowsAnyAsync<Kernel.Errors.ColophonException>(() => CompressAsync(project));
        Assert.Empty(Directory.GetFileSystemEntries(outside.Path));
    }

    private static AuditRetention Retention(Project project) => new(project.Log(), project.Repository, project.Options);

    private static Task<RetentionReport> CompressAsync(Project project) =>
        Retention(project).CompressAsync(new RetentionRequest { Before = DateTimeOffset.MaxValue, Actor = Ada }, project.Key, Cancel);

    private static string Single(Project project, string pattern) =>
        Assert.Single(Directory.GetFiles(Path.Combine(project.Audit, "seg/add-login"), pattern, SearchOption.AllDirectories));

    private static string[] Files(Project project) => [.. Directory.GetFiles(project.Audit, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static void Repack(string path, Func<string, string> change)
    {
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
            gzip.CopyTo(plain);
        using var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        packed.Write(Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(plain.ToArray()))));
    }

    private static async Task CommitAsync(Project project)
    {
        await project.Repository.Git.RunAsync(["add", "-A"], default, Cancel);
        await project.Repository.Git.RunAsync(["commit", "-q", "-m", "work"], default, Cancel);
    }
}
