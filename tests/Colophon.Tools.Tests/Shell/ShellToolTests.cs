using Colophon.Security.Errors;
using Colophon.Security.Sandbox;

namespace Colophon.Tools.Tests.Shell;

public sealed class ShellToolTests
{
    [Fact]
    public async Task Output_and_exit_code_are_shown()
    {
        using var bench = Confined();
        Assert.Equal("out\nerr\n[exit code 3]", await bench.OkAsync("shell", """{"command":"echo out; echo err >&2; exit 3"}"""));
        Assert.Equal("[exit code 0]", await bench.OkAsync("shell", """{"command":"true"}"""));
        Assert.Equal("no line end\n[exit code 0]", await bench.OkAsync("shell", """{"command":"printf 'no line end'"}"""));
    }

    [Fact]
    public async Task A_command_writes_inside_the_project_and_nowhere_else()
    {
        using var bench = Confined();
        Assert.Contains("[exit code 0]", await bench.OkAsync("shell", """{"command":"echo x > made && cat made"}"""));
        Assert.DoesNotContain("[exit code 0]", await bench.OkAsync("shell", $$"""{"command":"echo x > {{bench.Outside}}/made"}"""));
        Assert.Empty(Directory.EnumerateFileSystemEntries(bench.Outside));
    }

    [Fact]
    public async Task Long_output_keeps_its_head_and_tail()
    {
        using var bench = Confined();
        var text = await bench.OkAsync("shell", """{"command":"echo first; seq 100000; echo last"}""");
        Assert.StartsWith("first\n", text);
        Assert.EndsWith("last\n[exit code 0]", text);
        Assert.InRange(text.Length, 10_000, 40_000);
    }

    [Fact]
    public async Task A_command_that_runs_too_long_is_killed_and_said()
    {
        using var bench = Confined();
        Assert.Equal("begun\n[killed: it ran longer than 1 seconds]", await bench.ErrorAsync("shell", """{"command":"echo begun; sleep 60","timeout_seconds":1}"""));
    }

    [Fact]
    public async Task A_command_killed_by_a_signal_is_said()
    {
        using var bench = Confined();
        Assert.Equal("[killed by signal 9, exit code 137]", await bench.OkAsync("shell", """{"command":"kill -9 $$"}"""));
    }

    [Fact]
    public async Task Without_a_sandbox_nothing_is_run()
    {
        using var bench = new ToolBench();
        Assert.Contains("no sandbox", await bench.ErrorAsync("shell", """{"command":"touch made"}"""));
        Assert.Empty(Directory.EnumerateFileSystemEntries(bench.Root));
    }

    [Fact]
    public async Task A_sandbox_that_refuses_is_an_error_the_model_reads()
    {
        using var bench = new ToolBench().WithSandbox(new RefusingSandbox());
        Assert.Equal("The command was not run: no Landlock here", await bench.ErrorAsync("shell", """{"command":"true"}"""));
    }

    [Theory]
    [InlineData("""{"command":" "}""", "empty")]
    [InlineData("""{"command":["ls"]}""", "'command' must be of type string, not array")]
    [InlineData("""{"command":"ls","timeout_seconds":0}""", "from 1 to 600")]
    public async Task Wrong_input_is_refused(string json, string expected)
    {
        using var bench = new ToolBench().WithSandbox(new RefusingSandbox());
        Assert.Contains(expected, await bench.ErrorAsync("shell", json));
    }

    private static ToolBench Confined()
    {
        if (!SandboxProbe.Run().Available)
            Assert.Skip("This kernel cannot confine commands.");
        return new ToolBench().WithSandbox(new LandlockSandbox(TimeProvider.System));
    }

    private sealed class RefusingSandbox : ISandbox
    {
        public string Description => "refuses";

        public Task<SandboxResult> RunAsync(SandboxCommand command, SandboxPolicy policy, CancellationToken cancellationToken) =>
            throw new SecurityException(SecurityError.SandboxUnavailable, "no Landlock here");
    }
}
