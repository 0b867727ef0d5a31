using System.Text.Json;

namespace Colophon.Cli.Tests.Commands;

public sealed class SpecCommandTests
{
    private static readonly string Sample = Repository.At("samples/quill/project");

    [Fact]
    public async Task One_item_that_cannot_be_read_hides_no_other()
    {
        using var folder = new TemporaryFolder();
        folder.Write("openspec/specs/good/spec.md", "# good\n\n## Purpose\nThis is here so that a test has something to look at.\n\n## Requirements\n");
        Directory.CreateDirectory(folder.At("openspec/specs/folder/spec.md"));
        Directory.CreateDirectory(folder.At("openspec/specs/loop"));
        File.CreateSymbolicLink(folder.At("openspec/specs/loop/spec.md"), "spec.md");
        folder.Write("openspec/changes/fine/proposal.md", "# Fine\n");
        Directory.CreateDirectory(folder.At("openspec/changes/broken/proposal.md"));

        var specs = await CliRun.OfAsync(folder.Path, ["list", "--specs"]);
        Assert.Equal(1, specs.ExitCode);
        Assert.Contains("good", specs.Output, StringComparison.Ordinal);
        Assert.Contains("warning COL1021: Cannot read 'openspec/specs/folder/spec.md': it is a folder", specs.Error, StringComparison.Ordinal);
        Assert.Contains("'openspec/specs/loop/spec.md': it is a link", specs.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await CliRun.OfAsync(folder.Path, ["list", "--specs", "--json"])).Output);
        Assert.Equal(["folder", "loop"], json.RootElement.GetProperty("problems").EnumerateArray().Select(static problem => problem.GetProperty("name").GetString()));

        var changes = await CliRun.OfAsync(folder.Path, ["list"]);
        Assert.Equal(1, changes.ExitCode);
        Assert.Contains("fine", changes.Output, StringComparison.Ordinal);
        Assert.Contains("warning COL1021: ", changes.Error, StringComparison.Ordinal);
        var all = await CliRun.OfAsync(folder.Path, ["validate", "--all"]);
        Assert.Contains("openspec/specs/folder/spec.md:1:1: error COL1118", all.Output, StringComparison.Ordinal);
        Assert.Contains("openspec/specs/loop/spec.md:1:1: error COL1118", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_shows_the_changes_with_their_progress()
    {
        var run = await CliRun.OfAsync(Sample, ["list"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("search-and-tags  proposed  0/5", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_as_json_has_OpenSpecs_shape()
    {
        using var json = JsonDocument.Parse((await CliRun.OfAsync(Sample, ["list", "--json"])).Output);
        var change = json.RootElement.GetProperty("changes")[0];
        Assert.Equal("search-and-tags", change.GetProperty("name").GetString());
        Assert.Equal(5, change.GetProperty("totalTasks").GetInt32());
    }

    [Fact]
    public async Task Status_marks_the_next_task()
    {
        var run = await CliRun.OfAsync(Sample, ["status"]);
        Assert.Contains("[ ] 1.1 ", run.Output, StringComparison.Ordinal);
        Assert.Contains("<- next", run.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await CliRun.OfAsync(Sample, ["status", "search-and-tags", "--json"])).Output);
        Assert.Equal("proposed", json.RootElement.GetProperty("state").GetString());
        Assert.Equal(5, json.RootElement.GetProperty("tasks").GetArrayLength());
    }

    [Theory]
    [InlineData("show search-and-tags", "Searching notes")]
    [InlineData("show notes", "Writing a note down")]
    [InlineData("show notes --type spec --json", "\"requirementCount\": 3")]
    [InlineData("validate --all --strict", "2 valid, 0 invalid")]
    [InlineData("validate", "change search-and-tags: valid")]
    [InlineData("list --specs", "notes")]
    public async Task A_command_that_only_reads_prints_what_it_read(string line, string expected)
    {
        var run = await CliRun.OfAsync(Sample, line.Split(' '));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status serch-and-tags", "COL1011", "Did you mean 'search-and-tags'?")]
    [InlineData("validate serch-and-tags", "COL1011", "Did you mean 'search-and-tags'?")]
    [InlineData("show nothing-like-it", "COL1011", "search-and-tags")]
    public async Task A_name_that_does_not_exist_is_an_error_with_a_hint(string line, string code, string hint)
    {
        var run = await CliRun.OfAsync(Sample, line.Split(' '));
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"error {code}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task An_error_is_json_where_json_was_asked_for()
    {
        var run = await CliRun.OfAsync(Sample, ["status", "nothing", "--json"]);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("COL1011", json.RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("error").GetProperty("exitCode").GetInt32());
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task A_folder_without_openspec_says_how_to_begin()
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.OfAsync(folder.Path, ["list"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("colophon init", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_change_fails_with_its_place()
    {
        using var folder = new TemporaryFolder();
        folder.Write("openspec/changes/bad/proposal.md", "# Bad\n\n## Why\n\nx\n");
        var run = await CliRun.OfAsync(folder.Path, ["validate", "bad"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("change bad: invalid", run.Output, StringComparison.Ordinal);
        Assert.Contains("openspec/changes/bad/proposal.md:1:1: error COL1102: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_changes_and_no_name_is_an_error_that_lists_them()
    {
        using var folder = new TemporaryFolder();
        folder.Write("openspec/changes/one/tasks.md", "- [ ] 1.1 x\n");
        folder.Write("openspec/changes/two/tasks.md", "- [ ] 1.1 x\n");
        Assert.Contains("one, two", (await CliRun.OfAsync(folder.Path, ["status"])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Escape_sequences_in_a_file_never_reach_the_terminal()
    {
        using var folder = new TemporaryFolder();
        folder.Write("openspec/changes/evil/tasks.md", "- [ ] 1.1 \e[2Jgone\n");
        Assert.DoesNotContain('\e', (await CliRun.OfAsync(folder.Path, ["status"])).Output);
    }
}
