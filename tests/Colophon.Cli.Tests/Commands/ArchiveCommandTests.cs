using System.Text.Json;
using Colophon.Cli.Terminals;

namespace Colophon.Cli.Tests.Commands;

public sealed class ArchiveCommandTests
{
    private const string Scenario = "#### Scenario: One\n- **WHEN** a\n- **THEN** b\n";
    private const string Spec = $"# cap\n\n## Purpose\nThis capability is here so that a test has something to look at.\n\n## Requirements\n\n### Requirement: A\nIt SHALL.\n\n{Scenario}";

    [Fact]
    public async Task A_change_is_merged_and_moved()
    {
        using var folder = Project();
        var run = await CliRun.OfAsync(folder.Path, ["archive", "c", "--yes"]);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("+### Requirement: New\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("Archived as openspec/changes/archive/", run.Output, StringComparison.Ordinal);
        Assert.Contains("### Requirement: New", File.ReadAllText(Path.Combine(folder.Path, "openspec/specs/cap/spec.md")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "openspec/changes/c")));
        Assert.Contains("No open changes.", (await CliRun.OfAsync(folder.Path, ["list"])).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y\n", 0)]
    [InlineData("n\n", 1)]
    [InlineData("", 1)]
    public async Task It_asks_after_the_diff(string answer, int exit)
    {
        using var folder = Project();
        var run = await CliRun.OfAsync(folder.Path, ["archive"], answer, new TerminalTraits { Interactive = true });
        Assert.Equal(exit, run.ExitCode);
        Assert.Contains("Archive 'c' and change 1 specification? [y/N] ", run.Output, StringComparison.Ordinal);
        Assert.Equal(exit == 1, Directory.Exists(Path.Combine(folder.Path, "openspec/changes/c")));
    }

    [Theory]
    [InlineData("archive c", "COL7511")]
    [InlineData("archive d", "COL1011")]
    [InlineData("archive open --yes", "COL1042")]
    [InlineData("archive empty --yes", "COL1041")]
    [InlineData("archive late --yes", "COL1041")]
    public async Task What_cannot_be_archived_is_refused_with_a_code_and_nothing_changes(string line, string code)
    {
        using var folder = Project();
        folder.Write("openspec/changes/open/specs/cap/spec.md", $"## ADDED Requirements\n\n### Requirement: O\nIt SHALL.\n\n{Scenario}");
        folder.Write("openspec/changes/open/tasks.md", "- [ ] 1.1 x\n");
        folder.Write("openspec/changes/empty/proposal.md", "# e\n");
        folder.Write("openspec/changes/late/specs/cap/spec.md", $"## MODIFIED Requirements\n\n### Requirement: Gone\nIt SHALL.\n\n{Scenario}");
        var before = Snapshot(folder.Path);
        var run = await CliRun.OfAsync(folder.Path, line.Split(' '));
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains($"error {code}:", run.Error, StringComparison.Ordinal);
        Assert.Contains("hint:", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(folder.Path));
    }

    [Fact]
    public async Task A_dry_run_shows_and_writes_nothing()
    {
        using var folder = Project();
        var before = Snapshot(folder.Path);
        using var json = JsonDocument.Parse((await CliRun.OfAsync(folder.Path, ["archive", "c", "--dry-run", "--json"])).Output);
        Assert.False(json.RootElement.GetProperty("written").GetBoolean());
        var spec = json.RootElement.GetProperty("specs")[0];
        Assert.Equal(("updated", 1), (spec.GetProperty("action").GetString(), spec.GetProperty("added").GetInt32()));
        Assert.Equal(before, Snapshot(folder.Path));
    }

    [Fact]
    public async Task An_archive_twice_is_taken()
    {
        using var folder = Project();
        Assert.Equal(0, (await CliRun.OfAsync(folder.Path, ["archive", "c", "--yes", "--json"])).ExitCode);
        folder.Write("openspec/changes/c/specs/cap/spec.md", $"## ADDED Requirements\n\n### Requirement: Newer\nIt SHALL.\n\n{Scenario}");
        Assert.Contains("COL1043", (await CliRun.OfAsync(folder.Path, ["archive", "c", "--yes"])).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("validate --all")]
    [InlineData("list --specs")]
    [InlineData("show cap")]
    public async Task Every_command_finishes_an_archive_that_was_cut_short(string line)
    {
        using var folder = Project();
        // The journal of an archive that was killed before its last step, the move of the folder.
        var archive = Path.Combine(folder.Path, "openspec/changes/archive");
        folder.Write("openspec/changes/archive/.colophon-archive/journal", $"{{\"change\":\"{folder.Path}/openspec/changes/c\",\"archive\":\"{archive}/2026-01-01-c\",\"files\":[]}}\n");
        await CliRun.OfAsync(folder.Path, line.Split(' '));
        Assert.True(Directory.Exists(Path.Combine(archive, "2026-01-01-c")));
        Assert.False(Directory.Exists(Path.Combine(archive, ".colophon-archive")));
    }

    [Fact]
    public async Task Root_names_a_project_and_paths_are_shown_from_where_the_user_stands()
    {
        using var folder = new TemporaryFolder();
        folder.Write("packages/one/openspec/changes/bad/proposal.md", "# Bad\n");
        folder.Write("packages/two/openspec/specs/cap/spec.md", Spec);
        folder.Write("node_modules/x/openspec/config.yaml", "schema: spec-driven\n");
        var run = await CliRun.OfAsync(folder.Path, ["validate", "--all", "--root", "packages/one"]);
        Assert.Contains("  packages/one/openspec/changes/bad/proposal.md:1:1: error COL1102", run.Output, StringComparison.Ordinal);
        var none = await CliRun.OfAsync(folder.Path, ["list"]);
        Assert.Contains("error COL1001", none.Error, StringComparison.Ordinal);
        Assert.Contains("packages/one, packages/two. Go there, or name one: --root packages/one", none.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("node_modules", none.Error, StringComparison.Ordinal);
        Assert.Contains("error COL1001", (await CliRun.OfAsync(Path.Combine(folder.Path, "packages/one"), ["list", "--root", "openspec"])).Error, StringComparison.Ordinal);
        Assert.Contains("COL7512", (await CliRun.OfAsync(folder.Path, ["list", "--root", "packages/three"])).Error, StringComparison.Ordinal);
    }

    private static TemporaryFolder Project()
    {
        var folder = new TemporaryFolder();
        folder.Write("openspec/specs/cap/spec.md", Spec);
        folder.Write("openspec/changes/c/specs/cap/spec.md", $"## ADDED Requirements\n\n### Requirement: New\nIt SHALL.\n\n{Scenario}");
        folder.Write("openspec/changes/c/tasks.md", "- [x] 1.1 x\n");
        return folder;
    }

    private static string Snapshot(string root) =>
        string.Join('\n', Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(static file => $"{file} {File.ReadAllText(file)}"));
}
