using System.Text.Json;
using Colophon.Cli.Commands;
using Colophon.Cli.Terminals;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Tests.CommandLine;

public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. CommandList.All.Where(static c => !c.Hidden).Select(static c => c.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_has_help_with_an_example_that_parses(string name)
    {
        var run = await CliRun.OfAsync("/", [.. name.Split(' '), "--help"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.Contains("Example", run.Output, StringComparison.Ordinal);
        foreach (var example in CommandList.All.Single(c => c.Name == name).Examples)
        {
            Assert.Contains(example.Line, run.Output, StringComparison.Ordinal);
            var words = example.Line[example.Line.IndexOf("colophon ", StringComparison.Ordinal)..].Split('|', ')', '<')[0].Trim().Split(' ')[1..];
            Assert.NotNull(Cli.CommandLine.CommandLineParser.Parse(CommandList.All, words).Command);
        }
    }

    [Fact]
    public async Task No_word_at_all_shows_the_commands()
    {
        var run = await CliRun.OfAsync("/", []);
        Assert.Equal(0, run.ExitCode);
        foreach (var command in CommandList.All.Where(static c => !c.Hidden))
            Assert.Contains(command.Name, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("__complete", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audit --help")]
    [InlineData("help audit")]
    public async Task A_family_shows_its_commands(string line)
    {
        var output = await RunAsync(line);
        Assert.Contains("audit verify", output, StringComparison.Ordinal);
        Assert.DoesNotContain("validate", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("-V")]
    [InlineData("version")]
    [InlineData("list --version")]
    public async Task The_version_is_told_wherever_it_is_asked_for(string line)
    {
        Assert.Matches(@"^colophon \d+\.\d+\.\d+\S*\n$", await RunAsync(line));
        using var json = JsonDocument.Parse(await RunAsync(line + " --json"));
        Assert.Matches(@"^\d+\.\d+\.\d+", json.RootElement.GetProperty("version").GetString());
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task Help_fits_the_width(int width)
    {
        var run = await CliRun.OfAsync("/", ["list", "--help"], traits: new() { Width = width });
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= Math.Max(width, 60), line));
    }

    [Fact]
    public void Names_and_options_are_used_once()
    {
        Assert.Equal(CommandList.All.Count, CommandList.All.Select(static c => c.Name).Distinct().Count());
        foreach (var command in CommandList.All)
        {
            var options = command.Options.Concat(Cli.CommandLine.GlobalOptions.For(command)).ToList();
            Assert.Equal(options.Count, options.Select(static o => o.Name).Distinct().Count());
            var letters = options.Where(static o => o.Short is not null).ToList();
            Assert.Equal(letters.Count, letters.Select(static o => o.Short).Distinct().Count());
            Assert.NotEmpty(command.Examples);
        }
    }

    private static async Task<string> RunAsync(string line)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Assert.Equal(ExitCode.Done, await CliProgram.RunAsync(line.Split(' '), new Terminal(output, TextWriter.Null, TextReader.Null, new()), new Dictionary<string, string>(), TestContext.Current.CancellationToken));
        return output.ToString();
    }
}
