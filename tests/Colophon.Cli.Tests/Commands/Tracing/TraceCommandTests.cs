using System.Text.Json;
using Colophon.Cli.Terminals;
using Colophon.Cli.Tests.Commands.Audit;
using Colophon.Specs;

namespace Colophon.Cli.Tests.Commands.Tracing;

public sealed class TraceCommandTests
{
    private const string Login = "# login\n\n## Purpose\nTo let people in.\n\n## Requirements\n\n### Requirement: Check\nIt SHALL check.\n\n#### Scenario: Right password\n- **THEN** in\n\n#### Scenario: Wrong <b>password</b>\n- **THEN** out\n";

    [Fact]
    public async Task The_matrix_goes_from_a_requirement_to_the_person()
    {
        using var project = await SampleAsync();
        var run = await project.RunAsync("trace");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            """
            login/check
              + Right password
                  test/login.test.ts:2  login > lets people in
              - Wrong <b>password</b>
                  no test
              code  2 lines  src/a.py:1
                   add-login 1.1  replay/sonnet  Ada  entry
            """,
            run.Output,
            StringComparison.Ordinal);
        Assert.Contains("scenarios without a test (1)\n  login/check#wrong-b-password-b  openspec/specs/login/spec.md:14\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("links that name nothing (1)\n  login/check#left-password  test/login.test.ts:5\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 2 scenarios have a test (50.0 %), 1 of 1 requirements have code\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_file_that_cannot_be_read_hides_no_other()
    {
        using var project = await SampleAsync();
        Directory.CreateDirectory(project.At("openspec/specs/broken/spec.md"));
        Directory.CreateDirectory(project.At("openspec/changes/half/proposal.md"));
        var run = await project.RunAsync("trace");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("1 of 2 scenarios have a test (50.0 %), 1 of 1 requirements have code\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("stale", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Error.Split("warning COL1021:").Length - 1);
        using var json = JsonDocument.Parse((await project.RunAsync("trace", "--json")).Output);
        Assert.Equal(["broken", "half"], json.RootElement.GetProperty("problems").EnumerateArray().Select(static p => p.GetProperty("name").GetString()));
        Assert.Equal(74, (await project.RunAsync("trace", "half")).ExitCode);
        Assert.Equal(0, (await project.RunAsync("coverage")).ExitCode);
    }

    [Fact]
    public async Task What_assistants_are_told_is_no_code_that_lacks_a_requirement()
    {
        using var project = await SampleAsync();
        project.Write(".claude/skills/openspec-explore/SKILL.md", "told\n");
        project.Write(".claude/commands/opsx/apply.md", "told\n");
        project.Write("web/.cursor/rules.md", "told\n");
        project.Write(".github/workflows/ci.yml", "on: push\n");
        await project.CommitAsync();
        var run = await project.RunAsync("trace", "--gaps");
        Assert.DoesNotContain("SKILL.md", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("opsx", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(".cursor", run.Output, StringComparison.Ordinal);
        Assert.Contains(".github/workflows/ci.yml", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_wider_than_eighty_columns()
    {
        using var project = await SampleAsync();
        var run = await CliRun.OfAsync(project.Root, ["trace"], traits: new TerminalTraits { Width = 80, Columns = 80 }, environment: project.Environment);
        Assert.All(run.Output.Split('\n'), static line => Assert.True(line.Length <= 80, line));
    }

    [Theory]
    [InlineData("50", true, 1)]
    [InlineData("50", false, 0)]
    [InlineData("51", false, 1)]
    [InlineData("101", false, 2)]
    public async Task A_minimum_is_a_gate_and_a_link_that_names_nothing_fails_it(string minimum, bool dangling, int exit)
    {
        using var project = await SampleAsync();
        if (!dangling)
            project.Write("test/login.test.ts", "// @spec(login/check#right-password)\n");
        var run = await project.RunAsync("trace", "--gaps", "--no-code", "--min", minimum);
        Assert.Equal(exit, run.ExitCode);
        if (exit == 1)
            Assert.Contains("50.00 % of the scenarios have a test", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_hash_entry_model_and_staleness()
    {
        using var project = await SampleAsync();
        using (var json = JsonDocument.Parse((await project.RunAsync("trace", "--json")).Output))
        {
            var requirement = json.RootElement.GetProperty("requirements")[0];
            var code = requirement.GetProperty("code")[0];
            Assert.Equal("colophon.trace/1", json.RootElement.GetProperty("schema").GetString());
            Assert.Equal(("replay/sonnet", "Ada", 2, false), (code.GetProperty("model").GetString(), code.GetProperty("person").GetString(), code.GetProperty("lines").GetInt32(), code.GetProperty("stale").GetBoolean()));
            Assert.Equal("[1,2]", code.GetProperty("files")[0].GetProperty("ranges")[0].GetRawText().Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
        }

        project.Write("openspec/specs/login/spec.md", Login.Replace("SHALL check", "SHALL check twice", StringComparison.Ordinal));
        using var later = JsonDocument.Parse((await project.RunAsync("trace", "--json")).Output);
        Assert.True(later.RootElement.GetProperty("requirements")[0].GetProperty("stale").GetBoolean());
        Assert.Contains(later.RootElement.GetProperty("gaps").EnumerateArray(), static gap => gap.GetProperty("kind").GetString() == "staleCode");
    }

    [Fact]
    public async Task What_an_unfinished_change_brings_is_not_due_until_it_is_named()
    {
        using var project = await SampleAsync();
        project.Write("test/login.test.ts", "");
        project.Write("openspec/changes/add-out/tasks.md", "- [ ] 1.1 Do\n");
        project.Write("openspec/changes/add-out/specs/login/spec.md", "## ADDED Requirements\n\n### Requirement: Leave\nIt SHALL let go.\n\n#### Scenario: Gone\n- **THEN** out\n");
        Assert.Contains("0 of 2 scenarios have a test", (await project.RunAsync("trace")).Output, StringComparison.Ordinal);
        Assert.Contains("0 of 1 scenarios have a test", (await project.RunAsync("trace", "add-out")).Output, StringComparison.Ordinal);
        project.Write("openspec/changes/add-out/tasks.md", "- [x] 1.1 Do\n");
        Assert.Contains("0 of 3 scenarios have a test", (await project.RunAsync("trace", "login")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_requirement_counts_for_its_scenarios_and_names_only_where_asked()
    {
        using var project = await SampleAsync();
        project.Write("test/login.test.ts", "test('Right password', () => {});\n");
        Assert.Contains("0 of 2", (await project.RunAsync("trace", "--no-code")).Output, StringComparison.Ordinal);
        var named = await project.RunAsync("trace", "--no-code", "--names");
        Assert.Contains("1 of 2", named.Output, StringComparison.Ordinal);
        Assert.Contains("(by its name)", named.Output, StringComparison.Ordinal);
        project.Write("test/login.test.ts", "// @spec(login/Check)\ntest('all', () => {});\n");
        Assert.Contains("2 of 2", (await project.RunAsync("trace", "login/check")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_holds_nothing_of_the_project_as_markup_and_needs_no_other_file()
    {
        using var project = await SampleAsync();
        var run = await project.RunAsync("trace", "--html", project.At("trace.html"));
        Assert.Equal(0, run.ExitCode);
        var page = project.Read("trace.html") ?? "";
        Assert.Contains("Wrong &lt;b&gt;password&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>password", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cache_changes_nothing_and_sees_every_change()
    {
        using var project = await SampleAsync();
        var first = await project.RunAsync("trace");
        Assert.True(File.Exists(project.At(".colophon/state/links.json")));
        Assert.Equal(first.Output, (await project.RunAsync("trace")).Output);
        project.Write(".colophon/state/links.json", "{\"version\":1,\"files\":{\"x\":3}}");
        Assert.Equal(first.Output, (await project.RunAsync("trace")).Output);
        project.Write("test/login.test.ts", "// @spec(login/check)\n");
        Assert.Contains("2 of 2", (await project.RunAsync("trace")).Output, StringComparison.Ordinal);
        await project.CommitAsync();
        Assert.Contains("2 of 2", (await project.RunAsync("trace")).Output, StringComparison.Ordinal);
        await project.GitAsync("rm", "-q", "test/login.test.ts");
        Assert.Contains("0 of 2", (await project.RunAsync("trace")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_stays_with_a_requirement_that_an_archived_change_renamed()
    {
        using var project = await SampleAsync();
        project.Write("openspec/specs/login/spec.md", Login.Replace("Requirement: Check", "Requirement: Examine", StringComparison.Ordinal));
        Assert.Contains("code of requirements that are gone (1)\n  login/check", (await project.RunAsync("trace", "--gaps")).Output, StringComparison.Ordinal);
        project.Write("openspec/changes/archive/2026-01-01-a/specs/login/spec.md", "## RENAMED Requirements\n\n- FROM: `### Requirement: Check`\n- TO: `### Requirement: Look`\n");
        project.Write("openspec/changes/archive/2026-01-02-b/specs/login/spec.md", "## RENAMED Requirements\n\n- FROM: `### Requirement: Look`\n- TO: `### Requirement: Examine`\n");
        var run = await project.RunAsync("trace");
        Assert.DoesNotContain("that are gone", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 1 requirements have code", run.Output, StringComparison.Ordinal);
        Assert.Contains("  code  2 lines  src/a.py:1  stale\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_name_is_told_with_the_nearest()
    {
        using var project = await SampleAsync();
        var run = await project.RunAsync("trace", "login/chek");
        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("error COL1012: There is no change, capability or requirement 'login/chek'.\nhint: Did you mean 'login/check'?\n", run.Error, StringComparison.Ordinal);
    }

    private static async Task<SignedProject> SampleAsync()
    {
        var project = await SignedProject.CreateAsync();
        project.Write("openspec/specs/login/spec.md", Login);
        project.Write("test/login.test.ts", "describe('login', () => {\n  // @spec(login/check#right-password)\n  it('lets people in', () => {});\n\n  // @spec(login/check#left-password)\n});\n");
        await project.CommitAsync();
        var hash = SpecTree.Open(project.Root).Spec("login").Requirements[0].Hash;
        await project.AcceptAsync("src/a.py", "a\nb\n", "login/check", hash);
        await project.CommitAsync();
        return project;
    }
}
