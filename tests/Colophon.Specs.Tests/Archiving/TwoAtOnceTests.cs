using Colophon.Specs.Tests.Golden;

namespace Colophon.Specs.Tests.Archiving;

public sealed class TwoAtOnceTests(ITestOutputHelper output)
{
    private const string Main = "## Purpose\nThis capability exists so that two archives have something to fight over.\n\n## Requirements\n\n### Requirement: A\nIt SHALL stay.\n\n#### Scenario: S\n- **THEN** x\n";

    [Fact]
    public async Task Of_two_archives_of_one_change_one_wins_and_the_other_says_so()
    {
        for (var round = 0; round < 20; round++)
        {
            using var folder = Start();
            var runs = await RunAsync(folder, "c0", "c0");
            var winner = Assert.Single(runs, static run => run.ExitCode == 0);
            var loser = runs[0] == winner ? runs[1] : runs[0];
            Assert.Equal(1, loser.ExitCode);
            Assert.NotEqual("", loser.Output + loser.Error);
            Check(folder, ["New 0"]);
        }
    }

    [Fact]
    public async Task Two_archives_of_two_changes_lose_nothing()
    {
        for (var round = 0; round < 20; round++)
        {
            using var folder = Start();
            var runs = await RunAsync(folder, "c0", "c1");
            var names = new List<string>();
            for (var i = 0; i < 2; i++)
            {
                Assert.Equal(runs[i].ExitCode == 0, !Directory.Exists($"{folder.Path}/openspec/changes/c{i}"));
                if (runs[i].ExitCode == 0)
                    names.Add($"New {i}");
                else
                    Assert.NotEqual("", runs[i].Output + runs[i].Error);
            }

            Assert.NotEmpty(names);
            Check(folder, names);
            // The one that gave way is done by asking once more.
            foreach (var left in folder.Open().Changes)
                Assert.Equal(0, DropInRun.Of(folder.Path, "archive", left, "-y").ExitCode);
            Check(folder, ["New 0", "New 1"]);
        }
    }

    [Fact]
    public void A_tree_that_may_not_be_written_stays_as_it_is()
    {
        using var folder = Start();
        var specs = $"{folder.Path}/openspec/specs/a";
        File.SetUnixFileMode(specs, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            if (MayWrite(specs))
            {
                output.WriteLine("Skipped: this user may write everywhere (root).");
                return;
            }

            Assert.Equal(1, DropInRun.Of(folder.Path, "archive", "c0", "-y").ExitCode);
            Assert.Equal(Main, File.ReadAllText($"{specs}/spec.md"));
            Assert.True(Directory.Exists($"{folder.Path}/openspec/changes/c0"));
        }
        finally
        {
            File.SetUnixFileMode(specs, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static TemporaryTree Start()
    {
        var folder = new TemporaryTree().Add("openspec/specs/a/spec.md", Main).AddFolder("openspec/changes/archive");
        for (var i = 0; i < 2; i++)
            folder.Add($"openspec/changes/c{i}/specs/a/spec.md", $"## ADDED Requirements\n\n### Requirement: New {i}\nIt SHALL come.\n\n#### Scenario: S\n- **THEN** x\n").Add($"openspec/changes/c{i}/proposal.md", "# C\n");
        return folder;
    }

    private static async Task<DropInRun[]> RunAsync(TemporaryTree folder, params string[] changes)
    {
        using var together = new Barrier(changes.Length);
        return await Task.WhenAll(changes.Select(change => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return DropInRun.Of(folder.Path, "archive", change, "-y");
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }

    private static void Check(TemporaryTree folder, IEnumerable<string> added)
    {
        Assert.Equal(added.Prepend("A").Order(StringComparer.Ordinal), folder.Open().Spec("a").Requirements.Select(static requirement => requirement.Name).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Directory.GetFileSystemEntries($"{folder.Path}/openspec/changes/archive"), static entry => Path.GetFileName(entry)[0] == '.');
    }

    private static bool MayWrite(string folder)
    {
        try
        {
            File.WriteAllText($"{folder}/probe", "");
            File.Delete($"{folder}/probe");
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
