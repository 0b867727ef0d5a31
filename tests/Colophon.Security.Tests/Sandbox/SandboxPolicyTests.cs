using Colophon.Security.Consent;
using Colophon.Security.Errors;
using Colophon.Security.Sandbox;

namespace Colophon.Security.Tests.Sandbox;

public sealed class SandboxPolicyTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("relative")]
    [InlineData("{home}")]
    [InlineData("{home}/..")]
    [InlineData("{home}/.ssh")]
    [InlineData("{home}/.config")]
    [InlineData("{home}/.config/colophon/keys")]
    [InlineData("{root}/link-to-home")]
    public async Task A_root_that_opens_secrets_is_refused(string root)
    {
        using var confined = new Confined();
        Directory.CreateSymbolicLink(Path.Combine(confined.Root, "link-to-home"), confined.Home);
        var path = root.Replace("{home}", confined.Home).Replace("{root}", confined.Root);
        foreach (var policy in (SandboxPolicy[])[SandboxPolicy.WriteOnly(path), SandboxPolicy.WriteOnly(confined.Project) with { ReadableRoots = [path] }])
        {
            var error = await Assert.ThrowsAsync<SecurityException>(() =>
                confined.Sandbox.RunAsync(SandboxCommand.Shell("true", confined.Project), policy, TestContext.Current.CancellationToken));
            Assert.Equal(SecurityError.PolicyInvalid, error.Error);
        }
    }

    [Fact]
    public async Task A_working_directory_outside_is_refused()
    {
        using var confined = new Confined();
        await Assert.ThrowsAsync<SecurityException>(() =>
            confined.Sandbox.RunAsync(SandboxCommand.Shell("true", confined.Home), SandboxPolicy.WriteOnly(confined.Project), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task With_consent_a_command_runs_unconfined_and_says_who_allowed_it()
    {
        using var folder = new TemporaryFolder();
        var outside = folder.File("outside");
        var project = Directory.CreateDirectory(Path.Combine(folder.Path, "project")).FullName;
        var sandbox = new UnconfinedSandbox(new UnconfinedConsent.CommandLine("--allow-unsandboxed"), TimeProvider.System);
        Assert.Contains("--allow-unsandboxed", sandbox.Description);
        var result = await sandbox.RunAsync(
            SandboxCommand.Shell("echo written > ../outside; (setsid sleep 1000 & echo $! > pid); while [ ! -s pid ]; do :; done; echo ok", project),
            SandboxPolicy.WriteOnly(project),
            TestContext.Current.CancellationToken);
        Assert.Equal("ok\n", result.Output);
        Assert.Equal("written\n", File.ReadAllText(outside));
        var left = $"/proc/{File.ReadAllText(Path.Combine(project, "pid")).Trim()}/stat";
        Assert.True(!File.Exists(left) || File.ReadAllText(left).Contains(") Z"));
    }

    [Fact]
    public void The_error_without_a_sandbox_says_how_to_consent()
    {
        var error = UnconfinedConsent.Missing("no Landlock");
        Assert.Equal(SecurityError.SandboxUnavailable, error.Error);
        Assert.Contains("--allow-unsandboxed", error.Hint);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void An_old_kernel_is_refused_with_a_reason(int abi) => Assert.NotNull(SandboxProbe.WhyNot(abi));

    [Fact]
    public void The_probe_tells_what_is_confined()
    {
        var probe = SandboxProbe.Run();
        Assert.NotEmpty(probe.Findings);
        Assert.Equal(probe.Available, probe.LandlockAbi >= 3 && probe.Seccomp);
    }
}
