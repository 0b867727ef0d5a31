using Colophon.Security.Consent;
using Colophon.Security.Sandbox;

namespace Colophon.Security.Tests.Sandbox;

public sealed class FileConfinementTests
{
    [Fact]
    public async Task A_command_writes_inside_its_root_and_says_so()
    {
        using var confined = new Confined();
        var result = await confined.Shell("mkdir -p a/b && echo hello > a/b/file && mv a/b/file a/moved && ln a/moved a/linked && ln -s moved a/soft && cat a/soft; echo oops >&2; exit 3");
        Assert.Equal((3, null, "hello\noops\n"), (result.ExitCode, result.Signal, result.Output));
        Assert.Equal("hello\n", File.ReadAllText(Path.Combine(confined.Project, "a/linked")));
    }

    [Theory]
    [InlineData("echo x > {outside}")]
    [InlineData("echo x >> {outside}")]
    [InlineData("echo x > ../outside.txt")]
    [InlineData("truncate -s 0 ../outside.txt")]
    [InlineData("rm -f ../outside.txt")]
    [InlineData("ln -s {outside} way-out && echo x > way-out")]
    [InlineData("ln -s {root}/work up && echo x > up/outside.txt")]
    [InlineData("ln {outside} twin && echo x > twin")]
    [InlineData("mv {outside} stolen")]
    [InlineData("echo x > mine && mv mine {outside}")]
    [InlineData("echo x > mine && ln mine ../new-name")]
    [InlineData("mkdir ../new-name")]
    [InlineData("echo x > ../new-name")]
    [InlineData("ln -s x ../new-name")]
    [InlineData("mkfifo ../new-name")]
    [InlineData("rm -rf {home}/.ssh")]
    [InlineData("cp /bin/true /tmp/colophon-escaped")]
    [InlineData("echo x > {home}/.bashrc")]
    [InlineData("echo x > /proc/sys/kernel/hostname")]
    [InlineData("mknod disk b 8 0")]
    [InlineData("echo x > /dev/shm/colophon-escaped")]
    public async Task A_write_outside_fails(string text)
    {
        using var confined = new Confined();
        var result = await confined.Shell(text.Replace("{outside}", confined.Outside).Replace("{home}", confined.Home).Replace("{root}", confined.Root));
        Assert.True(result.ExitCode != 0, result.Output);
        Assert.Equal("untouched", File.ReadAllText(confined.Outside));
        Assert.Equal("TOP-SECRET", File.ReadAllText(confined.Secret));
        Assert.False(Path.Exists(Path.Combine(confined.Root, "work/new-name")));
        Assert.False(File.Exists(Path.Combine(confined.Home, ".bashrc")));
        Assert.False(File.Exists("/tmp/colophon-escaped"));
    }

    [Theory]
    [InlineData("cat {home}/.ssh/id_ed25519")]
    [InlineData("ls {home}/.ssh")]
    [InlineData("ls {home}")]
    [InlineData("cat {home}/.config/colophon/keys/signing.key")]
    [InlineData("cat {home}/.cargo/credentials.toml")]
    [InlineData("ln -s {home}/.ssh keys && cat keys/id_ed25519")]
    [InlineData("ln {home}/.ssh/id_ed25519 copy && cat copy")]
    [InlineData("cat ../../home/.ssh/id_ed25519")]
    [InlineData("cat /proc/self/root{home}/.ssh/id_ed25519")]
    [InlineData("cat {outside}")]
    [InlineData("cat /etc/shadow")]
    [InlineData("cat /proc/{parent}/environ")]
    [InlineData("cat /proc/{parent}/root{home}/.ssh/id_ed25519")]
    [InlineData("readlink /proc/{parent}/fd/1 || cat /proc/{parent}/maps")]
    [InlineData("head -c 1 /proc/{parent}/mem")]
    [InlineData("head -c 1 /dev/mem || head -c 1 /dev/kmsg")]
    public async Task A_secret_cannot_be_read(string text)
    {
        using var confined = new Confined();
        var filled = text.Replace("{outside}", confined.Outside).Replace("{home}", confined.Home).Replace("{parent}", $"{Environment.ProcessId}");
        var result = await confined.Shell(filled);
        Assert.True(result.ExitCode != 0, result.Output);
        Assert.DoesNotContain("SECRET", result.Output);
        Assert.DoesNotContain("SIGNING", result.Output);
    }

    [Theory]
    [InlineData("cat {home}/.ssh/id_ed25519")]
    [InlineData("ln -s {home}/.ssh keys && cat keys/id_ed25519")]
    [InlineData("cat ../../home/.ssh/id_ed25519")]
    [InlineData("cat /proc/{parent}/environ")]
    [InlineData("echo x > {outside}")]
    [InlineData("ln {outside} twin && echo x > twin")]
    [InlineData("mv {outside} stolen")]
    [InlineData("mkfifo ../new-name")]
    [InlineData("python3 -c 'import socket; socket.socket(socket.AF_UNIX)'")]
    public async Task Without_the_sandbox_the_same_would_have_worked(string text)
    {
        using var confined = new Confined();
        var filled = text.Replace("{outside}", confined.Outside).Replace("{home}", confined.Home).Replace("{parent}", $"{Environment.ProcessId}");
        var open = new UnconfinedSandbox(new UnconfinedConsent.CommandLine("a test"), TimeProvider.System);
        var result = await open.RunAsync(SandboxCommand.Shell(filled, confined.Project), SandboxPolicy.WriteOnly(confined.Project), TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded || result.ExitCode == 127, result.Output);
    }

    [Fact]
    public async Task A_toolchain_below_the_home_folder_runs()
    {
        using var confined = new Confined();
        Assert.Equal("tool runs\n", (await confined.Shell("tool")).Output);
    }

    [Fact]
    public async Task Python_runs_with_temporary_files_of_its_own()
    {
        using var confined = new Confined();
        var result = await confined.Shell("""
            command -v python3 >/dev/null || { echo fine; exit; }
            python3 -c 'import tempfile, os, pathlib
            with tempfile.NamedTemporaryFile() as f: f.write(b"x")
            pathlib.Path.home().joinpath("note").write_text("y")
            print("fine")'
            """.Replace("\n", "\n"));
        Assert.Equal("fine\n", result.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(confined.Project));
    }

    [Fact]
    public async Task A_readable_root_can_be_read_and_not_written()
    {
        using var confined = new Confined();
        var library = Directory.CreateDirectory(Path.Combine(confined.Root, "library")).FullName;
        File.WriteAllText(Path.Combine(library, "text"), "words");
        var result = await confined.Shell($"cat {library}/text && echo x > {library}/text", policy: p => p with { ReadableRoots = [library] });
        Assert.NotEqual(0, result.ExitCode);
        Assert.StartsWith("words", result.Output);
        Assert.Equal("words", File.ReadAllText(Path.Combine(library, "text")));
    }

    [Fact]
    public async Task A_private_folder_of_the_policy_is_kept()
    {
        using var confined = new Confined();
        var home = Path.Combine(confined.Root, "private");
        await confined.Shell("echo kept > $HOME/note; echo x > $TMPDIR/t", policy: p => p with { PrivateFolder = home });
        Assert.Equal("kept\n", File.ReadAllText(Path.Combine(home, "note")));
        Assert.True(File.Exists(Path.Combine(home, "tmp/t")));
        await confined.Shell("rm -r $TMPDIR; ln -s /nowhere $TMPDIR", policy: p => p with { PrivateFolder = home });
        Assert.Equal("ok\n", (await confined.Shell("echo ok > $TMPDIR/t && cat $TMPDIR/t", policy: p => p with { PrivateFolder = home })).Output);
    }
}
