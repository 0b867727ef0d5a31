using Colophon.Security.Sandbox;
using Colophon.Security.Sandbox.Confine;
using Colophon.Security.Sandbox.Reach;

namespace Colophon.Security.Tests.Sandbox;

/// <summary>A real sandbox with a project folder inside and a home folder full of secrets outside.</summary>
internal sealed class Confined : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public Confined(int newestAbi = int.MaxValue)
    {
        Assert.SkipUnless(SandboxProbe.Run().Available, string.Join("; ", SandboxProbe.Run().Findings));
        Home = Directory.CreateDirectory(Path.Combine(_root.Path, "home")).FullName;
        Project = Directory.CreateDirectory(Path.Combine(_root.Path, "work/project")).FullName;
        Secret = _root.File("home/.ssh/id_ed25519", "TOP-SECRET");
        _root.File("home/.config/colophon/keys/signing.key", "SIGNING-KEY");
        _root.File("home/.cargo/credentials.toml", "CARGO-TOKEN");
        _root.File("home/.pyenv/bin/tool", "#!/bin/sh\necho tool runs\n");
        File.SetUnixFileMode(Path.Combine(Home, ".pyenv/bin/tool"), (UnixFileMode)0b111_101_101);
        Outside = _root.File("work/outside.txt", "untouched");
        var host = SandboxHost.Current();
        var variables = new Dictionary<string, string>(host.Variables, StringComparer.Ordinal)
        {
            ["ANTHROPIC_API_KEY"] = "sk-ant-leak",
            ["PATH"] = $"{host.Variables["PATH"]}:{Home}/.pyenv/bin",
        };
        Sandbox = new LandlockSandbox(TimeProvider.System, host with { Home = Home, ConfigurationFolder = Path.Combine(Home, ".config/colophon"), Variables = variables }, Math.Min(newestAbi, LandlockRuleset.KernelAbi()));
    }

    public LandlockSandbox Sandbox { get; }

    public string Home { get; }

    public string Project { get; }

    public string Secret { get; }

    public string Outside { get; }

    public string Root => _root.Path;

    public Task<SandboxResult> Shell(string text, Func<SandboxCommand, SandboxCommand>? change = null, Func<SandboxPolicy, SandboxPolicy>? policy = null)
    {
        var command = SandboxCommand.Shell(text, Project) with { TimeLimit = TimeSpan.FromSeconds(30) };
        return Sandbox.RunAsync(change?.Invoke(command) ?? command, policy?.Invoke(SandboxPolicy.WriteOnly(Project)) ?? SandboxPolicy.WriteOnly(Project), TestContext.Current.CancellationToken);
    }

    public void Dispose() => _root.Dispose();
}
