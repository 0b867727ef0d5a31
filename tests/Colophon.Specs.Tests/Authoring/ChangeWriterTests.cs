using Colophon.Specs.Authoring;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Specs.Tests.Authoring;

public sealed class ChangeWriterTests
{
    private const string Main = "# Notes\n\n## Purpose\nNotes are kept so that people find again what they once knew, quickly.\n\n## Requirements\n\n### Requirement: Writing\nNotes SHALL be written.\n\n```\nkept\n```\n\n#### Scenario: Written\n- **WHEN** written\n- **THEN** kept\n\n### Requirement: Reading\nNotes MUST be read.\n\n#### Scenario: Read\n- **WHEN** asked\n- **THEN** shown\n";

    [Fact]
    public void What_is_told_in_full_is_valid_strictly()
    {
        using var tree = Tree();
        var written = Write(tree, Full());
        Assert.Empty(written.ToFill);
        Assert.Equal(["openspec/changes/add-search/.openspec.yaml", "openspec/changes/add-search/proposal.md", "openspec/changes/add-search/specs/search/spec.md", "openspec/changes/add-search/specs/notes/spec.md", "openspec/changes/add-search/tasks.md"], written.Files);
        var item = Validation.Change(tree.Open(), "add-search", strict: true).Items[0];
        Assert.True(item.Valid, string.Join("; ", item.Issues.Select(static i => i.Message)));
        var change = tree.Open().Change("add-search");
        Assert.Equal(("Search and find", 3), (change.Title, change.TotalTasks));
        Assert.Equal(["1.1", "1.2", "2.1"], change.Tasks.Items.Select(static t => t.Id));
        var notes = change.Deltas.Single(static d => d.Capability == "notes");
        Assert.Equal(["Written", "Twice"], notes.Modified.Single().Scenarios.Select(static s => s.Name));
        Assert.Contains("```\nkept\n```", notes.Modified.Single().Text, StringComparison.Ordinal);
        Assert.Equal("Reading", notes.Removed.Single().Name);
    }

    [Fact]
    public void What_is_left_out_is_a_comment_that_says_what_belongs_there()
    {
        using var tree = Tree();
        var written = Write(tree, new ChangeDraft { Name = "x", Deltas = [new DraftDelta { Capability = "new-one", Purpose = "" }] });
        Assert.Equal(5, written.ToFill.Count);
        Assert.All(written.ToFill, static f => Assert.Contains(": ", f, StringComparison.Ordinal));
        Assert.Contains("<!-- Write why", File.ReadAllText(Path.Combine(tree.Path, "openspec/changes/x/proposal.md")), StringComparison.Ordinal);
        Assert.NotEmpty(Write(tree, new ChangeDraft { Name = "y" }).ToFill);
        Assert.Contains("skip_specs: true", File.ReadAllText(Path.Combine(tree.Path, Write(tree, new ChangeDraft { Name = "z", NoSpecs = true }).Path, ".openspec.yaml")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Add-Search", SpecError.NameInvalid)]
    [InlineData("../x", SpecError.NameInvalid)]
    [InlineData("", SpecError.NameInvalid)]
    [InlineData("here", SpecError.ChangeExists)]
    public void A_name_that_is_none_or_taken_writes_nothing(string name, SpecError expected)
    {
        using var tree = Tree().Add("openspec/changes/here/proposal.md", "mine");
        Assert.Equal(expected, Assert.Throws<SpecException>(() => Write(tree, Full() with { Name = name })).Error);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(tree.Path, "openspec/changes/here/proposal.md")));
        Assert.Equal(["here"], Directory.GetFileSystemEntries(Path.Combine(tree.Path, "openspec/changes")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_draft_that_contradicts_the_specifications_writes_nothing()
    {
        using var tree = Tree();
        DraftDelta[] wrong =
        [
            new() { Capability = "Bad Name", Purpose = "" },
            new() { Capability = "notes", Added = [new DraftRequirement("Writing", "It SHALL.", [])] },
            new() { Capability = "notes", Modified = [new DraftRequirement("Wrting", "It SHALL.", [])] },
            new() { Capability = "notes", Removed = [new DraftRemoval("Wrting", "x", "y")] },
            new() { Capability = "notes", Added = [new DraftRequirement("A", "It SHALL.", []), new DraftRequirement("A", "It SHALL.", [])] },
        ];
        foreach (var delta in wrong)
            Assert.Equal(SpecError.DraftInvalid, Assert.Throws<SpecException>(() => Write(tree, new ChangeDraft { Name = "x", Deltas = [delta] })).Error);
        Assert.False(Directory.Exists(Path.Combine(tree.Path, "openspec/changes")));
    }

    [Theory]
    [InlineData("Search & find", "search-find")]
    [InlineData("  Don't lose 2 notes! ", "dont-lose-2-notes")]
    [InlineData("!!!", "")]
    public void A_title_makes_a_name(string title, string name) => Assert.Equal(name, ChangeWriter.NameFor(title));

    [Fact]
    public void Whatever_is_typed_makes_no_heading_task_or_comment_of_its_own() => Prop.ForAll(
        Gen.ListOf(Gen.Elements("## Why", "#### Scenario: x", "- [ ] 9.9 x", "```", "<!--", "-->", "~~~", "it SHALL work", "\u2028## x", "\r\n# y", "<b>", " ### Requirement: z ", "plain")).ToArbitrary(),
        static words =>
        {
            using var tree = Tree();
            var typed = "It SHALL " + string.Join('\n', words);
            var draft = Full();
            var requirement = new DraftRequirement("Finding", typed, [new DraftScenario("Found " + typed, [("WHEN", "a " + typed), ("THEN", "b " + typed)])]);
            Write(tree, draft with { Title = "T " + typed, Why = typed, WhatChanges = ["c " + typed], Deltas = [new DraftDelta { Capability = "search", Purpose = "Finding notes again is what people keep them for. " + typed, Added = [requirement] }], Tasks = [("G " + typed, ["t " + typed])] });
            var change = tree.Open().Change("add-search");
            Assert.Equal(1, change.TotalTasks);
            Assert.Equal(["Finding"], Assert.Single(change.Deltas).Added.Select(static r => r.Name));
            Assert.Single(change.Deltas[0].Added[0].Scenarios);
            Assert.DoesNotContain(Validation.Change(tree.Open(), "add-search", strict: true).Items[0].Issues, static i => i.Level == IssueLevel.Error);
        }).QuickCheckThrowOnFailure();

    private static ChangeDraft Full() => new()
    {
        Name = "add-search",
        Title = "Search and find",
        Why = "Nobody finds anything.",
        WhatChanges = ["A search"],
        Deltas =
        [
            new DraftDelta { Capability = "search", Purpose = "Finding notes again by any word that stands in them, at once.", Added = [new DraftRequirement("Finding", "A search SHALL list every note that holds the word.", [new DraftScenario("Found", [("WHEN", "a word is in a note"), ("THEN", "the note is listed"), ("AND", "no other is")])])] },
            new DraftDelta { Capability = "notes", Modified = [new DraftRequirement("Writing", "", [new DraftScenario("Twice", [("WHEN", "written twice"), ("THEN", "kept once")])])], Removed = [new DraftRemoval("Reading", "Search shows them.", "Search.")] },
        ],
        Tasks = [("Build", ["Index the words", "List the notes"]), ("Check", ["Test it"])],
    };

    private static TemporaryTree Tree() => new TemporaryTree().Add("openspec/specs/notes/spec.md", Main);

    private static WrittenChange Write(TemporaryTree tree, ChangeDraft draft) => ChangeWriter.Write(tree.Open(), draft, TimeProvider.System);
}
