using System.Text;
using Colophon.Provenance.Log;
using Colophon.Provenance.Tests.Attribution;
using Colophon.Provenance.Verify;
using static Colophon.Provenance.Tests.Verify.HistoryTamperTests;

namespace Colophon.Provenance.Tests.Verify;

/// <summary>Code that was committed otherwise than accepted in a disguise, and entries that lie about content which is at hand.</summary>
public sealed class SubjectTamperTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", true)]
    [InlineData("rm -rf /\n", false)]
    [InlineData(null, false)]
    public async Task Only_the_very_pointer_to_the_accepted_content_stands_for_it(string? more, bool valid)
    {
        using var project = await SampleAsync();
        await AcceptAsync(project, "a.py", First, Second);
        var other = more is null;
        var digest = FileDigest.Of(Encoding.UTF8.GetBytes(other ? "else" : Second));
        Write(project, "a.py", $"version https://git-lfs.github.com/spec/v1\noid sha256:{digest.Sha256}\nsize {digest.Bytes}\n{more}");
        await CommitAsync(project);
        await ExpectSubjectAsync(project, valid);
    }

    [Theory]
    [InlineData(Second, true)]
    [InlineData(Second + "# slipped in\n", false)]
    [InlineData("pointer", true)]
    [InlineData("pointer to another", false)]
    public async Task Where_objects_are_named_by_sha_256_the_content_is_compared(string committed, bool valid)
    {
        using var project = await SampleAsync("sha256");
        await AcceptAsync(project, "a.py", First, Second);
        Write(project, "a.py", committed.StartsWith("pointer", StringComparison.Ordinal) ? Pointer(committed.Length > 7 ? "else" : Second) : committed);
        await CommitAsync(project);
        await ExpectSubjectAsync(project, valid);
    }

    [Theory]
    [InlineData(Second)]
    [InlineData(Second + "# slipped in\n")]
    public async Task Content_that_is_not_here_is_a_gap_and_no_accusation(string committed)
    {
        using var project = await SampleAsync();
        await AcceptAsync(project, "a.py", First, Second);
        Write(project, "a.py", committed);
        await CommitAsync(project);
        var blob = await GitAsync(project, "rev-parse", "HEAD:a.py");
        File.Delete(Path.Combine(project.Root, ".git/objects", blob[..2], blob[2..]));
        await project.ExpectAsync(EntryStatus.Gap, VerifyExitCode.Incomplete);
    }

    [Fact]
    public async Task A_large_binary_file_may_not_be_another_one()
    {
        using var project = await SampleAsync();
        await AcceptBinaryAsync(project, null, "\0one");
        Write(project, "a.bin", Pointer("\0one"));
        await CommitAsync(project);
        await project.ExpectValidAsync();
        await AcceptBinaryAsync(project, "\0one", "\0two");
        Write(project, "a.bin", Pointer("\0two"));
        await CommitAsync(project);
        await project.ExpectValidAsync();
        Write(project, "a.bin", Pointer("\0three"));
        await GitAsync(project, "commit", "-q", "-a", "--amend", "--no-edit");
        await project.ExpectAsync(EntryStatus.SubjectMismatch, VerifyExitCode.Subject);
    }

    [Theory]
    [InlineData("120000")]
    [InlineData("160000")]
    public async Task A_link_or_a_submodule_in_the_place_of_the_file_is_seen(string mode)
    {
        using var project = await SampleAsync();
        await AcceptAsync(project, "a.py", First, Second);
        await GitAsync(project, "add", "-A");
        var id = mode == "160000" ? await GitAsync(project, "rev-parse", "HEAD") : await GitAsync(project, "hash-object", "-w", "--stdin", "--path", "x");
        await GitAsync(project, "update-index", "--cacheinfo", $"{mode},{id},a.py");
        await GitAsync(project, "commit", "-q", "-m", "swapped");
        await project.ExpectAsync(EntryStatus.SubjectMismatch, VerifyExitCode.Subject);
    }

    [Theory]
    [InlineData("one\ntwo\n", true)]
    [InlineData("one\ntwo\nevil\n", false)]
    public async Task A_file_made_and_renamed_in_one_commit_is_compared_under_its_last_name(string committed, bool valid)
    {
        using var project = await SampleAsync();
        await AcceptAsync(project, "new.py", null, "one\ntwo\n");
        await RenameAsync(project, "new.py", "renamed.py", "one\ntwo\n");
        Write(project, "renamed.py", committed);
        await CommitAsync(project);
        await ExpectSubjectAsync(project, valid);
    }

    [Theory]
    [InlineData(Second, true)]
    [InlineData("all\nelse\nnow\nhere\n", false)]
    public async Task A_file_changed_and_renamed_in_one_commit_is_compared_with_what_it_was(string committed, bool valid)
    {
        using var project = await SampleAsync();
        await AcceptAsync(project, "a.py", First, Second);
        await RenameAsync(project, "a.py", "renamed.py", Second);
        Write(project, "renamed.py", committed);
        await CommitAsync(project);
        await ExpectSubjectAsync(project, valid);
    }

    [Theory]
    [InlineData("b.py", Second, true)]
    [InlineData("b.py", Second + "# slipped in\n", false)]
    [InlineData(null, "", false)]
    [TamperCase(49)]
    public async Task A_file_that_got_another_name_without_an_entry_must_have_exactly_what_was_accepted(string? name, string committed, bool valid)
    {
        using var project = await SampleAsync();
        await AcceptAsync(project, "a.py", First, Second);
        File.Delete(Path.Combine(project.Root, "a.py"));
        if (name is not null)
            Write(project, name, committed);
        await CommitAsync(project);
        await ExpectSubjectAsync(project, valid);
    }

    [Theory]
    [InlineData("one\nTWO\n", true)]
    [InlineData("one\nTWO\nevil\n", false)]
    [TamperCase(49)]
    public async Task Files_that_got_other_names_and_gits_line_ends_are_found(string committed, bool valid)
    {
        using var project = await SampleAsync();
        Write(project, "c.py", First);
        await CommitAsync(project);
        await AcceptAsync(project, "a.py", First, "one\r\nTWO\r\n");
        await AcceptAsync(project, "c.py", First, "three\r\nfour\r\n");
        File.Delete(Path.Combine(project.Root, "a.py"));
        File.Delete(Path.Combine(project.Root, "c.py"));
        Write(project, "b.py", committed);
        Write(project, "d.py", "three\nfour\n");
        await CommitAsync(project);
        await ExpectSubjectAsync(project, valid);
    }

    [Theory]
    [InlineData(Second)]
    [InlineData(Second + "# mine\n")]
    [InlineData(null)]
    [TamperCase(49)]
    public async Task Of_a_new_file_that_the_commit_does_not_hold_nothing_is_said(string? committed)
    {
        using var project = await SampleAsync();
        await AcceptAsync(project, "n.py", null, Second);
        File.Delete(Path.Combine(project.Root, "n.py"));
        if (committed is not null)
            Write(project, "b.py", committed);
        await CommitAsync(project);
        await project.ExpectValidAsync(strict: true);
    }

    [Theory]
    [InlineData("two\n", true)]
    [InlineData("one\n", false)]
    [InlineData("two\nevil\n", false)]
    public async Task Where_one_stream_goes_on_from_another_its_word_is_the_last(string committed, bool valid)
    {
        using var project = await SampleAsync();
        await AcceptAsync(project, "n.txt", null, "one\n", "b-first");
        project.Clock.Now = project.Clock.Now.AddMinutes(1);
        await AcceptAsync(project, "n.txt", "one\n", "two\n", "a-second");
        Write(project, "n.txt", committed);
        await CommitAsync(project);
        await ExpectSubjectAsync(project, valid);
    }

    [Theory]
    [InlineData("\"lines\":4,\"sha256\":\"", "\"lines\":4,\"sha256\":\"", true)]
    [InlineData("\"bytes\":19", "\"bytes\":20", false)]
    [InlineData("\"eol\":\"lf\",\"gitBlob\":\"{0}\"", "\"eol\":\"none\",\"gitBlob\":\"{0}\"", false)]
    [InlineData("\"sha256\":\"{1}", "\"sha256\":\"{2}", false)]
    [InlineData("\"lines\":\"{3}\"", "\"lines\":\"{4}\"", false)]
    [InlineData("\"lines\":\"{3}\"", "\"lines\":\"{4}\"", false, "sha256")]
    public async Task What_an_entry_says_of_content_that_is_at_hand_must_be_so(string said, string instead, bool valid, string objects = "sha1")
    {
        using var project = await SampleAsync(objects);
        await AcceptAsync(project, "a.py", First, Second);
        await CommitAsync(project);
        var digest = FileDigest.Of(Encoding.UTF8.GetBytes(Second));
        object[] values = [digest.GitBlob, digest.Sha256, new string('a', 64), LineHash.Pack([LineHash.Of("TWO")]), LineHash.Pack([LineHash.Of("too")])];
        var decision = project.Log().Entries().Last(static e => e.Predicate.Kind == EntryKind.Decision);
        string Fill(string text) => string.Format(System.Globalization.CultureInfo.InvariantCulture, text, values);
        Forger.Resign(decision, project.Key, t => t.Contains(Fill(said), StringComparison.Ordinal) ? t.Replace(Fill(said), Fill(instead), StringComparison.Ordinal) : throw new InvalidOperationException(t));
        Forger.DropNotes(project);
        await GitAsync(project, "add", "-A");
        await GitAsync(project, "commit", "-q", "--amend", "--no-edit");
        var report = await project.VerifyAsync();
        Assert.Equal(valid, report.Entries.All(static e => e.Status != EntryStatus.HashMismatch));
    }

    private static async Task ExpectSubjectAsync(Project project, bool valid)
    {
        if (valid)
            await project.ExpectValidAsync(strict: true);
        else
            await project.ExpectAsync(EntryStatus.SubjectMismatch, VerifyExitCode.Subject);
    }

    private static async Task RenameAsync(Project project, string from, string to, string content)
    {
        File.Move(Path.Combine(project.Root, from), Path.Combine(project.Root, to));
        await AcceptAsync(project, to, content, content, from: from);
    }

    private static async Task AcceptBinaryAsync(Project project, string? before, string after)
    {
        var change = SampleProject.Change("a.bin", before, after, null, HunkAuthor.Model) with { Hunks = [] };
        var generation = await project.Log().AppendAsync(Project.Draft() with { Files = [change] }, project.Key, Cancel);
        await project.Log().AppendAsync(Project.Draft(kind: EntryKind.Decision) with { Files = [change], Decision = new Decision { Target = generation.Leaf, Accepted = true } }, project.Key, Cancel);
        await project.Log().SealAsync(project.Key, Cancel);
    }

    private static string Pointer(string content)
    {
        var digest = FileDigest.Of(Encoding.UTF8.GetBytes(content));
        return $"version https://git-lfs.github.com/spec/v1\noid sha256:{digest.Sha256}\nsize {digest.Bytes}\n";
    }
}
