using Colophon.Specs.Tests.Golden;

namespace Colophon.Specs.Tests.Setup;

/// <summary><c>init</c>, <c>update</c> and <c>experimental</c> against what the npm CLI did: text, errors, exit codes and every byte of the tree.</summary>
public sealed class SetupTests(ITestOutputHelper output)
{
    private static readonly string[] s_marked = ["# Mine\n", "<!-- OPENSPEC:START -->\nold\n<!-- OPENSPEC:END -->\n", "# After\n"];

    [Fact]
    public void The_recorded_projects_are_set_up_and_updated_as_by_the_OpenSpec_CLI()
    {
        var (failures, runs, cases) = (new List<string>(), 0, 0);
        foreach (var recorded in SetupCase.Load(Path.Combine(AppContext.BaseDirectory, "Fixtures/openspec-setup/cases.json")))
        {
            runs += recorded.Check(failures);
            cases++;
        }

        output.WriteLine($"{runs} runs of {cases} projects");
        Assert.True(cases > 0);
        Assert.True(failures.Count == 0, $"{failures.Count} differ:\n{string.Join("\n\n", failures.Take(5))}");
    }

    [Fact]
    public void Nothing_is_left_beside_the_files_that_were_written()
    {
        using var tree = new TemporaryTree();
        Assert.Equal(0, Run(tree, "init", "--tools", "all").ExitCode);
        Assert.DoesNotContain(Directory.EnumerateFiles(tree.Path, "*", SearchOption.AllDirectories), static path => path.EndsWith("-tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_killed_run_left_half_written_goes_with_the_next_and_what_another_run_is_writing_stays()
    {
        using var tree = new TemporaryTree();
        var (stale, live) = (".claude/commands/opsx/.apply.md.4194305-1.colophon-tmp", $".claude/commands/opsx/.sync.md.{Environment.ProcessId}-999.colophon-tmp");
        tree.Add(stale, "half").Add(live, "half");
        Assert.Equal(0, Run(tree, "init", "--tools", "claude").ExitCode);
        Assert.False(File.Exists(Path.Combine(tree.Path, stale)));
        Assert.True(File.Exists(Path.Combine(tree.Path, live)));
    }

    [Fact]
    public void A_persons_own_text_around_the_block_of_an_older_version_stays_as_it_is()
    {
        using var tree = new TemporaryTree();
        tree.Add("CLAUDE.md", string.Concat(s_marked));
        Assert.Equal(0, Run(tree, "init", "--tools", "none").ExitCode);
        Assert.Equal("# Mine\n# After\n", File.ReadAllText(Path.Combine(tree.Path, "CLAUDE.md")));
    }

    [Fact]
    public void Whatever_is_in_the_files_that_are_read_the_run_ends_with_an_exit_code()
    {
        var random = new Random(7);
        string[] pieces = ["<!-- OPENSPEC:START -->", "<!-- OPENSPEC:END -->", "\n", "\r\n", "generatedBy: \"", "---\n", "githubCopilot:", "  cloudAgent: true", "{", "[", "\0", "\uFEFF", "store: x", "$openspec-", "é", " "];
        string Text() => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
        for (var round = 0; round < 60; round++)
        {
            using var tree = new TemporaryTree();
            foreach (var path in new[]
                     {
                         "CLAUDE.md", "AGENTS.md", "openspec/config.yaml", "openspec/project.md", ".github/workflows/copilot-setup-steps.yml", ".agents/skills/.openspec-target",
                         ".agents/skills/openspec-explore/SKILL.md", ".codex/skills/openspec-explore/SKILL.md", ".claude/commands/openspec/apply.md", ".windsurf/workflows/opsx-apply.md",
                     })
            {
                if (random.Next(2) == 0)
                    tree.Add(path, Text());
            }

            Assert.InRange(Run(tree, "init", "--tools", "github-copilot,codex,devin", random.Next(2) == 0 ? "--copilot-cloud" : "--no-copilot-cloud").ExitCode, 0, 1);
            Assert.InRange(Run(tree, "update", "--force").ExitCode, 0, 1);
        }
    }

    /// <summary>Runs in the tree, with a home of its own: settings are written there.</summary>
    private static DropInRun Run(TemporaryTree tree, params string[] arguments) =>
        DropInRun.Of(tree.Path, new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = $"{tree.Path}/home", ["NO_COLOR"] = "1" }, "", arguments);
}
