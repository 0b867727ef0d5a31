using System.Text.Json;
using System.Xml.Linq;
using Colophon.Cli.Tests.Commands.Audit;

namespace Colophon.Cli.Tests.Commands.Tracing;

public sealed class VerifyChangeCommandTests
{
    private const string Delta = "## ADDED Requirements\n\n### Requirement: Leave\nIt SHALL let go.\n\n#### Scenario: Gone\n- **THEN** out\n\n#### Scenario: Still <in>\n- **THEN** in\n\n#### Scenario: Never\n- **THEN** x\n\n#### Scenario: Unseen\n- **THEN** x\n";
    private const string Tests = "# @spec(login/leave#gone)\ncheck \"goes out\"\n# @spec(login/leave#still-in)\ncheck \"stays in\"\n# @spec(login/leave#never)\ncheck \"never\"\n";

    [Fact]
    public async Task Each_scenario_has_the_status_of_its_tests()
    {
        using var project = await SampleAsync("printf 'ok 1 - goes out\\nnot ok 2 - stays in\\n'; exit 1");
        var run = await RunAsync(project, "verify", "add-out");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            """
            login/leave
              passed   Gone
              failed   Still <in>
                       test/out.test:3  stays in
              not run  Never
                       test/out.test:5  never
              no test  Unseen

            1 of 4 scenarios passed, 1 failed, 1 not run, 1 no test
            """,
            run.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_fails_is_no_success_where_there_is_no_scenario()
    {
        using var project = await SampleAsync("exit 1");
        foreach (var spec in Directory.GetDirectories(Path.Combine(project.Root, "openspec/specs")))
            Directory.Delete(spec, recursive: true);
        var run = await RunAsync(project, "verify", "--all");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("there is no scenario to prove, so this counts as failed", (run.Output + run.Error).ReplaceLineEndings(" "), StringComparison.Ordinal);
        var gate = await RunAsync(project, "trace", "login/nothing-here", "--min", "90");
        Assert.NotEqual(0, gate.ExitCode);
        var empty = await RunAsync(project, "trace", "--no-code", "--min", "90");
        Assert.Equal(1, empty.ExitCode);
        Assert.Contains("there is no scenario to count", empty.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_was_skipped_is_not_said_to_be_told_nowhere()
    {
        using var project = await SampleAsync(null);
        project.Write("results.tap", "ok goes out\nok stays in\nok never # SKIP not today\nok unseen @spec(login/leave#unseen)\n");
        var run = await project.RunAsync("verify", "add-out", "--results", "results.tap");
        Assert.Contains("  skipped  Never\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n3 of 4 scenarios passed, 1 skipped\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("do not tell", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_well_only_where_every_scenario_passed()
    {
        using var project = await SampleAsync("printf 'ok goes out\\nok stays in\\nok never\\nok unseen @spec(login/leave#unseen)\\n'");
        var run = await RunAsync(project, "verify");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("4 of 4 scenarios passed\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tests_may_write_in_their_copy_and_nowhere_in_the_users_tree_and_see_uncommitted_work()
    {
        using var project = await SampleAsync("echo x > made; ls test > $COLOPHON_RESULTS/list; mkdir -p out; echo \"<testsuite><testcase name='goes out'/></testsuite>\" > out/r.xml; echo \"ok stays in\" > $COLOPHON_RESULTS/r.tap; ls test/fresh.test && echo x > " + "../../../../../escaped");
        project.Write("test/fresh.test", "");
        project.Write(".colophon/config.toml", (project.Read(".colophon/config.toml") ?? "") + "results = [\"out/*.xml\"]\n");
        using var json = JsonDocument.Parse((await RunAsync(project, "verify", "add-out", "--json")).Output);
        Assert.Equal("passed", Status(json, "login/leave#gone"));
        Assert.Equal("passed", Status(json, "login/leave#still-in"));
        Assert.Null(project.Read("made"));
        Assert.Null(project.Read("escaped"));
        Assert.Null(project.Read("out/r.xml"));
        Assert.Equal("colophon.verify/1", json.RootElement.GetProperty("schema").GetString());

        // The next run writes nothing: what the last one left says nothing about it.
        project.Write(".colophon/config.toml", "[test]\ncommand = \"true\"\nresults = [\"out/*.xml\"]\n");
        using var later = JsonDocument.Parse((await RunAsync(project, "verify", "add-out", "--json")).Output);
        Assert.Equal("notRun", Status(later, "login/leave#gone"));
    }

    [Fact]
    public async Task In_place_nothing_can_be_written()
    {
        using var project = await SampleAsync("echo x > made; echo \"ok goes out\"");
        using var json = JsonDocument.Parse((await RunAsync(project, "verify", "add-out", "--in-place", "--json")).Output);
        Assert.Equal("passed", Status(json, "login/leave#gone"));
        Assert.Null(project.Read("made"));
    }

    [Fact]
    public async Task Results_of_another_run_are_read_and_nothing_is_run()
    {
        using var project = await SampleAsync("echo x > made");
        project.Write("results/a.xml", "<testsuite><testcase name='goes out'/><testcase name='stays in'><failure message='too far'/></testcase></testsuite>");
        var run = await project.RunAsync("verify", "add-out", "--results", "results/*.xml");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("           too far\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 results from 1 file(s), 1 failed\n", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.At(".colophon/state/verify")));
        Assert.Equal(74, (await project.RunAsync("verify", "add-out", "--results", "no/*.xml")).ExitCode);
        Assert.Equal(74, (await project.RunAsync("verify", "add-out", "--results", "../**/*.xml")).ExitCode);
    }

    [Fact]
    public async Task Without_a_command_it_says_so()
    {
        using var project = await SampleAsync(null);
        var run = await project.RunAsync("verify", "add-out");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("No test command is configured", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_means_the_main_specifications_and_an_archived_change_is_told()
    {
        using var project = await SampleAsync(null);
        project.Write("results.tap", "ok a\nok goes out\n");
        project.Write("test/a.test", "# @spec(login/check)\ncheck \"a\"\n");
        var run = await project.RunAsync("verify", "--all", "--results", "results.tap");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("login/check\n  passed   Right\n\n1 of 1 scenarios passed\n", run.Output, StringComparison.Ordinal);
        project.Write("openspec/changes/archive/2026-01-01-old/proposal.md", "# Old\n");
        Assert.Contains("is archived", (await project.RunAsync("verify", "2026-01-01-old")).Error, StringComparison.Ordinal);
        Assert.Equal(1, (await project.RunAsync("verify", "add-uot")).ExitCode);
        Assert.Equal(2, (await project.RunAsync("verify", "add-out", "--all")).ExitCode);
        Assert.Equal(2, (await project.RunAsync("verify", "add-out", "--json", "--sarif")).ExitCode);
    }

    [Fact]
    public async Task Build_servers_get_JUnit_and_SARIF()
    {
        using var project = await SampleAsync(null);
        project.Write("results.tap", "ok goes out\nnot ok stays in\n");
        var junit = XDocument.Parse((await project.RunAsync("verify", "add-out", "--results", "results.tap", "--junit")).Output).Root?.Element("testsuite");
        Assert.Equal(("4", "2", "1"), ((string?)junit?.Attribute("tests"), (string?)junit?.Attribute("failures"), (string?)junit?.Attribute("skipped")));
        Assert.Equal("Still <in>", (string?)junit?.Elements("testcase").ElementAt(1).Attribute("name"));
        using var sarif = JsonDocument.Parse((await project.RunAsync("verify", "add-out", "--results", "results.tap", "--sarif")).Output);
        Assert.Equal(["failed", "notRun", "noTest"], sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(static r => r.GetProperty("ruleId").GetString()));
    }

    private static async Task<CliRun> RunAsync(SignedProject project, params string[] words)
    {
        var run = await project.RunAsync(words);
        Assert.SkipWhen((run.Output + run.Error).Contains("offers no sandbox", StringComparison.Ordinal), "This kernel has no Landlock.");
        return run;
    }

    private static string? Status(JsonDocument report, string id) =>
        report.RootElement.GetProperty("scenarios").EnumerateArray().Single(s => s.GetProperty("id").GetString() == id).GetProperty("status").GetString();

    private static async Task<SignedProject> SampleAsync(string? command)
    {
        var project = await SignedProject.CreateAsync();
        project.Write("openspec/specs/login/spec.md", "# login\n\n## Purpose\nTo let people in.\n\n## Requirements\n\n### Requirement: Check\nIt SHALL check.\n\n#### Scenario: Right\n- **THEN** in\n");
        project.Write("openspec/changes/add-out/tasks.md", "- [ ] 1.1 Do\n");
        project.Write("openspec/changes/add-out/specs/login/spec.md", Delta);
        project.Write("test/out.test", Tests);
        if (command is not null)
            project.Write(".colophon/config.toml", $"[test]\ncommand = '''{command}'''\n");
        await project.CommitAsync();
        return project;
    }
}
