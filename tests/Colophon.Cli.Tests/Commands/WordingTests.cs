namespace Colophon.Cli.Tests.Commands;

/// <summary>What commands say about things that are not where somebody looked, and in which shape.</summary>
public sealed class WordingTests
{
    private const string Delta = "## ADDED Requirements\n\n### Requirement: Q\nIt SHALL q.\n\n#### Scenario: s\n- **WHEN** a\n- **THEN** b\n";

    [Theory]
    [InlineData("validate --all")]
    [InlineData("list")]
    public async Task A_line_feed_in_a_name_begins_no_line(string line)
    {
        using var folder = new TemporaryFolder();
        folder.Write("openspec/changes/add\nvalid/tasks.md", "- [ ] 1 a\n");
        var run = await CliRun.OfAsync(folder.Path, line.Split(' '));
        Assert.DoesNotContain("\nvalid", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tree_below_is_named_from_where_the_user_stands()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mono/p1/openspec/changes/a/tasks.md", "- [ ] 1.1 a\n");
        var run = await CliRun.OfAsync(folder.Path, ["list", "--root", "mono"]);
        Assert.Contains("--root mono/p1\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.OfAsync(folder.Path, ["list", "--root", "mono/p1"])).ExitCode);
    }

    [Fact]
    public async Task An_archived_change_is_named_by_its_archived_name()
    {
        using var folder = new TemporaryFolder();
        folder.Write("openspec/changes/rank-b/tasks.md", "- [ ] 1.1 a\n");
        folder.Write("openspec/changes/archive/2026-11-20-rank-a/tasks.md", "- [x] 1.1 a\n");
        foreach (var command in (string[])["status", "show"])
        {
            var run = await CliRun.OfAsync(folder.Path, [command, "rank-a"]);
            Assert.StartsWith("error COL1011: The change 'rank-a' is archived as '2026-11-20-rank-a'.", run.Error, StringComparison.Ordinal);
        }

        Assert.StartsWith("error COL1011: There is no change 'ank-a'.", (await CliRun.OfAsync(folder.Path, ["status", "ank-a"])).Error, StringComparison.Ordinal);
        Assert.StartsWith("error COL1011: There is no change and no specification 'nope'.", (await CliRun.OfAsync(folder.Path, ["show", "nope"])).Error, StringComparison.Ordinal);
        Assert.StartsWith("error COL1011: There is no change and no specification 'nope'.", (await CliRun.OfAsync(folder.Path, ["validate", "nope"])).Error, StringComparison.Ordinal);
        Assert.StartsWith("error COL1011: There is no change 'nope'.", (await CliRun.OfAsync(folder.Path, ["approve", "nope"])).Error, StringComparison.Ordinal);
        Assert.StartsWith("error COL7511", (await CliRun.OfAsync(folder.Path, ["approve", "rank-b"])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_the_tasks_own_is_said_once()
    {
        using var folder = new TemporaryFolder();
        folder.Write("openspec/changes/a/tasks.md", "- [ ] 1 a\n- [ ] b\n");
        var run = await CliRun.OfAsync(folder.Path, ["status"]);
        Assert.Contains("  [ ] 1 a  <- next\n  [ ] 2 b\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_change_that_was_not_asked_for_begins_with_its_files()
    {
        using var folder = new TemporaryFolder();
        folder.Write("openspec/config.yaml", "schema: spec-driven\n");
        Assert.StartsWith("created  ", (await CliRun.OfAsync(folder.Path, ["new", "change", "add-x"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_cannot_be_written_is_named_and_no_file_beside_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("openspec/specs/a/spec.md", "# a\n");
        // A file where the folder of changes would be refuses whoever runs this.
        folder.Write("openspec/changes", "");
        var run = await CliRun.OfAsync(folder.Path, ["new", "change", "add-x"]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("openspec/changes/add-x", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("colophon-tmp", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_without_a_commit_needs_one()
    {
        using var folder = new TemporaryFolder();
        folder.Write("openspec/specs/q/spec.md", "# q\n\n## Purpose\nThis capability is here so that a test has something to look at.\n\n## Requirements\n\n### Requirement: Q\nIt SHALL.\n\n#### Scenario: s\n- **WHEN** a\n- **THEN** b\n");
        folder.Write("openspec/changes/a/specs/q/spec.md", Delta.Replace("ADDED", "MODIFIED", StringComparison.Ordinal));
        Assert.Contains("hint: Put the project under git and commit", (await CliRun.OfAsync(folder.Path, ["validate", "a"])).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await ProgramRun.OfAsync("git", ["init", "-q"], folder.Path)).ExitCode);
        Assert.Contains("hint: Commit first", (await CliRun.OfAsync(folder.Path, ["validate", "a"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_specification_beyond_the_limit_is_told_the_limit()
    {
        using var folder = new TemporaryFolder();
        folder.Write("openspec/specs/q/spec.md", "");
        using (var file = File.OpenWrite(folder.At("openspec/specs/q/spec.md")))
            file.SetLength((64L << 20) + 1);
        Assert.Contains("hint: A file may have up to 64 MiB: split it.", (await CliRun.OfAsync(folder.Path, ["validate", "q"])).Output, StringComparison.Ordinal);
        Assert.Contains("hint: A file may have up to 64 MiB: split it.", (await CliRun.OfAsync(folder.Path, ["show", "q"])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twelve_rivals_are_one_block_and_bytes_that_are_no_text_one_finding()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 13; i++)
            folder.Write($"openspec/changes/c{i:00}/specs/q/spec.md", Delta.Replace("It SHALL", $"It SHALL {i}", StringComparison.Ordinal));
        File.AppendAllBytes(folder.At("openspec/changes/c00/specs/q/spec.md"), [0xff, 0x0a]);
        var run = await CliRun.OfAsync(folder.Path, ["validate", "c00"]);
        Assert.Equal(2, run.Output.Split("COL1201").Length);
        Assert.Equal(2, run.Output.Split("COL1181").Length);
        Assert.Contains("'c01' adds it, 'c02' adds it, 'c03' adds it, and 9 more touch it.", run.Output, StringComparison.Ordinal);
    }
}
