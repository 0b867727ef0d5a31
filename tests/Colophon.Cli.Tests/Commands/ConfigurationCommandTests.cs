using System.Text.Json;

namespace Colophon.Cli.Tests.Commands;

public sealed class ConfigurationCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_value_is_shown_with_where_it_came_from()
    {
        var file = _folder.Write("config/colophon/config.toml", "[limits]\nturns = 7\n");
        var run = await RunAsync(["config", "show", "--origin"], ("COLOPHON__LIMITS__TOKENS", "99"));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Output.Split('\n'), line => line.StartsWith("limits.turns ", StringComparison.Ordinal) && line.Contains(" 7 ", StringComparison.Ordinal) && line.Contains('/'));
        Assert.Contains(run.Output.Split('\n'), static line => line.StartsWith("limits.tokens ", StringComparison.Ordinal) && line.Contains("COLOPHON__", StringComparison.Ordinal));
        using var json = JsonDocument.Parse((await RunAsync(["config", "show", "--json"])).Output);
        var turns = json.RootElement.GetProperty("values").EnumerateArray().Single(static v => v.GetProperty("key").GetString() == "limits.turns");
        Assert.Equal($"{file}:2", turns.GetProperty("origin").GetString());
        Assert.Equal("user", turns.GetProperty("layer").GetString());
    }

    [Fact]
    public async Task A_wrong_file_is_told_and_is_the_exit_code()
    {
        _folder.Write("config/colophon/config.toml", "[limits]\nturn = 7\n");
        var run = await RunAsync(["config", "show"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("Did you mean 'turns'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_goes_in_by_standard_input_and_never_comes_out()
    {
        Assert.Equal(0, (await RunAsync(["secret", "set", "openai"], input: "s3cret-value\n")).ExitCode);
        var listed = await RunAsync(["secret", "list", "--json"]);
        Assert.Contains("\"openai\"", listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", listed.Output, StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories), static file => Assert.DoesNotContain("s3cret", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.Equal(0, (await RunAsync(["secret", "rm", "openai"])).ExitCode);
        Assert.Equal(1, (await RunAsync(["secret", "rm", "openai"])).ExitCode);
    }

    [Fact]
    public async Task An_empty_secret_is_a_usage_error() => Assert.Equal(2, (await RunAsync(["secret", "set", "openai"], input: "\n")).ExitCode);

    [Theory]
    [InlineData("audit log --since tomorrow")]
    [InlineData("audit log --accepted --rejected")]
    [InlineData("audit log --limit none")]
    public async Task A_wrong_value_of_a_filter_is_a_usage_error(string line) => Assert.Equal(2, (await RunAsync(line.Split(' '))).ExitCode);

    private Task<CliRun> RunAsync(string[] words, (string, string)? variable = null, string input = "")
    {
        var environment = new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = _folder.At("config"), ["HOME"] = _folder.Path, ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" };
        if (variable is var (name, value))
            environment[name] = value;
        return CliRun.OfAsync(_folder.Path, words, input, environment: environment);
    }
}
