using Colophon.Specs.Checking;

namespace Colophon.Specs.Tests.Checking;

/// <summary>What OpenSpec lets through, each with its place.</summary>
public sealed class SpecCheckTests
{
    private const string Scenario = "#### Scenario: One\n- **WHEN** a\n- **THEN** b\n";
    private const string Main = "# cap Specification\n\n## Purpose\nThis capability is here so that a test has something to look at.\n\n## Requirements\n\n";
    private const string Good = $"{Main}### Requirement: Old\nIt SHALL hold.\n\n{Scenario}";

    [Fact]
    public void A_clean_tree_has_no_findings() =>
        Assert.Empty(Findings(Good, $"## ADDED Requirements\n\n### Requirement: New\nIt SHALL be new.\n\n{Scenario}"));

    [Fact]
    public void An_unclosed_fence_that_swallows_a_header_is_an_error() =>
        Check(SpecRule.FenceUnclosed, 9, Good + "\n```json\n{ }\n\n### Requirement: Gone\nIt SHALL.\n", null, line: 15, level: IssueLevel.Error);

    [Fact]
    public void An_unclosed_fence_at_the_end_is_a_warning() => Check(SpecRule.FenceUnclosed, 1, Good + "\n```\ncode\n", null, line: 15);

    [Theory]
    [InlineData("###Requirement: X", "### Requirement: X")]
    [InlineData(" ### Requirement: X", "### Requirement: X")]
    [InlineData("  ###Requirement:X", "### Requirement:X")]
    [InlineData("####Scenario: X", "#### Scenario: X")]
    public void White_space_that_hides_a_header_is_found_and_mended(string header, string mended)
    {
        var finding = Check(SpecRule.HeaderSpacing, 1, $"{Good}\n{header}\n- **WHEN** x\n- **THEN** SHALL\n", null, line: 15);
        var edit = Assert.Single(finding.Fix?.Edits ?? []);
        Assert.Equal(mended, header.Remove(edit.Column - 1, edit.Length).Insert(edit.Column - 1, edit.Text));
    }

    [Theory]
    [InlineData("##ADDED Requirements")]
    [InlineData("## ADDED  Requirements")]
    [InlineData(" ## ADDED Requirements")]
    public void White_space_that_hides_a_section_is_found_and_mended(string header)
    {
        var finding = Check(SpecRule.HeaderSpacing, 1, Good, $"{header}\n\n### Requirement: New\nIt SHALL.\n\n{Scenario}", line: 1);
        var edit = Assert.Single(finding.Fix?.Edits ?? []);
        Assert.Equal("## ADDED Requirements", header.Remove(edit.Column - 1, edit.Length).Insert(edit.Column - 1, edit.Text));
    }

    [Theory]
    [InlineData("## Added Requirement", "## ADDED Requirements")]
    [InlineData("## New Requirements", "## ADDED Requirements")]
    [InlineData("## MODIFED Requirements", "## MODIFIED Requirements")]
    [InlineData("## REMOVED", "## REMOVED Requirements")]
    [InlineData("## RENAMED Requirements:", "## RENAMED Requirements")]
    public void A_section_that_is_nearly_one_is_named(string header, string meant) =>
        Assert.Contains(meant, Check(SpecRule.HeaderNearMiss, 1, Good, $"{header}\n\n### Requirement: New\nIt SHALL.\n\n{Scenario}", line: 1).Hint, StringComparison.Ordinal);

    [Theory]
    [InlineData("## Notes")]
    [InlineData("## Purpose")]
    [InlineData("## Open questions")]
    [InlineData("## Requirements overview")]
    public void Other_sections_are_left_alone(string header) =>
        Assert.DoesNotContain(Findings(Good, $"## ADDED Requirements\n\n### Requirement: New\nIt SHALL.\n\n{Scenario}\n{header}\nText of some length that says something.\n"), static f => f.Rule == SpecRule.HeaderNearMiss);

    [Theory]
    [InlineData("### Requirment: X", SpecRule.HeaderNearMiss)]
    [InlineData("#### Senario: X", SpecRule.HeaderNearMiss)]
    [InlineData("#### Requirement: X", SpecRule.HeaderNearMiss)]
    [InlineData("#### Example", SpecRule.ScenarioLabel)]
    public void A_header_that_counts_as_something_else_is_found(string header, SpecRule rule) => Check(rule, 1, $"{Good}\n{header}\n- **WHEN** a\n- **THEN** b\n", null, line: 15);

    [Theory]
    [InlineData("#####")]
    [InlineData("###")]
    [InlineData("######")]
    public void A_scenario_of_the_wrong_level_is_found_and_mended(string hashes)
    {
        var finding = Check(SpecRule.ScenarioLevel, 1, Good, $"## ADDED Requirements\n\n### Requirement: New\nIt SHALL.\n\n{Scenario}\n{hashes} Scenario: Two\n- **WHEN** a\n- **THEN** b\n", line: 10);
        Assert.Equal("#### ", Assert.Single(finding.Fix?.Edits ?? []).Text);
    }

    [Fact]
    public void Scenarios_of_one_name_without_steps_or_without_THEN_are_found()
    {
        var found = Findings($"{Good}\n#### Scenario: One\n- **WHEN** a\n\n#### Scenario: Three\n", null);
        Assert.Equal([(SpecRule.ScenarioDuplicate, 15), (SpecRule.ScenarioIncomplete, 15), (SpecRule.ScenarioEmpty, 18)], found.Select(static f => (f.Rule, f.Line)));
        Assert.Equal(11, found[0].Related[0].Line);
    }

    [Fact]
    public void A_commented_requirement_that_counts_is_found() =>
        Check(SpecRule.HeaderInComment, 2, Good, $"## ADDED Requirements\n\n### Requirement: New\nIt SHALL.\n\n{Scenario}\n<!--\n### Requirement: Out\nIt SHALL.\n\n#### Scenario: Two\n- **WHEN** a\n- **THEN** b\n-->\n", line: 11);

    [Fact]
    public void A_requirement_without_its_label_is_found() => Check(SpecRule.RequirementUnlabelled, 1, $"{Good}\n### Free\nIt SHALL.\n\n{Scenario}", null, line: 15);

    [Theory]
    [InlineData("- From: `### Requirement: Old`\n- To: `### Requirement: New`", SpecRule.RenameLabel)]
    [InlineData("- FROM: `### requirement: Old`\n- TO: `### Requirement: New`", SpecRule.RenameLabel)]
    public void A_rename_that_nobody_reads_is_found_and_mended(string lines, SpecRule rule) =>
        Assert.NotNull(Assert.IsType<SpecFinding>(Findings(Good, $"## RENAMED Requirements\n\n{lines}\n").First(f => f.Rule == rule)).Fix);

    [Fact]
    public void A_removal_that_nobody_reads_is_found_and_mended() =>
        Assert.NotNull(Check(SpecRule.RemovedLabel, 1, Good, "## REMOVED Requirements\n\n- `### requirement: Old`\n", line: 3).Fix);

    [Fact]
    public void A_removal_of_nothing_names_the_nearest() =>
        Assert.Contains("\"Old\"", Check(SpecRule.RemovedMissing, 1, $"{Good}\n### Requirement: Stays\nIt SHALL.\n\n{Scenario}", "## REMOVED Requirements\n\n### Requirement: Odl\n", line: 3).Hint, StringComparison.Ordinal);

    [Fact]
    public void A_purpose_that_archive_ignores_is_found() =>
        Check(SpecRule.PurposeIgnored, 1, Good, $"## Purpose\nAnother one.\n\n## ADDED Requirements\n\n### Requirement: New\nIt SHALL.\n\n{Scenario}", line: 1);

    [Fact]
    public void A_stray_header_that_archive_would_choke_on_is_an_error()
    {
        var found = Findings(Good, $"## MODIFIED Requirements\n\n### Requirement: Old\nIt SHALL hold more.\n\n{Scenario}\n### Notes\nText.\n");
        Assert.Equal([(SpecRule.ArchiveRefuses, IssueLevel.Error, 10), (SpecRule.DeltaHeaderIgnored, IssueLevel.Warning, 10)], found.Select(static f => (f.Rule, f.Level, f.Line)));
    }

    [Theory]
    [InlineData("MODIFIED", "Odl", "Did you mean \"Old\"?")]
    [InlineData("ADDED", "Old", "Use MODIFIED to change it, or choose another name.")]
    public void What_archive_would_refuse_is_an_error_with_a_hint(string section, string name, string hint) =>
        Assert.Equal(hint, Check(SpecRule.ArchiveRefuses, 1, Good, $"## {section} Requirements\n\n### Requirement: {name}\nIt SHALL differ.\n\n{Scenario}", line: 3, level: IssueLevel.Error).Hint);

    [Fact]
    public void Taking_the_last_requirement_says_how_to_retire_the_capability() =>
        Assert.Contains("retire_capabilities", Check(SpecRule.ArchiveRefuses, 1, Good, "## REMOVED Requirements\n\n### Requirement: Old\n", line: 1, level: IssueLevel.Error).Hint, StringComparison.Ordinal);

    [Fact]
    public void A_heading_inside_a_requirement_goes_with_it() =>
        Check(SpecRule.ForeignTail, 1, $"{Good}\n### Requirement: Second\nIt SHALL.\n\n{Scenario}\n# Appendix\nText.\n", "## REMOVED Requirements\n\n### Requirement: Second\n", line: 3);

    [Fact]
    public void Files_beside_the_deltas_are_checked()
    {
        using var tree = Tree(Good, $"## ADDED Requirements\n\n### Requirement: New\nIt SHALL.\n\n{Scenario}");
        tree.Add("openspec/changes/c/.openspec.yaml", "created: 2026-01-01\nschema: spec-drivn\n").Add("openspec/changes/c/design.md", " \n")
            .Add("openspec/changes/c/proposal.md", [0x23, 0x20, 0xFF, 0x0A])
            .Add("openspec/changes/c/tasks.md", "- [] 1.1 One\n- [ ] 1.1 Two\n```\n- [ ] 1.2 Three\n```\n");
        var found = SpecCheck.Run(tree.Open(), new CheckOptions { Specs = [] }).Items[0].Findings;
        Assert.Equal(
            [
                ("openspec/changes/c/.openspec.yaml", 2, SpecRule.SchemaUnknown), ("openspec/changes/c/design.md", 1, SpecRule.ArtifactEmpty), ("openspec/changes/c/proposal.md", 1, SpecRule.NotUtf8),
                ("openspec/changes/c/tasks.md", 1, SpecRule.TaskUntickable), ("openspec/changes/c/tasks.md", 2, SpecRule.TaskDuplicate), ("openspec/changes/c/tasks.md", 4, SpecRule.TaskHidden),
            ],
            found.Select(static f => (f.Path, f.Line, f.Rule)));
        Assert.Contains("spec-driven", found[0].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Capabilities_that_differ_by_a_dash_or_by_case_are_found()
    {
        using var tree = Tree(Good, null);
        tree.Add("openspec/specs/user-auth/spec.md", Good).Add("openspec/specs/User-Auth/spec.md", Good)
            .Add("openspec/changes/c/specs/userauth/spec.md", $"## ADDED Requirements\n\n### Requirement: New\nIt SHALL.\n\n{Scenario}")
            .Add("openspec/changes/c/specs/caps/spec.md", $"## ADDED Requirements\n\n### Requirement: New\nIt SHALL.\n\n{Scenario}");
        var found = SpecCheck.Run(tree.Open(), new CheckOptions()).Items.SelectMany(static item => item.Findings).ToList();
        Assert.Equal([SpecRule.CapabilityNearMiss, SpecRule.CapabilityCase], found.Select(static f => f.Rule));
    }

    [Fact]
    public void Every_finding_has_a_place_that_exists_a_code_and_a_hint()
    {
        using var tree = Tree("# x\n```\n### Requirement: A", "##ADDED Requirements\n### Scenario: x\n## MODIFIED Requirements\n### Requirement: Y\n## REMOVED Requirements\n- `### requirement: z`\n");
        foreach (var finding in SpecCheck.Run(tree.Open(), new CheckOptions()).Items.SelectMany(static item => item.Findings))
        {
            Assert.True(Path.Exists(Path.Combine(tree.Path, finding.Path)), finding.Path);
            Assert.True(finding is { Line: >= 1, Column: >= 1 } && finding.EndColumn >= finding.Column, finding.ToString());
            Assert.Matches("^COL1[12][0-9]{2}$", finding.Code);
            Assert.NotEmpty(finding.Hint);
            Assert.DoesNotContain('\n', finding.Message);
        }
    }

    private static SpecFinding Check(SpecRule rule, int count, string main, string? delta, int line, IssueLevel level = IssueLevel.Warning)
    {
        var found = Findings(main, delta);
        var finding = Assert.IsType<SpecFinding>(found.FirstOrDefault(f => f.Rule == rule));
        Assert.InRange(found.Count(f => f.Rule == rule), 1, count);
        Assert.Equal((line, level), (finding.Line, finding.Level));
        return finding;
    }

    private static List<SpecFinding> Findings(string main, string? delta)
    {
        using var tree = Tree(main, delta);
        var items = SpecCheck.Run(tree.Open(), new CheckOptions()).Items;
        return [.. items.SelectMany(static item => item.Findings)];
    }

    private static TemporaryTree Tree(string main, string? delta)
    {
        var tree = new TemporaryTree().Add("openspec/specs/cap/spec.md", main);
        return delta is null ? tree : tree.Add("openspec/changes/c/specs/cap/spec.md", delta).Add("openspec/changes/c/proposal.md", "# c\n");
    }
}
