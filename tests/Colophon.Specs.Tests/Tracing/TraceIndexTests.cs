using Colophon.Specs.Tracing;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Specs.Tests.Tracing;

public sealed class TraceIndexTests
{
    [Theory]
    [InlineData("Listing notes", "listing-notes")]
    [InlineData("  C# &  F#: both! ", "c-f-both")]
    [InlineData("Écrire une note", "écrire-une-note")]
    [InlineData("E\u0301crire", "écrire")]
    [InlineData("ノートを書く", "ノートを書く")]
    [InlineData("टिप्पणी लिखना", "टिप्पणी-लिखना")]
    [InlineData("Ärger (§ 3)", "ärger-3")]
    [InlineData("!!!", "scenario")]
    public void A_slug_keeps_letters_of_every_script(string name, string slug) => Assert.Equal(slug, TraceSlug.Of(name, "scenario"));

    [Fact]
    public void A_slug_is_its_own_slug_and_forgets_case_punctuation_and_white_space()
    {
        Prop.ForAll<NonNull<string>>(static text =>
        {
            var slug = TraceSlug.Of(text.Item, "x");
            return slug == TraceSlug.Of(slug, "x") && slug == TraceSlug.Of($" {text.Item.ReplaceLineEndings(" \n ")}\t. ", "x") && slug.Length > 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Scenario_ids_are_unique_and_do_not_depend_on_what_follows()
    {
        string[] names = ["One", "one!", "One", "ONE", "one-2", "?", "!", "Zwei", "zwei"];
        var lists = Gen.Elements(names).ListOf();
        Prop.ForAll(Arb.From(lists), static names =>
        {
            var ids = Requirement([.. names]).ScenarioIds;
            var fewer = Requirement([.. names.SkipLast(1)]).ScenarioIds;
            return ids.Distinct(StringComparer.Ordinal).Count() == names.Count && ids.Take(fewer.Count).SequenceEqual(fewer);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Ids_survive_edits_elsewhere_and_reflow()
    {
        var before = Requirement(["Two notes", "No note"]);
        var after = Requirement(["A new one", "Two  notes", "NO NOTE."]);
        Assert.Equal(before.ScenarioIds, after.ScenarioIds.Skip(1));
        Assert.Equal("cap/it-works", before.Id);
    }

    [Theory]
    [InlineData("notes/listing-notes", "notes/listing-notes", null)]
    [InlineData("notes/Listing notes", "notes/listing-notes", null)]
    [InlineData(" notes / listing NOTES ", "notes/listing-notes", null)]
    [InlineData("notes/Listing notes#Two notes", "notes/listing-notes", "notes/listing-notes#two-notes")]
    [InlineData("notes/listing-notes#two-notes", "notes/listing-notes", "notes/listing-notes#two-notes")]
    [InlineData("notes/C# and a/b#Five #5", "notes/c-and-a-b", "notes/c-and-a-b#five-5")]
    [InlineData("platform/auth/Login#Wrong password", "platform/auth/login", "platform/auth/login#wrong-password")]
    [InlineData("notes/Finding notes", "notes/searching", null)]
    [InlineData("notes/Of the change#New", "notes/of-the-change", "notes/of-the-change#new")]
    [InlineData("notes/listing-notes#", null, null)]
    [InlineData("notes/nothing", null, null)]
    [InlineData("Notes/listing-notes", null, null)]
    [InlineData("notes/Listing#notes", null, null)]
    [InlineData("notes", null, null)]
    public void References_name_by_id_or_by_name(string reference, string? requirement, string? scenario)
    {
        using var tree = Tree();
        var target = TraceIndex.Read(tree.Open()).Resolve(reference);
        Assert.Equal((requirement, scenario), (target?.Requirement, target?.Scenario));
    }

    [Theory]
    [InlineData("note/listing-notes", "There is no capability 'note'.", "notes/listing-notes")]
    [InlineData("notes/listing-nots#two-notes", "There is no requirement 'listing-nots' in 'notes'.", "notes/listing-notes#two-notes")]
    [InlineData("notes/Listing notes#Two nots", "'notes/listing-notes' has no scenario 'Two nots'.", "notes/listing-notes#two-notes")]
    [InlineData("notes/xyzzy", "There is no requirement 'xyzzy' in 'notes'.", null)]
    public void What_names_nothing_is_explained(string reference, string reason, string? nearest)
    {
        using var tree = Tree();
        Assert.Equal((reason, nearest), TraceIndex.Read(tree.Open()).Explain(reference));
    }

    private static Requirement Requirement(IReadOnlyList<string> scenarios)
    {
        using var tree = new TemporaryTree();
        tree.Add("openspec/specs/cap/spec.md", Spec("It works", [.. scenarios]));
        return Assert.Single(tree.Open().Spec("cap").Requirements);
    }

    private static TemporaryTree Tree() => new TemporaryTree()
        .Add("openspec/specs/notes/spec.md", Spec("Listing notes", "Two notes", "No note") + Block("C# and a/b", "Five #5") + Block("Searching", "x"))
        .Add("openspec/specs/platform/auth/spec.md", Spec("Login", "Wrong password"))
        .Add("openspec/changes/c/specs/notes/spec.md", "## ADDED Requirements\n\n" + Block("Of the change", "New") + "## RENAMED Requirements\n\n- FROM: `### Requirement: Searching`\n- TO: `### Requirement: Finding notes`\n");

    private static string Spec(string requirement, params string[] scenarios) => "# x\n\n## Purpose\n\nWhy.\n\n## Requirements\n\n" + Block(requirement, scenarios);

    private static string Block(string requirement, params string[] scenarios) =>
        $"### Requirement: {requirement}\n\nIt SHALL.\n\n" + string.Concat(scenarios.Select(static name => $"#### Scenario: {name}\n\n- **THEN** x\n\n"));
}
