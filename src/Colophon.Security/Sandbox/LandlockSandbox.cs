using Colophon.Security.Consent;
using Colophon.Security.Errors;
using Colophon.Security.Sandbox.Confine;
using Colophon.Security.Sandbox.Reach;
using Colophon.Security.Sandbox.Spawn;

namespace Colophon.Security.Sandbox;

/// <summary>
/// Confines commands with what the Linux kernel gives an ordinary user: Landlock for files, TCP and signals, a seccomp filter for
/// sockets and the kernel's own machinery, no_new_privs, a scrubbed environment, and an end that takes every process with it.
/// </summary>
/// <remarks>
/// What it is not. It does not hide that a file exists: names, sizes and modes outside can be looked up, and modes, times and
/// attributes of the user's own files outside can be changed by path, because Landlock does not watch <c>stat</c>, <c>chmod</c>, <c>chown</c>, <c>utime</c> and
/// <c>setxattr</c>. It sets no limit on processor or memory beyond the time limit. With the network allowed, the command can send what it can read.
/// It is no defence against a hole in the kernel: for hostile code use a virtual machine. <c>docs/sandbox.md</c> has the whole list.
/// </remarks>
public sealed class LandlockSandbox : ISandbox
{
    private readonly TimeProvider _time;
    private readonly SandboxHost _host;
    private readonly int _abi;

    /// <summary>Looked up once: what is installed later is seen by the next run of the program.</summary>
    private readonly Lazy<IReadOnlyList<(string Path, LandlockRights Rights)>> _installed;

    /// <summary>Creates the sandbox.</summary>
    /// <param name="time">The clock for time limits.</param>
    /// <exception cref="SecurityException"><see cref="SecurityError.SandboxUnavailable"/>: this kernel cannot confine a command; the hint says how to consent.</exception>
    public LandlockSandbox(TimeProvider time)
        : this(time, SandboxHost.Current(), LandlockRuleset.KernelAbi())
    {
    }

    internal LandlockSandbox(TimeProvider time, SandboxHost host, int abi)
    {
        (_time, _host, _abi) = (time, host, abi);
        _installed = new(host.FindPlaces);
        if (SandboxProbe.WhyNot(_abi) is { } why)
            throw UnconfinedConsent.Missing(why);
    }

    /// <inheritdoc/>
    public string Description => $"Landlock ABI {_abi} + seccomp";

    /// <inheritdoc/>
    public async Task<SandboxResult> RunAsync(SandboxCommand command, SandboxPolicy policy, CancellationToken cancellationToken)
    {
        try
        {
            return await RunConfinedAsync(command, policy, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandPreparation.Failed(command, e);
        }
    }

    private async Task<SandboxResult> RunConfinedAsync(SandboxCommand command, SandboxPolicy policy, CancellationToken cancellationToken)
    {
        var reach = new SandboxReach(policy, _host, _installed.Value);
        using var home = new PrivateFolder(policy.PrivateFolder);
        reach.AddWritable(home.Path);
        if (!reach.CanRead(command.WorkingDirectory))
        {
            throw new SecurityException(
                SecurityError.PolicyInvalid,
                $"The working directory '{command.WorkingDirectory}' lies outside of what the sandbox may read.",
                "Run the command inside a writable root, or add the folder to the readable ones.");
        }

        var runId = RunId.New();
        var environment = ScrubbedEnvironment.Build(_host, policy, home.Path, reach.CanRead, runId);
        var prepared = CommandPreparation.Prepare(command, policy, environment, reach.CanRead);
        using var launcher = new ConfinedLauncher(Ruleset(reach, policy), policy.AllowNetwork, Broom.SetUp(_abi), runId);
        return await new CommandRun(launcher, prepared, _time).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private LandlockRuleset Ruleset(SandboxReach reach, SandboxPolicy policy)
    {
        var ruleset = LandlockRuleset.Create(_abi, policy.AllowNetwork);
        try
        {
            reach.ApplyTo(ruleset);
            return ruleset;
        }
        catch
        {
            ruleset.Dispose();
            throw;
        }
    }
}
