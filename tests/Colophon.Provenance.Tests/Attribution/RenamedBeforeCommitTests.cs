using Colophon.Provenance.Log;

namespace Colophon.Provenance.Tests.Attribution;

/// <summary>What happens to accepted text between acceptance and its first commit: other names, other files, there and back.</summary>
public sealed class RenamedBeforeCommitTests
{
    private const string Body = "def start():\n    open_the_door()\n    greet_every_guest()\n    return 0\n";

    [Fact]
    public async Task A_new_file_that_got_another_name_before_its_commit_is_its_entrys()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", "x\ny\n");
        File.Move(Path.Combine(project.Root, "a.py"), Path.Combine(project.Root, "b.py"));
        Assert.Equal("AA", await project.OwnersAsync("b.py"));
        await project.CommitAsync();
        Assert.Equal("AA", await project.OwnersAsync("b.py", stored: true));
        Assert.Equal("AA", await project.OwnersAsync("b.py", stored: true));
    }

    [Fact]
    public async Task A_file_that_was_rewritten_and_got_another_name_keeps_what_stood_before()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\n" + Body + Body.Replace("start", "stop", StringComparison.Ordinal));
        await project.GitAsync("mv", "a.py", "b.py");
        await project.CommitAsync();
        Assert.Equal("hAAAAAAAA", await project.OwnersAsync("b.py"));
    }

    [Fact]
    public async Task A_copy_and_two_files_that_could_each_be_it_are_not_guessed()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", "x\ny\n");
        project.Accept("b.py", "v\nw\n");
        project.Accept("c.py", "v\nw\n");
        project.Write("copy.py", "x\ny\n");
        File.Move(Path.Combine(project.Root, "b.py"), Path.Combine(project.Root, "d.py"));
        File.Move(Path.Combine(project.Root, "c.py"), Path.Combine(project.Root, "e.py"));
        await project.CommitAsync();
        Assert.Equal("hh", await project.OwnersAsync("copy.py"));
        Assert.Equal("hh", await project.OwnersAsync("d.py"));
        Assert.Equal("hh", await project.OwnersAsync("e.py"));
    }

    [Fact]
    public async Task Runs_of_text_that_was_taken_apart_before_its_commit_are_the_entrys()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("gone.py", Body);
        project.Accept("kept.py", "import os\n" + Body.Replace("start", "stop", StringComparison.Ordinal));
        File.Delete(Path.Combine(project.Root, "gone.py"));
        project.Write("kept.py", "import os\n");
        project.Write("new.py", "# put together by hand\n" + Body + "\n" + Body.Replace("start", "stop", StringComparison.Ordinal));
        await project.CommitAsync();
        Assert.Equal("hAAAAhBBBB", await project.OwnersAsync("new.py"));
        Assert.Equal("B", await project.OwnersAsync("kept.py"));
    }

    [Fact]
    public async Task A_person_who_goes_back_to_what_was_accepted_wrote_none_of_it()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\none\n");
        project.Accept("a.py", "import os\none\ntwo\nthree\n");
        project.Record(EntryKind.HumanEdit, "a.py", "import os\nTWO\n");
        project.Record(EntryKind.HumanEdit, "a.py", "import os\none\ntwo\nthree\n");
        await project.CommitAsync();
        Assert.Equal("hABB", await project.OwnersAsync("a.py"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_rest_of_what_was_accepted_is_the_entrys_though_a_part_was_committed_before(bool recorded)
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", "one\ntwo\nthree\n");
        project.Record(EntryKind.HumanEdit, "a.py", "one\nthree\n");
        await project.CommitAsync();
        if (recorded)
            project.Record(EntryKind.HumanEdit, "a.py", "one\ntwo\nthree\n");
        project.Write("a.py", "one\ntwo\nthree\n");
        await project.CommitAsync();
        Assert.Equal("AAA", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task An_earlier_word_of_a_person_does_not_become_a_models()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "one\n");
        await project.CommitAsync();
        project.Record(EntryKind.HumanEdit, "a.py", "one\ntwo\n");
        await project.CommitAsync();
        project.Write("a.py", "one\n");
        await project.CommitAsync();
        project.Accept("a.py", "one\ntwo\n", stream: "s2");
        await project.GitAsync("checkout", "-q", "HEAD", "--", "a.py");
        await project.CommitAsync();
        Assert.Equal("h", await project.OwnersAsync("a.py"));
        await project.GitAsync("checkout", "-q", "HEAD~2");
        Assert.Equal("hh", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task What_another_branch_brought_stays_its_writers_where_a_person_settled_a_merge()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "top\nend\n");
        await project.CommitAsync();
        await project.GitAsync("checkout", "-q", "-b", "x");
        project.Accept("a.py", "top\nfrom the branch x\nend\n", "x");
        await project.CommitAsync();
        await project.GitAsync("checkout", "-q", "main");
        project.Accept("a.py", "top\nfrom the main branch\nend\n");
        await project.CommitAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => project.GitAsync("merge", "-q", "x"));
        project.Write("a.py", "top\nfrom the main branch\nend\n");
        project.Record(EntryKind.HumanEdit, "a.py", "top\nfrom the main branch\nfrom the branch x\nby hand\nend\n");
        await project.CommitAsync();
        Assert.Equal("hBAhh", await project.OwnersAsync("a.py"));
    }
}
