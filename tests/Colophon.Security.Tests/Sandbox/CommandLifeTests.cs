using System.Text;
using Colophon.Security.Errors;
using Colophon.Security.Sandbox;

namespace Colophon.Security.Tests.Sandbox;

public sealed class CommandLifeTests
{
    [Theory]
    [InlineData("sleep 1000 & echo $! > pid; echo done")]
    [InlineData("nohup setsid sleep 1000 >/dev/null 2>&1 & echo $! > pid; echo done")]
    [InlineData("(setsid sh -c 'sleep 1000 & echo $! > pid; sleep 1000' &) ; while [ ! -s pid ]; do :; done; echo done")]
    [InlineData("env -i setsid sh -c '(trap \"\" HUP TERM INT; sleep 1000 & echo $! > pid; wait)' & while [ ! -s pid ]; do :; done; echo done")]
    public async Task What_a_command_leaves_running_is_killed(string text)
    {
        using var confined = new Confined();
        var result = await confined.Shell(text);
        Assert.Equal("done\n", result.Output);
        var left = File.ReadAllText(Path.Combine(confined.Project, "pid")).Trim();
        Assert.False(IsAlive(left), left);
        Assert.True(result.Duration < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_chain_of_processes_that_each_start_the_next_and_end_is_outrun()
    {
        using var confined = new Confined();
        var script = Path.Combine(confined.Project, "next");
        File.WriteAllText(script, "#!/bin/sh\necho x >> beats\nenv -i setsid ./next &\n");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);
        await confined.Shell("./next; while [ \"$(wc -l < beats)\" -lt 20 ]; do :; done");
        var beats = new FileInfo(Path.Combine(confined.Project, "beats")).Length;
        for (var n = 0; n < 5; n++)
            await confined.Shell("true");
        Assert.Equal(beats, new FileInfo(Path.Combine(confined.Project, "beats")).Length);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task On_an_older_kernel_the_processes_are_found_by_their_session_or_their_mark(int abi)
    {
        using var confined = new Confined(abi);
        var result = await confined.Shell("sh -c 'env -i sleep 1000 & echo $! > pid'; setsid sh -c 'sleep 1000 & echo $! > other'; echo x > ../outside.txt; cat ../outside.txt; ls ~/..");
        Assert.NotEqual(0, result.ExitCode);
        Assert.DoesNotContain("untouched", result.Output);
        Assert.False(IsAlive(File.ReadAllText(Path.Combine(confined.Project, "pid")).Trim()));
        Assert.False(IsAlive(File.ReadAllText(Path.Combine(confined.Project, "other")).Trim()));
        Assert.Equal("untouched", File.ReadAllText(confined.Outside));
    }

    [Fact]
    public async Task A_folder_too_deep_to_name_does_not_stop_the_next_command()
    {
        using var confined = new Confined();
        var result = await confined.Shell("cd \"$TMPDIR\"; for i in 1 2 3; do d=$(printf 'd/%.0s' {1..1500}); mkdir -p $d && cd -P $d; done; echo deep");
        Assert.EndsWith("deep\n", result.Output);
        Assert.Equal("ok\n", (await confined.Shell("echo ok")).Output);
    }

    [Fact]
    public async Task A_command_out_of_time_is_killed_with_its_grandchildren()
    {
        using var confined = new Confined();
        var result = await confined.Shell("echo started; sh -c 'sleep 1000 & echo $! > pid; wait' ; echo never", c => c with { TimeLimit = TimeSpan.FromSeconds(2) });
        Assert.Equal((true, 137, 9, "started\n"), (result.TimedOut, result.ExitCode, result.Signal, result.Output));
        Assert.False(result.Succeeded);
        Assert.False(IsAlive(File.ReadAllText(Path.Combine(confined.Project, "pid")).Trim()));
    }

    [Fact]
    public async Task Cancelling_kills_the_command()
    {
        using var confined = new Confined();
        using var source = new CancellationTokenSource();
        var run = confined.Sandbox.RunAsync(SandboxCommand.Shell("echo $$ > pid; sleep 1000", confined.Project), SandboxPolicy.WriteOnly(confined.Project), source.Token);
        var pid = Path.Combine(confined.Project, "pid");
        while (!File.Exists(pid) || File.ReadAllText(pid).Length == 0)
            await Task.Yield();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.False(IsAlive(File.ReadAllText(pid).Trim()));
    }

    [Fact]
    public async Task Ten_megabytes_of_output_stay_bounded()
    {
        using var confined = new Confined();
        var result = await confined.Shell("echo first; head -c 10000000 /dev/zero | tr '\\0' x; echo; echo last", c => c with { OutputLimit = 10_000 });
        Assert.Equal(10_000_012, result.OutputBytes);
        Assert.InRange(result.Output.Length, 9_000, 10_100);
        Assert.StartsWith("first\nxxx", result.Output);
        Assert.EndsWith("xxx\nlast\n", result.Output);
        Assert.Contains("bytes left out", result.Output);
    }

    [Fact]
    public async Task Output_that_is_not_text_is_decoded_and_not_lost()
    {
        using var confined = new Confined();
        Assert.Equal("a\uFFFDb\uFFFD\u00e9", (await confined.Shell("printf 'a\\377b\\303\\303\\251'")).Output);
    }

    [Fact]
    public async Task Input_is_given_and_ends()
    {
        using var confined = new Confined();
        var input = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40_000).Select(n => $"{n}\n")));
        Assert.Equal($"{input.Length}\n", (await confined.Shell("wc -c", c => c with { Input = input })).Output);
        Assert.Equal("0\n", (await confined.Shell("wc -c")).Output);
        Assert.Equal("0\n", (await confined.Shell("exec <&-; echo 0", c => c with { Input = input })).Output);
    }

    [Fact]
    public async Task A_signal_is_reported()
    {
        using var confined = new Confined();
        var result = await confined.Shell("kill -SEGV $$");
        Assert.Equal((139, 11), (result.ExitCode, result.Signal));
    }

    [Fact]
    public async Task A_broken_pipe_ends_its_writer()
    {
        using var confined = new Confined();
        Assert.Equal("y\n", (await confined.Shell("yes | head -n 1")).Output);
    }

    [Fact]
    public async Task Eight_commands_at_once_do_not_mix()
    {
        using var confined = new Confined();
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => confined.Shell($"(setsid sleep 1000 &); for i in 1 2 3 4 5; do echo {n}; done; exit {n}")));
        for (var n = 0; n < 8; n++)
            Assert.Equal((n, string.Concat(Enumerable.Repeat($"{n}\n", 5))), (results[n].ExitCode, results[n].Output));
    }

    [Fact]
    public async Task One_command_that_ends_leaves_the_others_running()
    {
        using var confined = new Confined();
        var other = confined.Shell("setsid -w sh -c 'while [ ! -e go ]; do :; done; echo survived'");
        for (var n = 0; n < 5; n++)
            await confined.Shell("true");
        Assert.False(other.IsCompleted);
        await confined.Shell("touch go");
        Assert.Equal("survived\n", (await other).Output);
    }

    [Fact]
    public async Task No_zombie_stays_behind()
    {
        using var confined = new Confined();
        for (var n = 0; n < 5; n++)
            await confined.Shell("sleep 1000 & (sleep 1000 &) ; true");
        foreach (var folder in Directory.EnumerateDirectories("/proc", "*").Where(f => int.TryParse(Path.GetFileName(f), out _)))
        {
            var stat = ReadOrEmpty(Path.Combine(folder, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.False(fields is ["Z", var parent, ..] && parent == $"{Environment.ProcessId}", stat);
        }
    }

    [Fact]
    public async Task The_environment_holds_no_secret()
    {
        using var confined = new Confined();
        var output = (await confined.Shell("env")).Output;
        Assert.DoesNotContain("sk-ant-leak", output);
        Assert.Contains("TERM=dumb\n", output);
        Assert.DoesNotContain($"HOME={confined.Home}\n", output);
        var refused = await Assert.ThrowsAsync<SecurityException>(() => confined.Shell("env", policy: p => p with { Environment = new Dictionary<string, string> { ["MY_TOKEN"] = "x" } }));
        Assert.Equal(SecurityError.PolicyInvalid, refused.Error);
        Assert.Contains("GREETING=hi\n", (await confined.Shell("env", policy: p => p with { Environment = new Dictionary<string, string> { ["GREETING"] = "hi" } })).Output);
    }

    [Fact]
    public async Task Only_the_three_standard_descriptors_are_handed_on()
    {
        using var confined = new Confined();
        Assert.Equal("0\n1\n2\n3\n", (await confined.Shell("exec ls /proc/self/fd")).Output);
    }

    [Theory]
    [InlineData("no-such-program-anywhere")]
    [InlineData("./missing")]
    [InlineData("/etc/passwd")]
    public async Task A_program_that_cannot_start_is_a_typed_error(string program)
    {
        using var confined = new Confined();
        var error = await Assert.ThrowsAsync<SecurityException>(() =>
            confined.Sandbox.RunAsync(SandboxCommand.Exec(program, [], confined.Project), SandboxPolicy.WriteOnly(confined.Project), TestContext.Current.CancellationToken));
        Assert.Equal(SecurityError.CannotStart, error.Error);
    }

    [Fact]
    public async Task A_file_larger_than_allowed_cannot_be_written()
    {
        using var confined = new Confined();
        var result = await confined.Shell("head -c 100000 /dev/zero > big", policy: p => p with { FileSizeLimit = 10_000 });
        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal(10_000, new FileInfo(Path.Combine(confined.Project, "big")).Length);
    }

    private static bool IsAlive(string pid)
    {
        var stat = ReadOrEmpty($"/proc/{pid}/stat");
        // A zombie that waits for the machine's init does not run.
        return stat.Length > 0 && !stat[(stat.LastIndexOf(')') + 1)..].TrimStart().StartsWith('Z');
    }

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
