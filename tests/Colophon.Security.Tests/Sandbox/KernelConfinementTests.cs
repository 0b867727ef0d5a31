using System.Runtime.InteropServices;
using Colophon.Security.Sandbox.Confine;

namespace Colophon.Security.Tests.Sandbox;

public sealed class KernelConfinementTests
{
    [Theory]
    [InlineData("unshare -U true")]
    [InlineData("unshare -n true")]
    [InlineData("mount -t tmpfs none .")]
    [InlineData("chroot . /bin/true")]
    [InlineData("nsenter -t 1 -m true")]
    [InlineData("kill -0 {parent}")]
    [InlineData("kill -0 1")]
    [InlineData("hostname changed")]
    [InlineData("date -s 2001-01-01")]
    [InlineData("dmesg")]
    public async Task The_machine_cannot_be_changed_or_watched(string text)
    {
        using var confined = new Confined();
        var result = await confined.Shell(text.Replace("{parent}", $"{Environment.ProcessId}"));
        Assert.True(result.ExitCode != 0, result.Output);
    }

    [Fact]
    public async Task The_restrictions_are_on_and_children_inherit_them()
    {
        using var confined = new Confined();
        var result = await confined.Shell("sh -c 'sh -c \"grep -E ^\\(NoNewPrivs\\|Seccomp\\|CapEff\\): /proc/self/status\"'");
        Assert.Contains("NoNewPrivs:\t1", result.Output);
        Assert.Contains("Seccomp:\t2", result.Output);
        var powers = Convert.ToUInt64(result.Output.Split('\n').First(l => l.StartsWith("CapEff", StringComparison.Ordinal))[8..], 16);
        Assert.Equal(0UL, powers & ~0b11011UL);
    }

    [Fact]
    public async Task No_thread_of_the_program_can_be_looked_into_or_killed()
    {
        // Landlock lets a process trace and signal its own domain, so no thread of ours may be left in it when the command starts.
        using var confined = new Confined();
        var result = await confined.Shell($"""
            ulimit -c 0
            for i in 1 2 3 4 5 6 7 8 9 10; do
              for t in /proc/{Environment.ProcessId}/task/*; do
                head -c 1 $t/environ >/dev/null 2>&1 && echo leak
                head -c 1 $t/maps >/dev/null 2>&1 && echo leak
                readlink $t/fd/1 && echo leak
              done
              for p in /proc/[0-9]*; do [ $p != /proc/$$ ] && [ $p != /proc/self ] && kill -0 ${"{p#/proc/}"} 2>/dev/null && cat $p/cmdline && echo kills; done
            done
            exit 0
            """);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task The_programs_own_threads_stay_free()
    {
        using var confined = new Confined();
        for (var round = 0; round < 60; round++)
            await confined.Shell("true");
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => File.WriteAllText(Path.Combine(confined.Root, Path.GetRandomFileName()), "free"), TestContext.Current.CancellationToken)));
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            // Other tests run commands at this moment; their one confined thread ends with its command.
            if (TryRead(Path.Combine(thread, "status")) is { } status && !status.StartsWith("Name:\tcolophon confin", StringComparison.Ordinal))
                Assert.Contains("Seccomp:\t0\n", status);
        }
    }

    [Theory]
    [InlineData(Architecture.X64)]
    [InlineData(Architecture.Arm64)]
    public void Every_jump_of_the_filter_lands_inside_it_and_every_path_ends_in_an_answer(Architecture architecture)
    {
        foreach (var network in (bool[])[true, false])
        {
            var code = SeccompFilter.Write(network, architecture);
            Assert.InRange(code.Length, 50, 4096);
            Assert.Equal(0x06, code[^1].Code);
            for (var index = 0; index < code.Length; index++)
            {
                if ((code[index].Code & 7) == 5)
                    Assert.InRange(index + 1 + Math.Max(code[index].IfTrue, code[index].IfFalse), 0, code.Length - 1);
            }
        }
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // The thread ended meanwhile.
            return null;
        }
    }
}
