using System.Diagnostics;
using Colophon.Generation.Errors;
using Colophon.Generation.Review;
using Colophon.Kernel.Errors;

namespace Colophon.Engine.Tests;

/// <summary>A tree that cannot be written and a disk that is full. They need to mount, so they run as root only.</summary>
public sealed class DiskTests
{
    [Fact]
    public async Task A_read_only_tree_is_a_typed_error_with_a_hint_and_reading_still_works()
    {
        using var project = await Project.CreateAsync();
        using var mount = Mount.Over(project.Repository.Root, "--bind", project.Repository.Root);
        mount.MakeReadOnly();
        var error = await Assert.ThrowsAnyAsync<ColophonException>(() => project.ApplyAsync(new Script().Writes("a.py", "x\n")));
        Assert.Equal(ExitCode.InputOutput, error.ExitCode);
        Assert.NotNull(error.Hint);
        Assert.NotEmpty(ProjectSpecs.Open(project.Repository.Root).Changes);
    }

    [Fact]
    public async Task A_full_disk_loses_nothing_and_the_proposal_can_be_accepted_later()
    {
        using var project = await Project.CreateAsync();
        var place = project.Repository.At("data");
        Directory.CreateDirectory(place);
        using var mount = Mount.Over(place, "-t", "tmpfs", "-o", "size=64k", "tmpfs");
        project.Repository.Write("data/kept.txt", "kept\n");
        var big = string.Concat(Enumerable.Repeat("0123456789abcdef\n", 8000));
        var error = await Assert.ThrowsAsync<GenerationException>(() => project.ApplyAsync(new Script().Calls(("write", new { path = "first.txt", content = "1\n" })).Writes("data/big.txt", big)));
        Assert.Equal(GenerationError.WriteFailed, error.Error);
        Assert.False(File.Exists(project.Repository.At("first.txt")));
        Assert.Equal(["kept.txt"], Directory.EnumerateFiles(place).Select(static f => Path.GetFileName(f)));
        Assert.Contains("[ ] 1.1", project.Tasks, StringComparison.Ordinal);

        mount.Remount("size=4m");
        await project.ApplyAsync(new Script(), new AutoAccept(), resume: true);
        Assert.Equal(big, project.Repository.Read("data/big.txt"));
        Assert.Equal("1\n", project.Repository.Read("first.txt"));
        Assert.Equal(0, (await project.VerifyAsync()).ExitCode);
    }

    [Fact]
    public async Task A_disk_that_fills_up_while_the_model_works_is_a_typed_error_and_the_users_files_are_untouched()
    {
        using var project = await Project.CreateAsync();
        var place = project.Repository.At(".colophon/state");
        Directory.CreateDirectory(place);
        using var mount = Mount.Over(place, "-t", "tmpfs", "-o", "size=160k", "tmpfs");
        var before = project.Repository.Everything(".colophon", ".openspec");
        var script = new Script();
        for (var i = 0; i < 12; i++)
            script.Calls(("write", new { path = $"big{i}.txt", content = new string((char)('a' + i), 30_000) }));
        var error = await Assert.ThrowsAnyAsync<ColophonException>(() => project.ApplyAsync(script));
        Assert.Equal(ExitCode.InputOutput, error.ExitCode);
        Assert.NotNull(error.Hint);
        Assert.Equal(before, project.Repository.Everything(".colophon", ".openspec"));
    }

    private sealed class Mount : IDisposable
    {
        private readonly string _place;

        private Mount(string place) => _place = place;

        public static Mount Over(string place, params string[] arguments)
        {
            if (Run("mount", [.. arguments, place]) != 0)
                Assert.Skip("Mounting is not allowed here; run as root to test this.");
            return new Mount(place);
        }

        public void MakeReadOnly()
        {
            if (Run("mount", ["-o", "remount,ro,bind", _place]) != 0)
                Assert.Skip("A bind mount cannot be made read-only here.");
        }

        public void Remount(string options) => Assert.Equal(0, Run("mount", ["-o", $"remount,{options}", _place]));

        public void Dispose() => Run("umount", ["-l", _place]);

        private static int Run(string program, string[] arguments)
        {
            var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
            foreach (var argument in arguments)
                start.ArgumentList.Add(argument);
            try
            {
                using var process = Process.Start(start);
                process?.WaitForExit();
                return process?.ExitCode ?? -1;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return -1;
            }
        }
    }
}
