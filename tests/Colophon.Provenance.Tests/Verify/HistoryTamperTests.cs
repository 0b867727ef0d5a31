using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Tests.Attribution;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Tests.Verify;

/// <summary>Faults that only the commits show: a file that was committed otherwise than accepted, a log that was cut in history, a history that is not all here.</summary>
public sealed class HistoryTamperTests
{
    internal const string First = "one\ntwo\nthree\n";
    internal const string Second = "one\nTWO\nthree\nfour\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("one\nTWO\nthree\nfour\n", true)]
    [InlineData("one\nTWO\nthree\nfour\n# slipped in\n", false)]
    [InlineData("one\nTWO\nthree\n", false)]
    [InlineData(null, false)]
    [TamperCase(49)]
    public async Task What_is_committed_must_be_what_was_accepted(string? committed, bool valid)
    {
        using var project = await SampleAsync();
        await AcceptAsync(project, "a.py", First, Second);
        if (committed is null)
            File.Delete(Path.Combine(project.Root, "a.py"));
        else
            Write(project, "a.py", committed);
        await CommitAsync(project);
        if (valid)
            await project.ExpectValidAsync(strict: true);
        else
            await project.ExpectAsync(EntryStatus.SubjectMismatch, VerifyExitCode.Subject);
    }

    [Theory]
    [InlineData("stray")]
    [InlineData("elsewhere")]
    [TamperCase(49)]
    public async Task An_entry_that_nobody_trusted_signed_excuses_no_other(string said)
    {
        using var project = await SampleAsync();
        using var stranger = SigningKey.Generate();
        await AcceptAsync(project, "a.py", First, Second);
        var altered = Second + "# slipped in\n";
        Write(project, "a.py", altered);
        var accepted = project.Log().Entries().Single(static e => e.Predicate.Kind == EntryKind.Decision);
        var forged = accepted.Predicate with
        {
            Kind = EntryKind.HumanEdit, Id = EntryDraft.NewId(), Change = said, Stream = "abc", Seq = 1, Prev = null, Decision = null, Files = [SampleProject.Change("a.py", First, altered, null, HunkAuthor.Human)],
        };
        var folder = Directory.CreateDirectory(Path.Combine(project.Audit, "s/stray/abc")).FullName;
        Forger.Insert(accepted with { FilePath = Path.Combine(folder, "x") }, stranger, PayloadWriter.Write(forged), 1);
        await CommitAsync(project);
        // In a folder that is not its change's it is misplaced as well.
        var report = await project.ExpectAsync(EntryStatus.SubjectMismatch, said == "stray" ? VerifyExitCode.Signature : VerifyExitCode.Integrity);
        Assert.Equal(EntryStatus.SubjectMismatch, report.Entries.Single(e => e.Entry.Leaf == accepted.Leaf).Status);
    }

    [Fact]
    [TamperCase(49)]
    public async Task An_entry_of_a_human_edit_says_so()
    {
        using var project = await SampleAsync();
        await AcceptAsync(project, "a.py", First, Second);
        await RecordAsync(project, EntryKind.HumanEdit, "a.py", Second, Second + "# mine\n");
        await CommitAsync(project);
        await project.ExpectValidAsync();
        Write(project, "a.py", "all new, later, by hand\n");
        await CommitAsync(project);
        await project.ExpectValidAsync();
    }

    [Fact]
    public async Task A_new_file_whose_line_ends_git_normalises_is_the_same_file()
    {
        using var project = await SampleAsync();
        Write(project, ".gitattributes", "*.txt text eol=crlf\n");
        await AcceptAsync(project, "b.txt", null, "one\r\ntwo\r\n");
        await CommitAsync(project);
        await project.ExpectValidAsync();
    }

    [Fact]
    public async Task Entries_that_come_later_or_earlier_than_their_code_say_nothing_about_a_commit()
    {
        using var project = await SampleAsync();
        await AcceptAsync(project, "a.py", First, Second);
        await GitAsync(project, "add", "a.py");
        await GitAsync(project, "commit", "-q", "-m", "code");
        await CommitAsync(project);
        await project.ExpectValidAsync();
    }

    [Fact]
    [TamperCase(56)]
    public async Task An_octopus_a_rebase_and_a_cherry_pick_of_all_keep_the_log_valid()
    {
        using var project = await SampleAsync();
        await GitAsync(project, "branch", "base");
        string[] branches = ["x", "y", "z"];
        foreach (var branch in branches)
        {
            await GitAsync(project, "checkout", "-q", "-b", branch, "base");
            await AcceptAsync(project, branch + ".py", null, branch + " = 1\n");
            await CommitAsync(project);
        }

        await GitAsync(project, "checkout", "-q", "main");
        await GitAsync(project, ["merge", "-q", "--no-edit", .. branches]);
        Assert.Equal(4, (await GitAsync(project, "rev-list", "--parents", "-1", "HEAD")).Split(' ').Length);
        await project.ExpectValidAsync(strict: true);

        await GitAsync(project, "checkout", "-q", "-b", "moved", "base");
        Write(project, "a.py", "zero\n" + First);
        await CommitAsync(project);
        await GitAsync(project, "checkout", "-q", "-b", "topic", "base");
        await AcceptAsync(project, "a.py", First, First + "four\n");
        await CommitAsync(project);
        await GitAsync(project, "rebase", "-q", "moved");
        await project.ExpectValidAsync();
        await GitAsync(project, "checkout", "-q", "-b", "picked", "moved");
        await GitAsync(project, "cherry-pick", "topic");
        await project.ExpectValidAsync();
    }

    [Fact]
    [TamperCase(56)]
    public async Task A_rebase_that_drops_the_models_lines_is_seen()
    {
        using var project = await SampleAsync();
        await GitAsync(project, "checkout", "-q", "-b", "moved");
        Write(project, "a.py", "zero\n" + First);
        await CommitAsync(project);
        await GitAsync(project, "checkout", "-q", "-b", "topic", "main");
        await AcceptAsync(project, "a.py", First, First + "four\n");
        await CommitAsync(project);
        await GitAsync(project, "rebase", "-q", "moved");
        Write(project, "a.py", "zero\n" + First + "5\n");
        await GitAsync(project, "commit", "-q", "-a", "--amend", "--no-edit");
        await project.ExpectAsync(EntryStatus.SubjectMismatch, VerifyExitCode.Subject);
    }

    [Fact]
    [TamperCase(57)]
    public async Task A_shallow_clone_is_incomplete_and_not_valid()
    {
        using var project = await SampleAsync();
        await AcceptAsync(project, "a.py", First, Second);
        await CommitAsync(project);
        var clone = project.Root + "-shallow";
        await new Kernel.Git.GitRunner("/").RunAsync(["-c", "protocol.file.allow=always", "clone", "-q", "--depth", "1", "file://" + project.Root, clone], default, Cancel);
        var report = await VerifyAsync(clone, project);
        Assert.Equal(VerifyExitCode.Incomplete, report.ExitCode);
        var told = Assert.Single(report.Findings);
        Assert.Equal(EntryStatus.Gap, told.Status);
        Assert.Contains("shallow clone", told.Message, StringComparison.Ordinal);
        Assert.All(report.Entries, static e => Assert.Equal(EntryStatus.Valid, e.Status));
    }

    [Fact]
    [TamperCase(57)]
    public async Task A_missing_object_is_incomplete_and_not_valid()
    {
        using var project = await SampleAsync();
        var tree = await GitAsync(project, "rev-parse", "HEAD^{tree}");
        await AcceptAsync(project, "a.py", First, Second);
        await CommitAsync(project);
        await project.ExpectValidAsync();
        File.Delete(Path.Combine(project.Root, ".git/objects", tree[..2], tree[2..]));
        await project.ExpectAsync(EntryStatus.Gap, VerifyExitCode.Incomplete);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("main")]
    [TamperCase(36)]
    public async Task A_merge_that_drops_one_sides_log_is_seen_by_whoever_has_the_history(string kept)
    {
        using var project = await SampleAsync();
        await GitAsync(project, "checkout", "-q", "-b", "x");
        await AcceptAsync(project, "x.py", null, "x = 1\n");
        await CommitAsync(project);
        await GitAsync(project, "checkout", "-q", "main");
        await AcceptAsync(project, "y.py", null, "y = 1\n");
        await CommitAsync(project);
        await GitAsync(project, "checkout", "-q", kept);
        await GitAsync(project, "merge", "-q", "--no-edit", "-s", "ours", kept == "x" ? "main" : "x");
        var report = await VerifyAsync(project.Root, project);
        Assert.Equal(VerifyExitCode.Integrity, report.ExitCode);
        Assert.Contains(report.Findings, static f => f.Status == EntryStatus.Truncated && f.Path.Contains("/heads/", StringComparison.Ordinal));
    }

    [Fact]
    [TamperCase(24)]
    public async Task A_commit_that_takes_the_log_away_is_seen_on_another_machine()
    {
        using var project = await SampleAsync();
        await AcceptAsync(project, "a.py", First, Second);
        await CommitAsync(project);
        await GitAsync(project, "rm", "-q", "-r", ".openspec/audit/v1/s", ".openspec/audit/v1/heads");
        await CommitAsync(project);
        var clone = project.Root + "-clone";
        await new Kernel.Git.GitRunner("/").RunAsync(["-c", "protocol.file.allow=always", "clone", "-q", project.Root, clone], default, Cancel);
        var report = await VerifyAsync(clone, project);
        Assert.Equal(VerifyExitCode.Integrity, report.ExitCode);
        Assert.Contains(report.Findings, static f => f.Status == EntryStatus.Truncated);
    }

    [Theory]
    [InlineData("\"newLines\":1", "\"newLines\":2")]
    [InlineData("\"oldStart\":2", "\"oldStart\":3")]
    [InlineData("\"lines\":3,", "\"lines\":9,")]
    [TamperCase(50)]
    public async Task Hunks_must_lead_from_the_content_before_to_the_content_after(string said, string instead)
    {
        using var project = Project.Create();
        var change = SampleProject.Change("a.py", First, Second, null, HunkAuthor.Model);
        var entry = await project.Log().AppendAsync(Project.Draft() with { Files = [change] }, project.Key, Cancel);
        Forger.Resign(entry, project.Key, t => t.Contains(said, StringComparison.Ordinal) ? t.Replace(said, instead, StringComparison.Ordinal) : throw new InvalidOperationException(t));
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(34)]
    public async Task Two_heads_that_contradict_each_other_are_seen_even_where_the_entries_are_gone()
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(3);
        var stream = $"{entries[0].Predicate.Change}/{entries[0].Predicate.Stream}";
        var head = new StreamHead(stream, 3, new string('a', 64));
        var note = HeadsNote.Sign(project.Trust?.Repo ?? "", [head], [], [head], project.Key);
        await File.WriteAllBytesAsync(Path.Combine(project.Audit, "heads", note.FileName), note.Note.ToBytes(), Cancel);
        await project.ExpectAsync(EntryStatus.CheckpointMismatch, VerifyExitCode.Integrity);

        // Without the first entry nobody can tell which note is right, only that they cannot both be.
        File.Delete(entries[0].FilePath);
        var report = await project.ExpectAsync(EntryStatus.CheckpointMismatch, VerifyExitCode.Integrity);
        Assert.Contains(report.Findings, static f => f.Message.Contains("vouches for another root", StringComparison.Ordinal));
    }

    [Fact]
    [TamperCase(60)]
    public async Task What_the_holder_of_the_key_rewrites_after_the_last_anchor_is_not_found_and_the_page_says_so()
    {
        using var project = Project.Create();
        var standing = await project.FillAsync(2);
        Directory.Delete(Path.Combine(project.Audit, "s"), recursive: true);
        Directory.Delete(Path.Combine(project.Audit, "heads"), recursive: true);
        Directory.Delete(project.Repository.PrivateDirectory, recursive: true);
        var rewritten = await project.FillAsync(2);
        Assert.NotEqual(standing[1].Leaf, rewritten[1].Leaf);
        await project.ExpectEachAsync(2, strict: true);
        var page = await File.ReadAllTextAsync(Checkout.At("docs/audit-log.md"), Cancel);
        Assert.Contains("The holder of a trusted key can rewrite everything they signed after the last point somebody else remembers", page, StringComparison.Ordinal);
    }

    internal static async Task<Project> SampleAsync(string objects = "sha1")
    {
        var project = await Project.CreateRealAsync(objects);
        Write(project, "a.py", First);
        await project.FillAsync(1);
        await CommitAsync(project);
        await project.ExpectValidAsync();
        return project;
    }

    internal static async Task AcceptAsync(Project project, string path, string? before, string after, string changeName = "add-login", string? from = null)
    {
        var change = SampleProject.Change(path, before, after, from, HunkAuthor.Model);
        var generation = await project.Log().AppendAsync(Project.Draft(changeName) with { Files = [change] }, project.Key, Cancel);
        Write(project, path, after);
        await project.Log().AppendAsync(Project.Draft(changeName, EntryKind.Decision) with { Files = [change], Decision = new Decision { Target = generation.Leaf, Accepted = true } }, project.Key, Cancel);
        await project.Log().SealAsync(project.Key, Cancel);
    }

    internal static async Task RecordAsync(Project project, EntryKind kind, string path, string before, string after)
    {
        Write(project, path, after);
        await project.Log().AppendAsync(Project.Draft(kind: kind) with { Files = [SampleProject.Change(path, before, after, null, HunkAuthor.Human)] }, project.Key, Cancel);
        await project.Log().SealAsync(project.Key, Cancel);
    }

    private static async Task<VerifyReport> VerifyAsync(string root, Project project)
    {
        var repository = await Kernel.Git.GitRepository.DiscoverAsync(root, Cancel);
        return await Verifier.VerifyAsync(repository, new VerifyOptions { ConfigurationDirectory = project.Configuration, AcceptRollback = true }, Cancel);
    }

    internal static void Write(Project project, string path, string text) => File.WriteAllText(Path.Combine(project.Root, path), text);

    internal static async Task CommitAsync(Project project)
    {
        await GitAsync(project, "add", "-A");
        await GitAsync(project, "commit", "-q", "-m", "work");
    }

    internal static async Task<string> GitAsync(Project project, params string[] arguments) => (await project.Repository.Git.RunAsync(arguments, default, Cancel)).Text;
}
