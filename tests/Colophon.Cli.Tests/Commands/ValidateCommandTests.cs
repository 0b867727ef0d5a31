using System.Text.Json;
using System.Xml.Linq;

namespace Colophon.Cli.Tests.Commands;

public sealed class ValidateCommandTests
{
    private const string Spec = "# cap\n\n## Purpose\nThis capability is here so that a test has something to look at.\n\n## Requirements\n\n### Requirement: A\nIt SHALL.\n\n#### Scenario: One\n- **WHEN** a\n- **THEN** b\n";
    private const string Delta = "##ADDED Requirements\n\n###Requirement: New\nIt SHALL.\n\n##### Scenario: One\n- **WHEN** a\n- **THEN** b\n";

    [Fact]
    public async Task A_finding_has_a_place_to_click_a_code_and_a_hint()
    {
        using var folder = Project();
        var run = await CliRun.OfAsync(folder.Path, ["validate", "c"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("  openspec/changes/c/specs/cap/spec.md:1:1: warning COL1162: \"##ADDED Requirements\" is not read as a section", run.Output, StringComparison.Ordinal);
        Assert.Contains("    hint: Write `## ADDED Requirements`. (--fix does)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Places_are_relative_to_where_the_user_stands()
    {
        using var folder = Project();
        var run = await CliRun.OfAsync(Path.Combine(folder.Path, "openspec/changes/c"), ["validate", "c"]);
        Assert.Contains("  specs/cap/spec.md:1:1: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fix_shows_then_mends_and_is_done()
    {
        using var folder = Project();
        var before = File.ReadAllText(Path.Combine(folder.Path, "openspec/changes/c/specs/cap/spec.md"));
        var dry = await CliRun.OfAsync(folder.Path, ["validate", "--all", "--fix", "--dry-run"]);
        Assert.Equal(0, dry.ExitCode);
        Assert.Contains("-##ADDED Requirements\n+## ADDED Requirements\n", dry.Output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(folder.Path, "openspec/changes/c/specs/cap/spec.md")));
        var run = await CliRun.OfAsync(folder.Path, ["validate", "--all", "--fix"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("mended openspec/changes/c/specs/cap/spec.md:6: COL1164", run.Error, StringComparison.Ordinal);
        Assert.Contains("2 valid, 0 invalid\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing to mend.", (await CliRun.OfAsync(folder.Path, ["validate", "--all", "--fix", "--dry-run"])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_of_ours_has_places_and_fixes_and_json_alone_is_OpenSpecs()
    {
        using var folder = Project();
        using var ours = JsonDocument.Parse((await CliRun.OfAsync(folder.Path, ["validate", "--all", "--format", "json"])).Output);
        Assert.Equal("colophon.findings/1", ours.RootElement.GetProperty("schema").GetString());
        var finding = ours.RootElement.GetProperty("items")[0].GetProperty("findings").EnumerateArray().First(static f => f.GetProperty("code").GetString() == "COL1162");
        Assert.Equal("header-spacing", finding.GetProperty("rule").GetString());
        Assert.Equal("## ADDED Requirements", finding.GetProperty("fix").GetProperty("edits")[0].GetProperty("text").GetString());
        using var theirs = JsonDocument.Parse((await CliRun.OfAsync(folder.Path, ["validate", "--all", "--json"])).Output);
        Assert.Equal("1.0", theirs.RootElement.GetProperty("version").GetString());
    }

    [Fact]
    public async Task Sarif_has_the_shape_of_version_2_1_0()
    {
        using var folder = Project();
        using var json = JsonDocument.Parse((await CliRun.OfAsync(folder.Path, ["validate", "--all", "--format", "sarif"])).Output);
        Assert.Equal("2.1.0", json.RootElement.GetProperty("version").GetString());
        var run = json.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(static rule => rule.GetProperty("id").GetString()).ToList();
        Assert.Equal(rules.Distinct(), rules);
        Assert.StartsWith("file:///", run.GetProperty("originalUriBaseIds").GetProperty("ROOT").GetProperty("uri").GetString(), StringComparison.Ordinal);
        foreach (var result in run.GetProperty("results").EnumerateArray())
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()]);
            Assert.Contains(result.GetProperty("level").GetString(), new[] { "error", "warning", "note" });
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString() ?? "");
            var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
            Assert.Equal("ROOT", place.GetProperty("artifactLocation").GetProperty("uriBaseId").GetString());
            Assert.True(Uri.IsWellFormedUriString(place.GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.Relative));
            var region = place.GetProperty("region");
            Assert.True(region.GetProperty("startLine").GetInt32() >= 1 && region.GetProperty("endColumn").GetInt32() >= region.GetProperty("startColumn").GetInt32());
            if (result.TryGetProperty("fixes", out var fixes))
                Assert.True(fixes[0].GetProperty("artifactChanges")[0].GetProperty("replacements")[0].TryGetProperty("deletedRegion", out _));
        }
    }

    [Fact]
    public async Task JUnit_counts_items_and_fails_the_invalid()
    {
        using var folder = Project();
        folder.Write("openspec/changes/bad\u0001/proposal.md", "# Bad\n");
        var document = XDocument.Parse((await CliRun.OfAsync(folder.Path, ["validate", "--all", "--format", "junit"])).Output);
        var root = Assert.IsType<XElement>(document.Root);
        Assert.Equal("testsuites", root.Name.LocalName);
        Assert.Equal(("3", "2"), (root.Attribute("tests")?.Value, root.Attribute("failures")?.Value));
        Assert.Equal(["changes", "specs"], root.Elements("testsuite").Select(static suite => suite.Attribute("name")?.Value));
        foreach (var suite in root.Elements("testsuite"))
        {
            Assert.Equal(suite.Attribute("tests")?.Value, $"{suite.Elements("testcase").Count()}");
            Assert.Equal(suite.Attribute("failures")?.Value, $"{suite.Elements("testcase").Count(static one => one.Element("failure") is not null)}");
        }

        Assert.StartsWith("COL1102", root.Descendants("failure").First().Attribute("type")?.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate c --all")]
    [InlineData("validate --dry-run --all")]
    [InlineData("validate --format xml")]
    public async Task Options_that_contradict_each_other_are_told(string line)
    {
        using var folder = Project();
        Assert.Equal(2, (await CliRun.OfAsync(folder.Path, line.Split(' '))).ExitCode);
    }

    [Fact]
    public async Task Changes_and_specs_can_be_validated_alone()
    {
        using var folder = Project();
        Assert.DoesNotContain("change c", (await CliRun.OfAsync(folder.Path, ["validate", "--specs"])).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("spec cap", (await CliRun.OfAsync(folder.Path, ["validate", "--changes"])).Output, StringComparison.Ordinal);
        Assert.Contains("2 valid, 0 invalid", (await CliRun.OfAsync(folder.Path, ["validate", "--all", "--fix", "--strict"])).Output, StringComparison.Ordinal);
    }

    private static TemporaryFolder Project()
    {
        var folder = new TemporaryFolder();
        folder.Write("openspec/specs/cap/spec.md", Spec);
        folder.Write("openspec/changes/c/specs/cap/spec.md", Delta);
        folder.Write("openspec/changes/c/proposal.md", "# C\n");
        folder.Write("openspec/changes/c/tasks.md", "- [ ] 1.1 x\n");
        return folder;
    }
}
