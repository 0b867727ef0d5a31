using System.Text;
using Colophon.Cli.Reviewing;
using Colophon.Cli.Terminals;
using Colophon.Generation.Review;
using Colophon.Generation.Scratch;
using Colophon.Kernel.Paths;
using Colophon.Text.Diff;

namespace Colophon.Cli.Tests.Reviewing;

/// <summary>The review as it is on a pipe: a line an answer.</summary>
public sealed class TerminalReviewerTests
{
    private const string Before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n";

    [Theory]
    [InlineData("a\n")]
    [InlineData("?\nd\nx\nA \n")]
    public async Task Everything_is_taken_with_a(string input) => Assert.IsType<ReviewAnswer.AcceptAll>(await AnswerAsync(input));

    [Theory]
    [InlineData("")]
    [InlineData("s\n")]
    [InlineData("r\n\n")]
    [InlineData("f\nn\nn\n")]
    [InlineData("f\ny\n")]
    [InlineData("h\ny\n")]
    [InlineData("h\ny\ny\n")]
    public async Task The_end_of_the_input_stops_and_takes_nothing(string input) => Assert.IsType<ReviewAnswer.Stop>(await AnswerAsync(input));

    [Theory]
    [InlineData("r\nuse awk\n", true)]
    [InlineData("n\n use awk \n", false)]
    [InlineData("r\n\nr\nuse awk\n", true)]
    public async Task A_rejection_needs_a_reason(string input, bool retry) => Assert.Equal(new ReviewAnswer.Reject("use awk", retry), await AnswerAsync(input));

    [Fact]
    public async Task Files_are_taken_one_by_one()
    {
        var answer = Assert.IsType<ReviewAnswer.AcceptSelection>(await AnswerAsync("f\ny\nn\n"));
        Assert.IsType<FileChoice.Whole>(answer.Files["a.txt"]);
        Assert.IsType<FileChoice.Leave>(answer.Files["new.txt"]);
    }

    [Fact]
    public async Task Hunks_are_taken_one_by_one()
    {
        var answer = Assert.IsType<ReviewAnswer.AcceptSelection>(await AnswerAsync("h\nn\ny\ny\n"));
        Assert.Equal([1], Assert.IsType<FileChoice.Hunks>(answer.Files["a.txt"]).Indices);
        Assert.IsType<FileChoice.Whole>(answer.Files["new.txt"]);
    }

    [Fact]
    public async Task Choosing_nothing_is_no_answer() => Assert.IsType<ReviewAnswer.AcceptAll>(await AnswerAsync("f\nn\nn\na\n"));

    [Fact]
    public async Task The_editor_changes_what_is_taken()
    {
        var answer = Assert.IsType<ReviewAnswer.AcceptEdited>(await AnswerAsync("e\n2\na\n", new() { ["EDITOR"] = "printf 'mine\\n' >>" }));
        Assert.Equal("new\nmine\n", Encoding.UTF8.GetString(answer.Files["new.txt"]));
    }

    [Fact]
    public async Task An_editor_that_fails_changes_nothing() =>
        Assert.IsType<ReviewAnswer.AcceptAll>(await AnswerAsync("e\n1\na\n", new() { ["EDITOR"] = "false" }));

    [Fact]
    public async Task An_editor_that_leaves_no_file_behind_changes_nothing() =>
        Assert.IsType<ReviewAnswer.AcceptAll>(await AnswerAsync("e\n1\na\n", new() { ["EDITOR"] = "rm -f" }));

    [Fact]
    public async Task A_secret_is_taken_only_when_it_is_confirmed()
    {
        var secret = new SecretFlag("new.txt", 1, "private key");
        Assert.IsType<ReviewAnswer.Stop>(await AnswerAsync("a\nno\n", secrets: [secret]));
        Assert.True(Assert.IsType<ReviewAnswer.AcceptAll>(await AnswerAsync("a\nyes\n", secrets: [secret])).SecretsConfirmed);
    }

    [Fact]
    public async Task What_a_model_wrote_cannot_move_the_cursor()
    {
        using var output = new StringWriter();
        var terminal = new Terminal(output, TextWriter.Null, new StringReader("s\n"), new TerminalTraits());
        await new TerminalReviewer(terminal, new Dictionary<string, string>()).ReviewAsync(Make("\e[2J") with { Summary = "\e]0;title\a" }, TestContext.Current.CancellationToken);
        Assert.DoesNotContain('\e', output.ToString());
    }

    private static async Task<ReviewAnswer> AnswerAsync(string input, Dictionary<string, string>? environment = null, IReadOnlyList<SecretFlag>? secrets = null)
    {
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null, new StringReader(input), new TerminalTraits());
        return await new TerminalReviewer(terminal, environment ?? []).ReviewAsync(Make("new\n") with { Secrets = secrets ?? [] }, TestContext.Current.CancellationToken);
    }

    private static Proposal Make(string created) => new()
    {
        Change = "c",
        Task = new ProposedTask("1.1", "Do it", null),
        Attempt = 1,
        Attempts = 3,
        Model = "test/model",
        Summary = "Done.",
        Files = [File("a.txt", Before, Before.Replace("2\n3\n", "2\ntwo\n3\n", StringComparison.Ordinal).Replace("19\n", "nineteen\n", StringComparison.Ordinal)), File("new.txt", null, created)],
    };

    private static ProposedFile File(string path, string? before, string after) => new()
    {
        Edit = new FileEdit { Path = WorkspacePath.Parse(path), Action = before is null ? EditAction.Create : EditAction.Modify, Before = State(before), After = State(after) },
        Hunks = PatchHunks.Of(before ?? "", after),
        Diff = UnifiedDiff.Format(path, before, after),
    };

    private static FileState? State(string? text) => text is null ? null : new FileState(Encoding.UTF8.GetBytes(text), UnixFileMode.UserRead | UnixFileMode.UserWrite);
}
