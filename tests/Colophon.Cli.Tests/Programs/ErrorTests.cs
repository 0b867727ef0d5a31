using System.Text.Json;

namespace Colophon.Cli.Tests.Programs;

/// <summary>How errors are told: never raw, never endless, in the form that was asked for.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData("\e[2J")]
    [InlineData("--\e]0;title\a")]
    [InlineData("list|\u202ecod")]
    [InlineData("secret|rm|\e[1m")]
    [InlineData("completion|\u009b1m")]
    public async Task What_was_typed_is_never_repeated_raw(string words)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.OfAsync(folder.At(""), words.Split('|'), environment: new() { ["XDG_CONFIG_HOME"] = folder.At("config"), ["HOME"] = folder.At("") });
        Assert.NotEqual(0, run.ExitCode);
        Assert.DoesNotContain(run.Output + run.Error, static c => c is '\e' or '\a' or '\u202e' or '\u009b');
    }

    [Fact]
    public async Task A_message_is_never_longer_than_anybody_reads()
    {
        var run = await CliRun.OfAsync("/", [new string('a', 100_000)]);
        Assert.Equal(2, run.ExitCode);
        Assert.InRange(run.Error.Length, 100, 2_000);
        Assert.Contains("error COL7501", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apply nope --yes")]
    [InlineData("apply --bogus")]
    [InlineData("demo --dir=")]
    public async Task A_stream_of_JSON_ends_with_its_error_on_one_line(string line)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.OfAsync(folder.At(""), [.. line.Split(' '), "--json"]);
        using var error = JsonDocument.Parse(Assert.Single(run.Output.TrimEnd('\n').Split('\n')));
        Assert.Equal(run.ExitCode, error.RootElement.GetProperty("error").GetProperty("exitCode").GetInt32());
    }

    [Theory]
    [InlineData("audit verify --bogus", 64)]
    [InlineData("audit verify extra", 64)]
    [InlineData("audit verify", 74)]
    public async Task What_keeps_a_verification_from_judging_is_no_verdict(string line, int exitCode)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.OfAsync(folder.At(""), [.. line.Split(' '), "--json"]);
        Assert.Equal(exitCode, run.ExitCode);
        using var error = JsonDocument.Parse(run.Output);
        Assert.Equal(exitCode, error.RootElement.GetProperty("error").GetProperty("exitCode").GetInt32());
    }
}
