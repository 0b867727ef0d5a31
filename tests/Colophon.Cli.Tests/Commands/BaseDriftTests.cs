using Colophon.Kernel.Git;

namespace Colophon.Cli.Tests.Commands;

public sealed class BaseDriftTests
{
    private const string Scenario = "#### Scenario: One\n- **WHEN** a\n- **THEN** b\n";
    private const string Spec = "openspec/specs/cap/spec.md";
    private const string Delta = "openspec/changes/c/specs/cap/spec.md";

    [Theory]
    [InlineData("## MODIFIED Requirements\n\n### Requirement: A\nIt SHALL be mine.\n\n" + Scenario)]
    [InlineData("## REMOVED Requirements\n\n### Requirement: A\n")]
    [InlineData("## RENAMED Requirements\n\n- FROM: `### Requirement: A`\n- TO: `### Requirement: C`\n")]
    [InlineData("## RENAMED Requirements\n\n- FROM: `### Requirement: A`\n- TO: `### Requirement: C`\n\n## MODIFIED Requirements\n\n### Requirement: C\nIt SHALL be mine.\n\n" + Scenario)]
    public async Task A_base_that_changed_after_the_entry_was_written_is_found(string delta)
    {
        using var folder = await RepositoryAsync();
        folder.Write(Delta, delta);
        await CommitAsync(folder);
        Assert.DoesNotContain("COL1202", await ValidateAsync(folder), StringComparison.Ordinal);
        folder.Write(Spec, MainSpec("theirs"));
        Assert.Contains("COL1202: \"A\" of cap has changed since this was written in ", await ValidateAsync(folder), StringComparison.Ordinal);
        await CommitAsync(folder);
        Assert.Contains("COL1202", await ValidateAsync(folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writing_the_entry_anew_and_committing_it_settles_it()
    {
        using var folder = await RepositoryAsync();
        folder.Write(Delta, $"## MODIFIED Requirements\n\n### Requirement: A\nIt SHALL be mine.\n\n{Scenario}");
        await CommitAsync(folder);
        folder.Write(Spec, MainSpec("theirs"));
        await CommitAsync(folder);
        folder.Write(Delta, $"## MODIFIED Requirements\n\n### Requirement: A\nIt SHALL be mine and theirs.\n\n{Scenario}");
        Assert.DoesNotContain("COL1202", await ValidateAsync(folder), StringComparison.Ordinal);
        await CommitAsync(folder);
        Assert.DoesNotContain("COL1202", await ValidateAsync(folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_entries_and_other_requirements_do_not_count()
    {
        using var folder = await RepositoryAsync();
        folder.Write(Delta, $"## MODIFIED Requirements\n\n### Requirement: B\nIt SHALL be mine.\n\n{Scenario}");
        await CommitAsync(folder);
        folder.Write(Spec, MainSpec("theirs"));
        await CommitAsync(folder);
        Assert.DoesNotContain("COL1202", await ValidateAsync(folder), StringComparison.Ordinal);
        folder.Write(Delta, File.ReadAllText(folder.At(Delta)) + $"\n## ADDED Requirements\n\n### Requirement: N\nIt SHALL.\n\n{Scenario}");
        await CommitAsync(folder);
        folder.Write(Spec, MainSpec("theirs").Replace("### Requirement: B\nIt SHALL.", "### Requirement: B\nIt SHALL too.", StringComparison.Ordinal));
        Assert.Contains("COL1202: \"B\"", await ValidateAsync(folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_is_not_committed_is_compared_with_the_last_commit()
    {
        using var folder = await RepositoryAsync();
        folder.Write(Delta, $"## MODIFIED Requirements\n\n### Requirement: A\nIt SHALL be mine.\n\n{Scenario}");
        Assert.DoesNotContain("COL1202", await ValidateAsync(folder), StringComparison.Ordinal);
        folder.Write(Spec, MainSpec("theirs"));
        Assert.Contains("has changed since the last commit, and this is not committed yet", await ValidateAsync(folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_git_it_says_that_it_cannot_be_told()
    {
        using var folder = new TemporaryFolder();
        folder.Write(Spec, MainSpec("1"));
        folder.Write(Delta, $"## MODIFIED Requirements\n\n### Requirement: A\nIt SHALL be mine.\n\n{Scenario}");
        Assert.Contains("info COL1203: Whether the specification has changed since this was written cannot be told: there is no git repository here.", await ValidateAsync(folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Archive_says_before_it_asks_that_newer_text_would_be_undone()
    {
        using var folder = await RepositoryAsync();
        folder.Write(Delta, $"## MODIFIED Requirements\n\n### Requirement: A\nIt SHALL be mine.\n\n{Scenario}");
        folder.Write("openspec/changes/c/proposal.md", "## Why\nBecause it is wanted by everyone who asked for it so far.\n\n## What Changes\n- A\n");
        folder.Write("openspec/changes/c/tasks.md", "- [x] 1.1 Do it\n");
        await CommitAsync(folder);
        Assert.DoesNotContain("COL1202", (await CliRun.OfAsync(folder.Path, ["archive", "c", "--dry-run"])).Output, StringComparison.Ordinal);
        folder.Write(Spec, MainSpec("theirs"));
        await CommitAsync(folder);
        var asked = await CliRun.OfAsync(folder.Path, ["archive", "c"], "n\n", new Colophon.Cli.Terminals.TerminalTraits { Interactive = true });
        Assert.Equal(1, asked.ExitCode);
        Assert.InRange(asked.Output.IndexOf("warning COL1202: \"A\" of cap has changed", StringComparison.Ordinal), 0, asked.Output.IndexOf("Archive 'c' and change", StringComparison.Ordinal));
        using var json = System.Text.Json.JsonDocument.Parse((await CliRun.OfAsync(folder.Path, ["archive", "c", "--dry-run", "--json"])).Output);
        Assert.Contains(json.RootElement.GetProperty("warnings").EnumerateArray(), static warning => warning.GetString()?.StartsWith($"{Delta}:3: COL1202: ", StringComparison.Ordinal) == true);
        Assert.Contains("warning COL1202", (await CliRun.OfAsync(folder.Path, ["status"])).Output, StringComparison.Ordinal);
        using var status = System.Text.Json.JsonDocument.Parse((await CliRun.OfAsync(folder.Path, ["status", "c", "--json"])).Output);
        Assert.Contains(status.RootElement.GetProperty("warnings").EnumerateArray(), static warning => warning.GetString()?.StartsWith($"{Delta}:3: COL1202: ", StringComparison.Ordinal) == true);
        Assert.Contains("COL1202", (await CliRun.OfAsync(folder.Path, ["archive", "c", "--yes"])).Output, StringComparison.Ordinal);
    }

    private static string MainSpec(string text) =>
        $"# cap\n\n## Purpose\nThis capability is here so that a test has something to look at.\n\n## Requirements\n\n### Requirement: A\nIt SHALL be {text}.\n\n{Scenario}\n### Requirement: B\nIt SHALL.\n\n{Scenario}";

    private static async Task<string> ValidateAsync(TemporaryFolder folder) => (await CliRun.OfAsync(folder.Path, ["validate", "c"])).Output;

    private static async Task<TemporaryFolder> RepositoryAsync()
    {
        var folder = new TemporaryFolder();
        await new GitRunner(folder.Path).RunAsync(["init", "-q", "-b", "main"]);
        folder.Write(Spec, MainSpec("first"));
        await CommitAsync(folder);
        return folder;
    }

    private static async Task CommitAsync(TemporaryFolder folder)
    {
        var git = new GitRunner(folder.Path);
        await git.RunAsync(["add", "-A"]);
        await git.RunAsync(["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "-m", "next"]);
    }
}
