using Colophon.Kernel.Files;
using Colophon.Provenance.Log;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Tests.Verify;

/// <summary>A log that travels through git: branches, merges, cherry-picks, worktrees.</summary>
public sealed class BranchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("one", "two")]
    [InlineData("two", "one")]
    [TamperCase(55)]
    public async Task Branches_that_both_appended_merge_without_a_conflict_in_either_order(string into, string from)
    {
        using var project = await Project.CreateRealAsync();
        await WorkAsync(project, "base", 3);
        await GitAsync(project, "branch", "two");
        await GitAsync(project, "checkout", "-q", "-b", "one");
        await WorkAsync(project, "one", 2);
        await WorkAsync(project, "one again", 1);
        await GitAsync(project, "checkout", "-q", "two");
        await WorkAsync(project, "two", 2);
        await project.ExpectValidAsync();
        await GitAsync(project, "checkout", "-q", into);
        await GitAsync(project, "merge", "-q", "--no-edit", from);
        await project.ExpectEachAsync(8, strict: true);
        await WorkAsync(project, "after", 1);
        await project.ExpectEachAsync(9, strict: true);
    }

    [Fact]
    public async Task On_another_branch_the_writer_begins_a_stream_and_both_verify()
    {
        using var project = await Project.CreateRealAsync();
        await WorkAsync(project, "base", 1);
        await GitAsync(project, "checkout", "-q", "-b", "side");
        var side = await WorkAsync(project, "side", 2);
        await project.ExpectValidAsync();
        await GitAsync(project, "checkout", "-q", "main");
        await project.ExpectValidAsync();
        var next = await WorkAsync(project, "main", 1);
        Assert.NotEqual(side[0].Predicate.Stream, next[0].Predicate.Stream);
        Assert.Equal(1, next[0].Predicate.Continues?.Seq);
        await project.ExpectValidAsync();
        await GitAsync(project, "checkout", "-q", "side");
        Assert.Equal(4, (await WorkAsync(project, "side again", 1))[0].Predicate.Seq);
        await project.ExpectValidAsync();
    }

    [Fact]
    [TamperCase(56)]
    public async Task A_squash_keeps_the_log_whole_and_a_part_of_it_leaves_a_gap()
    {
        using var project = await Project.CreateRealAsync();
        await WorkAsync(project, "base", 1);
        await GitAsync(project, "checkout", "-q", "-b", "side");
        await WorkAsync(project, "first", 1);
        await WorkAsync(project, "second", 1);
        await GitAsync(project, "checkout", "-q", "-b", "squashed", "main");
        await GitAsync(project, "merge", "-q", "--squash", "side");
        await GitAsync(project, "commit", "-q", "-m", "squashed");
        await project.ExpectValidAsync();
        await GitAsync(project, "checkout", "-q", "-b", "picked", "main");
        await GitAsync(project, "cherry-pick", "side");
        await project.ExpectAsync(EntryStatus.Gap, VerifyExitCode.Incomplete);
    }

    [Fact]
    [TamperCase(35)]
    public async Task A_history_that_still_holds_the_verified_commit_may_not_lose_its_entries()
    {
        using var project = await Project.CreateRealAsync();
        await WorkAsync(project, "base", 1);
        var last = (await WorkAsync(project, "work", 1))[0];
        await project.ExpectValidAsync();
        await GitAsync(project, "rm", "-q", "-r", ".openspec/audit/v1/heads", Path.GetRelativePath(project.Root, Path.GetDirectoryName(last.FilePath) ?? ""));
        await GitAsync(project, "commit", "-q", "-m", "cut");
        await project.ExpectAsync(EntryStatus.Truncated, VerifyExitCode.Integrity);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("amend")]
    [InlineData("whole stream")]
    [TamperCase(35)]
    public async Task Rewritten_history_that_drops_what_was_verified_is_missed_until_that_is_accepted(string how)
    {
        using var project = await Project.CreateRealAsync();
        await WorkAsync(project, "base", 1);
        var last = (await WorkAsync(project, "work", 1, how == "whole stream" ? "other" : "add-login"))[0];
        await project.ExpectValidAsync();
        await GitAsync(project, "reset", "-q", "--hard", "HEAD~1");
        if (how != "reset")
            await GitAsync(project, "commit", "-q", "--amend", "-m", "base, again");
        Assert.False(File.Exists(last.FilePath));
        await project.ExpectAsync(EntryStatus.Truncated, VerifyExitCode.Integrity);
        await project.ExpectAsync(EntryStatus.Truncated, VerifyExitCode.Integrity);
        var accepted = await Verifier.VerifyAsync(project.Repository, new VerifyOptions { ConfigurationDirectory = project.Configuration, AcceptRollback = true }, Cancel);
        Assert.Equal(VerifyExitCode.Valid, accepted.ExitCode);
        await project.ExpectValidAsync();
    }

    [Theory]
    [InlineData("branch", "kept")]
    [InlineData("tag", "kept")]
    public async Task What_another_branch_or_tag_holds_is_not_lost(string kind, string name)
    {
        using var project = await Project.CreateRealAsync();
        await WorkAsync(project, "base", 1);
        await WorkAsync(project, "work", 1);
        await project.ExpectValidAsync();
        await GitAsync(project, kind, name);
        await GitAsync(project, "reset", "-q", "--hard", "HEAD~1");
        await project.ExpectValidAsync();
        await GitAsync(project, "checkout", "-q", Kept(kind), "--");
        await project.ExpectValidAsync();

        static string Kept(string kind) => kind == "branch" ? "kept" : "refs/tags/kept";
    }

    [Fact]
    public async Task A_rebase_a_pick_elsewhere_and_a_head_without_a_branch_lose_nothing()
    {
        using var project = await Project.CreateRealAsync();
        await WorkAsync(project, "base", 1);
        await GitAsync(project, "checkout", "-q", "-b", "topic");
        await WorkAsync(project, "work", 1);
        await project.ExpectValidAsync();
        await GitAsync(project, "checkout", "-q", "main");
        await WorkAsync(project, "meanwhile", 1, "other");
        await project.ExpectValidAsync();
        await GitAsync(project, "rebase", "-q", "main", "topic");
        await project.ExpectValidAsync();
        // What was made on the wrong branch is picked to the right one, and the wrong one goes back.
        await GitAsync(project, "checkout", "-q", "-b", "wrong", "main");
        await WorkAsync(project, "misplaced", 1, "third");
        await project.ExpectValidAsync();
        await GitAsync(project, "checkout", "-q", "topic");
        await GitAsync(project, "cherry-pick", "wrong");
        await GitAsync(project, "checkout", "-q", "wrong");
        await GitAsync(project, "reset", "-q", "--hard", "main");
        await project.ExpectValidAsync();
        await GitAsync(project, "checkout", "-q", "--detach", "topic");
        await WorkAsync(project, "nowhere", 1, "fourth");
        await project.ExpectValidAsync();
        await GitAsync(project, "checkout", "-q", "--detach", "main");
        await project.ExpectValidAsync();
    }

    [Fact]
    public async Task A_working_copy_that_was_restored_from_a_backup_writes_streams_of_its_own()
    {
        using var project = await Project.CreateRealAsync();
        var own = project.Repository.GitDirectory;
        Assert.SkipWhen(FolderBirth.Of(own).Length == 0, "The file system does not tell when a folder was made.");
        var first = (await WorkAsync(project, "base", 1))[0];
        var backup = Path.Combine(project.Configuration, "backup");
        Copy(own, backup);
        Assert.Equal(2, (await WorkAsync(project, "after the backup", 1))[0].Predicate.Seq);
        Directory.Move(own, Path.Combine(project.Configuration, "original"));
        // The clock of a file system moves in steps of some milliseconds, in which no backup is restored.
        while (FolderBirth.Of(own) is "" || FolderBirth.Of(own) == FolderBirth.Of(Path.Combine(project.Configuration, "original")))
        {
            if (Directory.Exists(own))
                Directory.Delete(own);
            Directory.CreateDirectory(own);
        }

        Copy(backup, own);
        await GitAsync(project, "reset", "-q", "--hard");
        await GitAsync(project, "clean", "-q", "-f", "-d");
        var next = (await WorkAsync(project, "restored", 1))[0];
        Assert.NotEqual(first.Predicate.Stream, next.Predicate.Stream);
        await project.ExpectValidAsync();
        await GitAsync(project, "-c", "protocol.file.allow=always", "fetch", "-q", Path.Combine(project.Configuration, "original"), "main");
        await GitAsync(project, "merge", "-q", "--no-edit", "FETCH_HEAD");
        await project.ExpectValidAsync();
        Assert.Equal(3, project.Log().Entries().Count());

        static void Copy(string from, string to)
        {
            foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(to, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? to);
                File.Copy(file, copy);
            }

            Directory.CreateDirectory(Path.Combine(to, "refs"));
        }
    }

    [Theory]
    [InlineData("add-login")]
    [InlineData("other")]
    public async Task After_a_fork_what_comes_next_verifies_by_itself(string change)
    {
        using var project = await Project.CreateRealAsync();
        await WorkAsync(project, "base", 1);
        var memory = Directory.GetFiles(project.Repository.PrivateDirectory, "*", SearchOption.AllDirectories).Select(static f => (Path: f, Bytes: File.ReadAllBytes(f))).ToArray();
        await WorkAsync(project, "one", 1);
        await GitAsync(project, "branch", "one");
        await GitAsync(project, "reset", "-q", "--hard", "HEAD~1");
        // As where the whole disk was set back, which no folder tells.
        foreach (var (path, bytes) in memory)
            await File.WriteAllBytesAsync(path, bytes, Cancel);
        await WorkAsync(project, "two", 1);
        await GitAsync(project, "merge", "-q", "--no-edit", "-X", "ours", "one");
        await project.ExpectAsync(EntryStatus.Fork, VerifyExitCode.Integrity);
        for (var i = 0; i < 3; i++)
        {
            await WorkAsync(project, "next", 1, change);
            var report = await Verifier.VerifyAsync(project.Repository, new VerifyOptions { ConfigurationDirectory = project.Configuration, Range = "HEAD~1..HEAD" }, Cancel);
            Assert.True((report.ExitCode, report.Entries.Count) == (0, 1), report.Summary + string.Concat(report.Findings));
        }
    }

    [Fact]
    public async Task Two_worktrees_write_streams_of_their_own()
    {
        using var project = await Project.CreateRealAsync();
        await WorkAsync(project, "base", 1);
        var other = project.Root + "-other";
        await GitAsync(project, "worktree", "add", "-q", other, "-b", "other");
        var repository = await Kernel.Git.GitRepository.DiscoverAsync(other, Cancel);
        var entry = await AuditLog.Open(repository, project.Options).AppendAsync(Project.Draft(), project.Key, Cancel);
        Assert.Equal(1, entry.Predicate.Seq);
        Assert.Equal(2, (await project.FillAsync(1))[0].Predicate.Seq);
        Assert.StartsWith(other, entry.FilePath, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<Entry>> WorkAsync(Project project, string message, int entries, string change = "add-login")
    {
        var written = await project.FillAsync(entries, change);
        await GitAsync(project, "add", "-A");
        await GitAsync(project, "commit", "-q", "-m", message);
        return written;
    }

    private static async Task GitAsync(Project project, params string[] arguments) => await project.Repository.Git.RunAsync(arguments, default, Cancel);
}
