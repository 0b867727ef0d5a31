using Colophon.Provenance.Attribution;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Tests.Attribution;

public sealed class AttributionTests
{
    private const string Body = "def start():\n    open_the_door()\n    greet_every_guest()\n    return 0\n";

    [Theory]
    [InlineData(false, "AA")]
    [InlineData(true, "hh")]
    public async Task An_entry_that_lies_about_the_committed_content_owns_none_of_it(bool lies, string owners)
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", "one line of code\nanother line of code\n");
        await project.CommitAsync();
        var decision = project.Entries[^1];
        var file = decision.Predicate.Files[0];
        if (lies && file.After is { } after)
            project.Entries[^1] = decision with { Predicate = decision.Predicate with { Files = [file with { After = after with { Sha256 = new string('a', 64) } }] } };
        Assert.Equal(owners, await project.OwnersAsync("a.py"));
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task However_objects_are_named_lines_have_the_same_owners(string objects)
    {
        using var project = await SampleProject.CreateAsync(objects);
        project.Accept("a.py", Body);
        Assert.Equal("AAAA", await project.OwnersAsync("a.py"));
        project.Accept("a.py", "import os\n" + Body, "s0");
        Assert.Equal("BAAAA", await project.OwnersAsync("a.py"));
        await project.CommitAsync();
        project.Write("a.py", "import os\n" + Body + "    # mine\n");
        Assert.Equal("BAAAAh", await project.OwnersAsync("a.py", stored: true));
        await project.CommitAsync();
        project.Accept("a.py", "import os\n" + Body + "    # mine\n    pass\n", "s0");
        Assert.Equal("BAAAAhC", await project.OwnersAsync("a.py", stored: true));
        project.Record(EntryKind.HumanEdit, "a.py", "import os\n" + Body + "    # my own\n    pass\n");
        await project.CommitAsync();
        Assert.Equal("BAAAAhC", await project.OwnersAsync("a.py", stored: true));
        Assert.Equal("BAAAAhC", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task A_line_without_an_entry_is_a_persons()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", Body);
        await project.CommitAsync();
        Assert.Equal("hhhh", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task An_accepted_line_is_the_entrys_before_and_after_the_commit()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\n" + Body);
        Assert.Equal("hAAAA", await project.OwnersAsync("a.py"));
        await project.CommitAsync();
        Assert.Equal("hAAAA", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task A_repository_without_commits_has_owners_too()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", Body);
        project.Write("b.py", "x\n");
        Assert.Equal("AAAA", await project.OwnersAsync("a.py"));
        Assert.Equal("h", await project.OwnersAsync("b.py"));
    }

    [Fact]
    public async Task A_persons_edit_after_acceptance_is_the_persons_and_says_what_it_overrides()
    {
        using var project = await SampleProject.CreateAsync();
        var leaf = project.Accept("a.py", Body);
        project.Write("a.py", Body.Replace("greet_every_guest()", "shout()", StringComparison.Ordinal));
        await project.CommitAsync();
        Assert.Equal("AAhA", await project.OwnersAsync("a.py"));
        project.Write("a.py", Body.Replace("greet_every_guest()", "shout()", StringComparison.Ordinal).Replace("return 0", "return 1", StringComparison.Ordinal));
        Assert.Equal("AAhh", await project.OwnersAsync("a.py"));
        var file = Assert.Single((await project.AttributeAsync()).Files, static f => f.Path == "a.py");
        Assert.Equal(leaf, file.Runs[^1].Owner.Overrides);
        Assert.Null(file.Runs[^1].Owner.Commit);
    }

    [Fact]
    public async Task Two_tasks_on_one_file_in_one_commit_keep_their_own_lines()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\n\ndef one():\n    return 1\n");
        project.Accept("a.py", "import os\n\ndef two():\n    return 2\n\ndef one():\n    return 1\n");
        await project.CommitAsync();
        var owners = await project.OwnersAsync("a.py");
        Assert.Equal(3, owners.Count(static o => o == 'A'));
        Assert.Equal(3, owners.Count(static o => o == 'B'));
        Assert.StartsWith("h", owners, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_between_two_tasks_that_nothing_recorded_is_the_persons()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\ndef one():\n    return 1\n");
        project.Write("a.py", "import os\nimport sys\ndef one():\n    return 1\n");
        project.Accept("a.py", "import os\nimport sys\ndef one():\n    return 1\ndef two():\n    return 2\n");
        await project.CommitAsync();
        Assert.Equal("hhAABB", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task Edits_before_and_after_two_tasks_leave_each_its_lines()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\ndef one():\n    return 1\n");
        project.Write("a.py", "import os\nimport sys\ndef one():\n    return 1\n");
        project.Accept("a.py", "import os\nimport sys\ndef one():\n    return 1\ndef two():\n    return 2\n");
        project.Write("a.py", "import os\nimport sys\ndef one():\n    return 1\ndef two():\n    return 22\n");
        await project.CommitAsync();
        Assert.Equal("hhAABh", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task Lines_a_person_edited_in_review_are_the_persons()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", "x\ny\n", human: true);
        await project.CommitAsync();
        Assert.Equal("hh", await project.OwnersAsync("a.py"));
    }

    [Fact, TamperCase(59)]
    public async Task A_rejected_generation_never_counts()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Reject("a.py", "import os\n" + Body);
        project.Write("a.py", "import os\n" + Body);
        Assert.Equal("hhhhh", await project.OwnersAsync("a.py"));
        await project.CommitAsync();
        Assert.Equal("hhhhh", await project.OwnersAsync("a.py"));
    }

    [Fact, TamperCase(59)]
    public async Task A_decision_that_another_contradicts_speaks_for_nothing()
    {
        using var project = await SampleProject.CreateAsync();
        var leaf = project.Accept("a.py", Body);
        var target = project.Entries.Single(e => e.Leaf == leaf).Predicate.Decision?.Target ?? "";
        project.Append(EntryKind.Decision, "s2", [], new Decision { Target = target, Accepted = false });
        await project.CommitAsync();
        Assert.Equal("????", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task Lines_that_only_an_unauthentic_entry_claims_are_unknown()
    {
        using var project = await SampleProject.CreateAsync();
        project.Untrusted.Add(project.Accept("a.py", Body));
        await project.CommitAsync();
        Assert.Equal("????", await project.OwnersAsync("a.py"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_forged_format_makes_no_persons_lines_a_models(bool stored)
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\n" + Body);
        await project.CommitAsync();
        project.Untrusted.Add(project.Record(EntryKind.Format, "a.py", "import os\nmine(1)\nmine(2)\nmine(3)\nmine(4)\n", stream: "s2"));
        await project.CommitAsync();
        Assert.Equal("hhhhh", await project.OwnersAsync("a.py", stored));
        // A store does not outlive what was believed when it was made.
        project.Untrusted.Clear();
        Assert.Equal("hAAAA", await project.OwnersAsync("a.py", stored));
    }

    [Fact]
    public async Task A_forged_discard_takes_no_lines_from_a_model()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\n" + Body);
        project.Untrusted.Add(project.Record(EntryKind.Discard, "a.py", "import os\n", stream: "s2"));
        project.Untrusted.Add(project.Record(EntryKind.Format, "a.py", "import os\n" + Body, stream: "s2"));
        await project.CommitAsync();
        Assert.Equal("hAAAA", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task A_forged_twin_of_a_late_entry_takes_nothing_from_it()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\n" + Body);
        project.Write("a.py", "import os\n");
        project.Untrusted.Add(project.Accept("a.py", "import os\n" + Body, stream: "s0"));
        project.Write("a.py", "import os\n" + Body + "mine\n");
        await project.GitAsync("add", "a.py");
        await project.GitAsync("commit", "-qm", "code only");
        Assert.Equal("hAAAAh", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task A_decision_without_its_generation_speaks_for_nothing()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", Body);
        await project.CommitAsync();
        project.Entries.RemoveAll(static e => e.Predicate.Kind == EntryKind.Generation);
        Assert.Equal("????", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task Reformatting_keeps_owners()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", Body);
        await project.CommitAsync();
        project.Write("a.py", Body.Replace("    ", "\t", StringComparison.Ordinal).ReplaceLineEndings("\r\n"));
        await project.CommitAsync();
        Assert.Equal("AAAA", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task A_format_entry_never_changes_an_owner()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "call(a, b, c)\n");
        await project.CommitAsync();
        project.Accept("a.py", "call(a, b, c)\nother(d, e, f)\n");
        project.Record(EntryKind.Format, "a.py", "call(\n    a,\n    b, c)\nother(\n    d,\n    e, f)\n");
        await project.CommitAsync();
        Assert.Equal("hhhAAA", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task A_human_edit_entry_is_the_persons()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", "one\ntwo\n");
        project.Record(EntryKind.HumanEdit, "a.py", "one\ntwo\nthree\n");
        await project.CommitAsync();
        Assert.Equal("AAh", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task A_rename_takes_owners_along()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", Body);
        await project.CommitAsync();
        await project.GitAsync("mv", "a.py", "b.py");
        Assert.Equal("AAAA", await project.OwnersAsync("b.py"));
        await project.CommitAsync();
        Assert.Equal("AAAA", await project.OwnersAsync("b.py"));
        Assert.Equal("-", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task A_task_that_renames_a_file_another_task_wrote_keeps_both()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", Body);
        project.Accept("b.py", Body + "start()\n", from: "a.py");
        await project.CommitAsync();
        Assert.Equal("AAAAB", await project.OwnersAsync("b.py"));
    }

    [Fact]
    public async Task Moved_lines_keep_their_owner_and_short_ones_do_not()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", Body);
        project.Write("c.py", "x\ny\n");
        await project.CommitAsync();
        project.Write("a.py", "pass\n");
        project.Write("b.py", "# moved here\n" + Body);
        project.Write("c.py", "z\n");
        project.Write("d.py", "x\ny\n");
        await project.CommitAsync();
        Assert.Equal("hAAAA", await project.OwnersAsync("b.py"));
    }

    [Fact]
    public async Task What_a_model_only_moves_stays_its_writers()
    {
        using var project = await SampleProject.CreateAsync();
        var rest = string.Concat(Enumerable.Range(0, 6).Select(static i => $"another_line_of_mine({i})\n"));
        project.Write("a.py", Body + rest);
        project.Write("c.py", Body.Replace("start", "stop", StringComparison.Ordinal));
        await project.CommitAsync();
        project.Accept("a.py", rest + "added()\n" + Body);
        Assert.Equal("hhhhhhAhhhh", await project.OwnersAsync("a.py"));
        project.Accept("b.py", "# head\n" + project.Read("c.py"));
        project.Accept("c.py", "pass\n");
        await project.CommitAsync();
        Assert.Equal("hhhhhhAhhhh", await project.OwnersAsync("a.py"));
        Assert.Equal("Bhhhh", await project.OwnersAsync("b.py"));
    }

    [Fact]
    public async Task A_renamed_file_that_its_entry_calls_new_keeps_the_owners_of_what_it_kept()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", Body);
        await project.CommitAsync();
        project.Accept("b.py", Body + "start()\n");
        project.Accept("a.py", null);
        await project.CommitAsync();
        Assert.Equal("hhhhA", await project.OwnersAsync("b.py"));
    }

    [Fact]
    public async Task A_copy_is_not_a_move()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", Body);
        await project.CommitAsync();
        project.Write("b.py", Body + Body);
        await project.CommitAsync();
        Assert.Equal("hhhhhhhh", await project.OwnersAsync("b.py"));
    }

    [Fact]
    public async Task Entries_committed_after_the_code_speak_for_it_by_their_hashes()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\ndef one():\n");
        project.Accept("a.py", "import os\ndef one():\n    return 1\n");
        await project.GitAsync("add", "a.py");
        await project.GitAsync("commit", "-qm", "code only");
        Assert.Equal("hAB", await project.OwnersAsync("a.py"));
        project.Write("a.py", "import os\ndef one():\n    return 1\nx = 1\n");
        await project.CommitAsync();
        Assert.Equal("hABh", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task A_late_entry_that_arrives_after_the_store_was_made_counts()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\ndef one():\n");
        var late = project.Entries.ToArray();
        project.Entries.Clear();
        await project.GitAsync("add", "a.py");
        await project.GitAsync("commit", "-qm", "code only");
        Assert.Equal("hh", await project.OwnersAsync("a.py", stored: true));
        project.Entries.AddRange(late);
        Assert.Equal("hA", await project.OwnersAsync("a.py", stored: true));
        project.Entries.Clear();
        Assert.Equal("hh", await project.OwnersAsync("a.py", stored: true));
    }

    [Fact]
    public async Task A_late_entry_keeps_its_lines_beside_a_persons_edit_where_all_of_its_text_landed()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\n" + Body);
        project.Write("a.py", "import os\n" + Body + "mine\n");
        await project.GitAsync("add", "a.py");
        await project.GitAsync("commit", "-qm", "code only");
        Assert.Equal("hAAAAh", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task A_late_entry_whose_text_landed_in_part_claims_nothing()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\n" + Body);
        project.Write("a.py", "import os\n" + Body[..^12] + "mine\n");
        await project.GitAsync("add", "a.py");
        await project.GitAsync("commit", "-qm", "code only");
        Assert.DoesNotContain("A", await project.OwnersAsync("a.py"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_entry_keeps_its_lines_where_a_person_edited_before_it()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Write("a.py", "import os\nimport sys\n");
        project.Accept("a.py", "import os\nimport sys\n" + Body);
        await project.GitAsync("add", "a.py");
        await project.GitAsync("commit", "-qm", "code only");
        Assert.Equal("hhAAAA", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task Two_late_entries_that_would_do_equally_claim_nothing()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\n" + Body);
        project.Write("a.py", "import os\n");
        project.Accept("a.py", "import os\n" + Body);
        project.Write("a.py", "import os\n" + Body + "mine\n");
        await project.GitAsync("add", "a.py");
        await project.GitAsync("commit", "-qm", "code only");
        Assert.Equal("hhhhhh", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task Hunks_that_do_not_make_the_committed_text_claim_nothing()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        var lie = SampleProject.Change("a.py", "import os\n", "import os\n" + Body, null, HunkAuthor.Model);
        lie = lie with { Hunks = [.. lie.Hunks.Select(static h => h with { Lines = LineHash.Pack([1, 2, 3, 4]) })] };
        project.Write("a.py", "import os\n" + Body);
        var target = project.Append(EntryKind.Generation, "s1", [lie], null);
        project.Append(EntryKind.Decision, "s1", [lie], new Decision { Target = target, Accepted = true });
        await project.CommitAsync();
        Assert.Equal("hhhhh", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task Lines_of_a_shallow_clone_are_unknown_where_their_history_is_cut()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "one\ntwo\n");
        await project.CommitAsync();
        project.Write("a.py", "one\ntwo\nthree\n");
        var head = await project.CommitAsync();
        File.WriteAllText(Path.Combine(project.Repository.GitDirectory, "shallow"), head + "\n");
        Assert.Equal("???", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task Binary_files_and_links_are_left_out_and_the_log_is_no_code()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", Body);
        project.Write("b.bin", "a\0b\n");
        File.CreateSymbolicLink(Path.Combine(project.Root, "link"), "a.py");
        await project.CommitAsync();
        var attribution = await project.AttributeAsync();
        Assert.Equal(["a.py"], attribution.Files.Select(static f => f.Path));
        Assert.Equal([new SkippedFile("b.bin", SkipReason.Binary)], attribution.Skipped);
    }
}
