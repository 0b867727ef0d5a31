namespace Colophon.Cli.Tests.Programs;

/// <summary>The program as its users start it.</summary>
public sealed class ProcessTests
{
    private static readonly string Sample = Repository.At("samples/quill/project");
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "colophon.dll");

    [Fact]
    public async Task Version_is_one_line()
    {
        var run = await ProgramRun.OfColophonAsync("/", ["--version"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Matches("^colophon [0-9]+\\.[0-9]+\\.[0-9]+", run.Output);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task A_pipe_gets_no_colour_and_an_error_no_stack_trace()
    {
        var run = await ProgramRun.OfColophonAsync(Sample, ["status", "nope"]);
        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain('\e', run.Output + run.Error);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("error COL1011", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NO_COLOR_and_no_color_are_heard_on_a_terminal()
    {
        // script(1) gives the program a terminal.
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script(1) is not installed, so there is no terminal to try.");
        var program = $"dotnet {Path.Combine(AppContext.BaseDirectory, "colophon.dll")} status";
        Assert.Contains('\e', await OnTerminalAsync(program, ""));
        Assert.DoesNotContain('\e', await OnTerminalAsync(program, "1"));
        Assert.DoesNotContain('\e', await OnTerminalAsync(program + " --no-color", ""));
    }

    [Fact]
    public async Task A_reader_that_goes_away_is_no_crash()
    {
        var run = await ProgramRun.OfAsync("sh", ["-c", $"dotnet '{Path.Combine(AppContext.BaseDirectory, "colophon.dll")}' --help | true"], Sample);
        Assert.DoesNotContain("nhandled", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_drop_in_ends_as_if_it_had_been_read_where_the_reader_went_away()
    {
        var run = await ProgramRun.OfAsync("bash", ["-c", $"dotnet '{Program}' openspec list 2>&1 | true; echo ${{PIPESTATUS[0]}}"], Sample);
        Assert.Equal("0\n", run.Output);
    }

    [Fact]
    public async Task A_full_disk_below_the_output_is_told()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here.");
        var own = await ProgramRun.OfAsync("bash", ["-c", $"dotnet '{Program}' list >/dev/full"], Sample);
        Assert.Equal(74, own.ExitCode);
        Assert.StartsWith("error COL", own.Error, StringComparison.Ordinal);
        var dropIn = await ProgramRun.OfAsync("bash", ["-c", $"dotnet '{Program}' openspec list >/dev/full"], Sample);
        Assert.Equal(1, dropIn.ExitCode);
        Assert.StartsWith("Error: Cannot write the output", dropIn.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_a_usage_error()
    {
        var run = await ProgramRun.OfColophonAsync("/", ["list", "-C", "/does/not/exist"]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error COL7512", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_to_ask_is_told_before_anything_is_generated()
    {
        var run = await ProgramRun.OfColophonAsync(Sample, ["apply", "search-and-tags"]);
        Assert.StartsWith("error COL7511", run.Error, StringComparison.Ordinal);
        Assert.Contains("--yes", run.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, run.ExitCode);
    }

    private static async Task<string> OnTerminalAsync(string command, string noColor)
    {
        var run = await ProgramRun.OfAsync("script", ["-qec", command, "/dev/null"], Sample, environment: e =>
        {
            e["TERM"] = "xterm";
            e["NO_COLOR"] = noColor;
        });
        return run.Output;
    }
}
