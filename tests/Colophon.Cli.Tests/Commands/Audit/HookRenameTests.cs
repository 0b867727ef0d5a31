using Colophon.Provenance.Log;

namespace Colophon.Cli.Tests.Commands.Audit;

/// <summary>Accepted files that have another name, or none, when they are committed.</summary>
public sealed class HookRenameTests
{
    private const string Body = "def start():\n    open_the_door()\n    greet_every_guest()\n    return 0\n";

    [Theory]
    [InlineData(false, Body, "MMMM", "'b.py' is 'a.py' as it was accepted; recorded as a rename")]
    [InlineData(true, Body, "MMMM", "'b.py' is 'a.py' as it was accepted; recorded as a rename")]
    [InlineData(false, "import os\n" + Body, "hMMMM", "'b.py' is 'a.py', edited after it was accepted; recorded as a person's rename and edit")]
    [InlineData(true, "def start():\n    open_the_door()\n    shout()\n    return 0\n", "MMhM", "'b.py' is 'a.py', edited after it was accepted; recorded as a person's rename and edit")]
    public async Task A_rename_before_the_commit_is_recorded(bool stood, string committed, string owners, string told)
    {
        using var project = await HookedProject.CreateAsync();
        if (stood)
        {
            project.Write("a.py", "print('all else')\n");
            await project.CommitAsync();
        }

        var (_, decision) = await project.AcceptAsync("a.py", Body);
        File.Delete(project.At("a.py"));
        project.Write("b.py", committed);
        var commit = await project.CommitAsHookedAsync(".");
        Assert.Equal($"colophon: {told}\n", commit.Error);
        var file = Assert.Single(project.Log().Entries().Single(static e => e.Predicate.Kind == EntryKind.HumanEdit).Predicate.Files);
        Assert.Equal((FileAction.Rename, "a.py", "b.py"), (file.Action, file.RenamedFrom, file.Path));
        Assert.Equal(decision.Predicate.Files[0].After, file.Before);
        await project.ExpectAsync("b.py", owners);
    }

    [Fact]
    public async Task The_likest_of_several_is_the_one_and_of_two_alike_none()
    {
        using var project = await HookedProject.CreateAsync();
        await project.AcceptAsync("one.py", Body);
        await project.AcceptAsync("two.py", Body.Replace("start", "stop", StringComparison.Ordinal) + "stop()\n");
        await project.AcceptAsync("x/same.py", "a = 1\nb = 2\n");
        await project.AcceptAsync("y/same.py", "a = 1\nb = 2\n");
        Directory.Delete(project.At("x"), recursive: true);
        Directory.Delete(project.At("y"), recursive: true);
        File.Delete(project.At("one.py"));
        File.Delete(project.At("two.py"));
        project.Write("first.py", Body + "start()\n");
        project.Write("second.py", Body.Replace("start", "stop", StringComparison.Ordinal) + "stop()\n# done\n");
        project.Write("p/same.py", "a = 1\nb = 2\n");
        project.Write("q/same.py", "a = 1\nb = 2\n");
        var commit = await project.CommitAsHookedAsync(".");
        Assert.Equal(2, commit.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("'first.py' is 'one.py'", commit.Error, StringComparison.Ordinal);
        Assert.Contains("'second.py' is 'two.py'", commit.Error, StringComparison.Ordinal);
        await project.ExpectAsync("first.py", "MMMMh");
        await project.ExpectAsync("second.py", "MMMMMh");
        await project.ExpectAsync("p/same.py", "hh");
    }

    [Fact]
    public async Task A_file_that_was_committed_once_and_is_removed_is_recorded_and_one_that_never_was_is_not()
    {
        using var project = await HookedProject.CreateAsync();
        project.Write("a.py", "one\n");
        await project.CommitAsync();
        await project.AcceptAsync("a.py", "one\ntwo\n");
        await project.AcceptAsync("new.py", Body);
        File.Delete(project.At("a.py"));
        File.Delete(project.At("new.py"));
        project.Write("else.py", "nothing of it\n");
        var commit = await project.CommitAsHookedAsync(".");
        Assert.Equal("colophon: 'a.py' was removed after it was accepted; recorded as a person's edit\n", commit.Error);
        await project.ExpectAsync("else.py", "h");
    }

    [Fact]
    public async Task A_name_that_no_entry_may_have_keeps_nothing_else_from_being_recorded()
    {
        using var project = await HookedProject.CreateAsync();
        await project.AcceptAsync("a.py", Body);
        await project.AcceptAsync("other.py", "one\n");
        File.Move(project.At("a.py"), project.At("b\\c.py"));
        project.Write("other.py", "one\ntwo\n");
        Assert.Equal("colophon: 'other.py' was edited after it was accepted; recorded as a person's edit\n", (await project.CommitAsHookedAsync(".")).Error);
        await project.ExpectAsync("other.py", "Mh");
    }

    [Fact]
    public async Task What_waits_in_the_working_tree_is_neither_renamed_nor_removed()
    {
        using var project = await HookedProject.CreateAsync();
        await project.AcceptAsync("a.py", Body);
        project.Write("copy.py", Body);
        var commit = await project.CommitAsHookedAsync("copy.py");
        Assert.Equal((0, ""), (commit.ExitCode, commit.Error));
        await project.CommitAsHookedAsync("a.py");
        await project.ExpectAsync("a.py", "MMMM");
    }
}
