using System.Text.Json;
using Colophon.Cli.Terminals;

namespace Colophon.Cli.Tests.Commands;

public sealed class NewChangeCommandTests
{
    private const string Main = "# Notes\n\n## Purpose\nNotes are kept so that people find again what they once knew, quickly.\n\n## Requirements\n\n### Requirement: Writing\nNotes SHALL be written.\n\n#### Scenario: Written\n- **WHEN** written\n- **THEN** kept\n\n### Requirement: Reading\nNotes MUST be read.\n\n#### Scenario: Read\n- **WHEN** asked\n- **THEN** shown\n";

    private static readonly TerminalTraits s_typing = new() { Interactive = true };

    private static readonly string[] s_answers =
    [
        "Search notes", "Bad Name", "", "Nobody finds anything.", "", "They open every note and read it from top to bottom.", "", "A search command", "",
        "search", "too short", "Finding notes again by any word that stands in them, at once.",
        "Finding", "It finds.", "A search SHALL list every note that holds the word.", "Found", "a word is in a note", "the note is listed", "no other is", "", "", "",
        "1", "m", "1", "Notes MUST be written at once.", "Twice", "written twice", "kept once", "", "", "r", "1", "Search shows them.", "Search.", "", "",
        "# Build", "Index the words", "List the notes", "# Check", "Test it", "",
    ];

    [Fact]
    public async Task A_person_is_asked_for_everything_and_gets_a_valid_change()
    {
        using var folder = Folder();
        var run = await CliRun.OfAsync(folder.Path, ["new", "change"], string.Join('\n', s_answers) + "\n", s_typing);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("Change name must be lowercase", run.Output, StringComparison.Ordinal);
        Assert.Contains("It is valid. Next: `colophon status search-notes`", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.OfAsync(folder.Path, ["validate", "search-notes", "--strict"])).ExitCode);
        var delta = await File.ReadAllTextAsync(folder.At("openspec/changes/search-notes/specs/notes/spec.md"), TestContext.Current.CancellationToken);
        Assert.Contains("## MODIFIED Requirements\n\n### Requirement: Writing\nNotes MUST be written at once.\n\n#### Scenario: Written\n", delta, StringComparison.Ordinal);
        Assert.Contains("#### Scenario: Twice\n- **WHEN** written twice\n- **THEN** kept once\n", delta, StringComparison.Ordinal);
        Assert.Contains("## REMOVED Requirements\n\n### Requirement: Reading\n**Reason**: Search shows them.\n", delta, StringComparison.Ordinal);
        Assert.Contains("## 2. Check\n\n- [ ] 2.1 Test it\n", await File.ReadAllTextAsync(folder.At("openspec/changes/search-notes/tasks.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_that_ends_anywhere_writes_nothing()
    {
        for (var answers = 0; answers < s_answers.Length; answers++)
        {
            using var folder = Folder();
            var run = await CliRun.OfAsync(folder.Path, ["new", "change"], string.Concat(s_answers.Take(answers).Select(static a => a + "\n")), s_typing);
            Assert.True((run.ExitCode, run.Error) == (1, "Nothing was written.\n"), $"{answers}: {run.Output}{run.Error}");
            Assert.False(Directory.Exists(folder.At("openspec/changes")));
        }
    }

    [Fact]
    public async Task What_was_never_filled_in_passes_no_validation()
    {
        using var folder = Folder();
        await CliRun.OfAsync(folder.Path, ["new", "change", "--title", "Search", "--why", "It is slow.", "--capability", "notes", "--task", "build"]);
        var run = await CliRun.OfAsync(folder.Path, ["validate", "search"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("specs/notes/spec.md:3:1: error COL1184: The placeholder \"Write a requirement: its name\" is still here.", run.Output, StringComparison.Ordinal);
        Assert.Contains("COL1184: The placeholder \"what must come of it\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("proposal.md", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await CliRun.OfAsync(folder.Path, ["archive", "search", "--yes", "--allow-open-tasks"])).ExitCode);
    }

    [Theory]
    [InlineData("--requirement \"Finding: A search SHALL", "--capability", "notes", "--requirement", "no colon")]
    [InlineData("--capability search --requirement", "--requirement", "Finding: It SHALL.")]
    public async Task A_hint_shows_what_to_write(string hint, params string[] options)
    {
        using var folder = Folder();
        var run = await CliRun.OfAsync(folder.Path, ["new", "change", "search", .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_say_all_of_it()
    {
        using var folder = Folder();
        string[] words =
        [
            "new", "change", "add-search", "--title", "Search", "--why", "Nobody finds anything.", "--what", "A search", "--capability", "search", "--purpose", "Finding notes again by any word that stands in them, at once.",
            "--requirement", "Finding: A search SHALL list every note that holds the word.", "--scenario", "Found: WHEN a word is in a note, AND it is asked for THEN the note is listed", "--capability", "notes",
            "--requirement", "Writing: Notes MUST be written at once.", "--remove", "Reading: Search shows them.", "--task", "Index", "--task", "List",
        ];
        var run = await CliRun.OfAsync(folder.Path, [.. words, "--json"]);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal((0, true, 0, "openspec/changes/add-search"), (run.ExitCode, json.RootElement.GetProperty("valid").GetBoolean(), json.RootElement.GetProperty("toFill").GetArrayLength(), json.RootElement.GetProperty("path").GetString()));
        Assert.Equal(5, json.RootElement.GetProperty("files").GetArrayLength());
        var again = await CliRun.OfAsync(folder.Path, words);
        Assert.Equal(1, again.ExitCode);
        Assert.StartsWith("error COL1017", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_a_skeleton_says_what_to_fill_in()
    {
        using var folder = Folder();
        var run = await CliRun.OfAsync(folder.Path, ["new", "change", "add-search", "--capability", "search"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("to fill in  openspec/changes/add-search/proposal.md: why the change is wanted", run.Output, StringComparison.Ordinal);
        Assert.Contains("to fill in  openspec/changes/add-search/specs/search/spec.md: a requirement: its name", run.Output, StringComparison.Ordinal);
        Assert.Contains("to fill in  openspec/changes/add-search/tasks.md: the first task", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("Next: write these in place of the comments that stand there; until then it is invalid (COL1184).\nThen: `colophon validate add-search --strict`\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("It is valid", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("COL7503", "new", "change")]
    [InlineData("COL1016", "new", "change", "Add_Search")]
    [InlineData("COL7505", "new", "change", "x", "--requirement", "A: It SHALL.")]
    [InlineData("COL7505", "new", "change", "x", "--capability", "a", "--scenario", "A: WHEN b THEN c")]
    [InlineData("COL7505", "new", "change", "x", "--capability", "a", "--requirement", "no colon")]
    [InlineData("COL7505", "new", "change", "x", "--capability", "a", "--requirement", "A: It SHALL.", "--scenario", "A: it happens")]
    [InlineData("COL7505", "new", "change", "x", "--capability", "notes", "--purpose", "x")]
    [InlineData("COL1018", "new", "change", "x", "--capability", "notes", "--remove", "Nothing: x")]
    [InlineData("COL1018", "new", "change", "x", "--capability", "a", "--no-specs")]
    public async Task A_slip_is_told_and_nothing_is_written(string code, params string[] words)
    {
        using var folder = Folder();
        var run = await CliRun.OfAsync(folder.Path, words);
        Assert.NotEqual(0, run.ExitCode);
        Assert.StartsWith($"error {code}: ", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("openspec/changes")));
    }

    private static TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        folder.Write("openspec/specs/notes/spec.md", Main);
        return folder;
    }
}
