using System.Buffers;
using Colophon.Specs.Archiving;
using Colophon.Specs.Authoring;
using Colophon.Specs.Checking;
using Colophon.Specs.Incremental;
using Colophon.Specs.Json;
using Colophon.Specs.Parsing;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Specs.Tests;

/// <summary>Keywords of other languages: what is read, and that nothing of the author's text is another for it.</summary>
public sealed class SpecKeywordsTests
{
    private const string Head = "# cap Specification\n\n## Purpose\nThis capability is here so that a test has something to look at.\n\n## Requirements\n\n";
    private const string Spec = $"{Head}### Requirement: Alpha\nIt SHALL hold.\n\n#### Scenario: One\n- **WHEN** asked\n- **THEN** told\n\n### Requirement: Beta\nIt SHALL stay.\n\n#### Scenario: Two\n- **WHEN** left\n- **THEN** there\n";
    private const string Delta = "## RENAMED Requirements\n\n- FROM: `### Requirement: Alpha`\n- TO: `### Requirement: Omega`\n\n## REMOVED Requirements\n\n- `### Requirement: Beta`\n\n"
        + "## ADDED Requirements\n\n### Requirement: Gamma\nIt SHALL be new.\n\n#### Scenario: Three\n- **WHEN** asked\n- **THEN** told\n";
    private const string Proposal = "# Add gamma\n\n## Why\n\nBecause.\n\n## What Changes\n\n- gamma\n";

    private static readonly string[] s_lines =
    [
        "## Purpose", "## Requirements", "## ADDED Requirements", "## MODIFIED Requirements", "## REMOVED Requirements", "## RENAMED Requirements", "### Requirement: Alpha", "### Requirement: Beta",
        "### Requirement: Gamma ##", "### Requirement: alpha", " ### Requirement: Delta", "### Notes", "It SHALL hold.", "It holds.", "#### Scenario: One", "#### Scenario: Two", "##### Scenario: Deep", "- **WHEN** asked", "- **THEN** told",
        "```", "- FROM: `### Requirement: Alpha`", "- TO: `### Requirement: Omega`", "TO: `### Requirement: Beta`", "- `### Requirement: Beta`", "", "", "TBD", "<!--", "-->", "Text of some length.", "é\u2028",
    ];

    public static TheoryData<string> Tongues => ["German", "Japanese"];

    [Theory]
    [MemberData(nameof(Tongues))]
    public void A_tree_in_another_language_is_without_findings_and_reads_as_the_english_one(string name)
    {
        var tongue = Of(name);
        using var folder = Fill(tongue.Say, Spec, Delta);
        var tree = folder.Open().With(tongue.Keywords);
        Assert.Empty(SpecCheck.Run(tree, new CheckOptions()).Items.SelectMany(static item => item.Findings).Select(static finding => $"{finding.Code} {finding.Path}:{finding.Line} {finding.Message}"));
        Assert.True(Validation.All(tree, strict: true).Valid);
        Assert.True(new IncrementalValidation(tree).Report().Valid);
        var spec = tree.Spec("cap");
        Assert.Equal(["cap/alpha", "cap/beta"], spec.Requirements.Select(static requirement => requirement.Id));
        Assert.Equal(["One"], spec.Requirements[0].Scenarios.Select(static scenario => scenario.Name));
        Assert.StartsWith(tongue.Say("### Requirement: Alpha\nIt SHALL hold."), spec.Requirements[0].Text, StringComparison.Ordinal);
        Assert.StartsWith("This capability", spec.Purpose, StringComparison.Ordinal);
        var change = tree.Change("c");
        Assert.Equal("Because.", change.Proposal?.Why);
        Assert.Equal("- gamma", change.Proposal?.WhatChanges);
        Assert.Equal([new RequirementRename("Alpha", "Omega")], change.Deltas[0].Renamed);
        Assert.False(SpecCheck.Run(folder.Open(), new CheckOptions()).Valid);
    }

    [Theory]
    [MemberData(nameof(Tongues))]
    public void An_archive_keeps_the_authors_words(string name)
    {
        var tongue = Of(name);
        using var folder = Fill(tongue.Say, Spec, Delta);
        folder.Add("openspec/changes/c/specs/fresh/spec.md", tongue.Say("## ADDED Requirements\n\n### Requirement: Gamma\nIt SHALL be new.\n\n#### Scenario: Three\n- **WHEN** asked\n- **THEN** told\n"));
        var archive = ChangeArchive.Prepare(folder.Open().With(tongue.Keywords), "c", new ArchiveOptions(), TimeProvider.System);
        Assert.Equal(
            tongue.Say($"{Head}### Requirement: Omega\nIt SHALL hold.\n\n#### Scenario: One\n- **WHEN** asked\n- **THEN** told\n\n### Requirement: Gamma\nIt SHALL be new.\n\n#### Scenario: Three\n- **WHEN** asked\n- **THEN** told\n"),
            archive.Specs[0].After);
        Assert.Contains(tongue.Say("\n## Purpose\nTBD - "), archive.Specs[1].After, StringComparison.Ordinal);
        Assert.Contains(tongue.Say("\n## Requirements\n\n### Requirement: Gamma\n"), archive.Specs[1].After, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Tongues))]
    public void A_tree_and_its_translated_twin_get_the_same_findings_counts_states_and_archives(string name)
    {
        var tongue = Of(name);
        var text = Gen.Elements(s_lines).ListOf().Select(static lines => string.Join('\n', lines));
        Prop.ForAll(Gen.Zip(Gen.Zip(text, text), Gen.Zip(Gen.Elements("", Head, Spec), Gen.Elements("", Delta, "## ADDED Requirements\n"))).ToArbitrary(), pair =>
        {
            var ((more, other), (spec, delta)) = pair;
            using var english = Fill(static x => x, spec + more, delta + other);
            using var own = Fill(tongue.Say, spec + more, delta + other);
            var (one, twin) = (english.Open(), own.Open().With(tongue.Keywords));
            Assert.Equal(Findings(one), Findings(twin));
            Assert.Equal(Json(one, static (tree, output) => OpenSpecJson.WriteSpecs(tree, output)), Json(twin, static (tree, output) => OpenSpecJson.WriteSpecs(tree, output)));
            Assert.Equal(Shape(one), Shape(twin));
            Assert.Equal(Archived(one)?.Select(spec => (spec.Id, tongue.Say(spec.After ?? ""), spec.Added, spec.Modified, spec.Removed, spec.Renamed)), Archived(twin)?.Select(static spec => (spec.Id, spec.After ?? "", spec.Added, spec.Modified, spec.Removed, spec.Renamed)));
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(30));
    }

    [Fact]
    public void Diagnostics_show_the_authors_words()
    {
        var tongue = Tongue.German;
        using var folder = Fill(tongue.Say, $"{Spec}\n## Notes\n\n### Requirement: Lost\nIt is lost.\n", "## ADDED Requirements\n\n### Requirement: Gamma\nIt is new.\n");
        var messages = SpecCheck.Run(folder.Open().With(tongue.Keywords), new CheckOptions()).Items.SelectMany(static item => item.Findings).ToList();
        Assert.Contains(messages, static finding => finding.Message.Contains("\"### Anforderung: Lost\"", StringComparison.Ordinal) && finding.EndColumn == "### Anforderung: Lost".Length + 1);
        Assert.Contains(messages, static finding => finding.Message.Contains("should contain SHALL, MUST or MUSS", StringComparison.Ordinal));
    }

    [Fact]
    public void White_space_is_mended_and_words_are_left()
    {
        using var folder = Fill(Tongue.German.Say, Spec, Delta.Replace("## ADDED", "##ADDED", StringComparison.Ordinal));
        folder.Add("openspec/changes/c/specs/cap/spec.md", Tongue.German.Say(Delta).Replace("## Neue", "##Neue", StringComparison.Ordinal));
        var fix = SpecCheck.Run(folder.Open().With(Tongue.German.Keywords), new CheckOptions()).Items.SelectMany(static item => item.Findings).Single(static finding => finding.Rule == SpecRule.HeaderSpacing).Fix;
        var edit = Assert.Single(fix?.Edits ?? []);
        Assert.Equal("## Neue Anforderungen", "##Neue Anforderungen".Remove(edit.Column - 1, edit.Length).Insert(edit.Column - 1, edit.Text));
    }

    [Theory]
    [InlineData("Das System MUSS antworten.", "MUSS", true)]
    [InlineData("Die MUSSE fehlt.", "MUSS", false)]
    [InlineData("ÜberMUSS", "MUSS", false)]
    [InlineData("«MUSS»", "MUSS", true)]
    [InlineData("Das System muss antworten.", "MUSS", false)]
    [InlineData("MUSSE und MUSS", "MUSS", true)]
    [InlineData("Система ДОЛЖНА ответить", "ДОЛЖНА", true)]
    [InlineData("Система ДОЛЖНАЯ", "ДОЛЖНА", false)]
    [InlineData("システムは応答しなければならない。", "なければならない", true)]
    [InlineData("系统必须响应", "必须", true)]
    [InlineData("시스템은 응답해야 한다.", "해야 한다", true)]
    [InlineData("cafe\u0301", "cafe", false)]
    [InlineData("", "MUSS", false)]
    public void A_word_counts_whole_where_its_script_has_spaces(string text, string word, bool expected) => Assert.Equal(expected, WholeWord.IsIn(text, word));

    [Theory]
    [InlineData("### Anforderung: X", "### Requirement: X")]
    [InlineData("### anforderung : X", "### Requirement: X")]
    [InlineData("### Anforderung\uFF1AX", "### Requirement:X")]
    [InlineData("- VON: `### Anforderung: X`", "- FROM: `### Requirement: X`")]
    [InlineData("FROM: ### Anforderung: X", "FROM: ### Requirement: X")]
    [InlineData("* `### Anforderung: X`", "* `### Requirement: X`")]
    [InlineData("##   ZWECK  ", "##   Purpose  ")]
    [InlineData("## Zwecks", null)]
    [InlineData("### Anforderung X", null)]
    [InlineData("### Anforderungen: X", null)]
    [InlineData("Anforderung: X", null)]
    [InlineData("#", null)]
    [InlineData("- ", null)]
    [InlineData("   ", null)]
    public void A_line_is_seen_in_english_where_it_uses_a_keyword(string line, string? seen) => Assert.Equal(seen, Tongue.German.Keywords.See(line));

    [Fact]
    public void No_words_are_no_keywords() => Assert.Null(SpecKeywords.Of(static _ => []));

    [Theory]
    [InlineData("purpose", "")]
    [InlineData("purpose", "## Zweck")]
    [InlineData("purpose", "Requirements")]
    [InlineData("from", "TO")]
    [InlineData("shall", " ")]
    public void A_word_that_is_none_or_means_two_things_is_refused(string key, string word) =>
        Assert.Equal(SpecError.KeywordInvalid, Assert.Throws<SpecException>(() => SpecKeywords.Of(asked => asked == key ? [word] : [])).Error);

    [Fact]
    public void A_new_change_is_written_in_the_languages_words()
    {
        using var folder = Fill(Tongue.German.Say, Spec, Delta);
        var tree = folder.Open().With(Tongue.German.Keywords);
        var written = ChangeWriter.Write(tree, new ChangeDraft { Name = "neu", Why = "Darum.", WhatChanges = ["etwas"], Deltas = [new DraftDelta { Capability = "cap", Added = [new DraftRequirement("Delta", "Es MUSS gehen.", [])] }] }, TimeProvider.System);
        Assert.Contains("## Neue Anforderungen\n\n### Anforderung: Delta\n", File.ReadAllText($"{folder.Path}/{written.Path}/specs/cap/spec.md"), StringComparison.Ordinal);
        Assert.Contains("## Warum\n\nDarum.\n\n## Was sich ändert\n", File.ReadAllText($"{folder.Path}/{written.Path}/proposal.md"), StringComparison.Ordinal);
        Assert.True(ChangeWriter.IsNormative("Es MUSS gehen.", tree.Keywords));
    }

    private static Tongue Of(string name) => name == "German" ? Tongue.German : Tongue.Japanese;

    private static TemporaryTree Fill(Func<string, string> say, string spec, string delta) => new TemporaryTree()
        .Add("openspec/specs/cap/spec.md", say(spec)).Add("openspec/changes/c/specs/cap/spec.md", say(delta)).Add("openspec/changes/c/proposal.md", say(Proposal))
        .Add("openspec/changes/c/.openspec.yaml", "schema: spec-driven\n").Add("openspec/changes/c/tasks.md", "## 1. Work\n\n- [x] 1.1 a\n");

    // Words have lengths of their own, so what counts characters may differ.
    private static IEnumerable<string> Findings(SpecTree tree) =>
        SpecCheck.Run(tree, new CheckOptions()).Items.SelectMany(static item => item.Findings.Where(static finding => finding.Rule is not (SpecRule.SpecPurposeBrief or SpecRule.RequirementLong)).Select(finding => $"{item.Id} {finding.Level} {finding.Code} {finding.Path}:{finding.Line}:{finding.Column} {finding.Fix?.Description}"));

    private static IEnumerable<string> Shape(SpecTree tree)
    {
        var (spec, change) = (tree.Spec("cap"), tree.Change("c"));
        yield return $"{change.State} {change.CanArchive}";
        foreach (var requirement in spec.Requirements.Concat(change.Requirements).Concat(change.Deltas[0].Removed))
            yield return $"{requirement.Id} {requirement.Name} {requirement.Line} {string.Join(',', requirement.ScenarioIds)}";
    }

    private static IReadOnlyList<ArchivedSpec>? Archived(SpecTree tree)
    {
        try
        {
            return ChangeArchive.Prepare(tree, "c", new ArchiveOptions(), TimeProvider.System).Specs;
        }
        catch (SpecException)
        {
            return null;
        }
    }

    private static string Json(SpecTree tree, Action<SpecTree, IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(tree, output);
        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan).Replace(tree.Root, "", StringComparison.Ordinal);
    }
}
