using System.Diagnostics;
using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Tests.Keys.OpenSsh;

/// <summary>OpenSSH's own programs, in a folder of their own.</summary>
internal sealed class OpenSsh : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Process? _agent;

    public OpenSsh() => Assert.SkipUnless(File.Exists("/usr/bin/ssh-keygen") && File.Exists("/usr/bin/ssh-agent") && File.Exists("/usr/bin/ssh-add"), "OpenSSH is not installed here.");

    public string Folder => _folder.Path;

    public string Socket => _folder.Sub("agent");

    public SigningKeyAccess Access => new() { ConfigurationDirectory = _folder.Sub("config"), Home = Folder, AgentSocket = Socket };

    /// <summary>Makes a key pair; returns the private file's path.</summary>
    public string Generate(string name, string type = "ed25519", string passphrase = "")
    {
        Run("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", name, "-f", _folder.Sub(name));
        return _folder.Sub(name);
    }

    public void StartAgent()
    {
        // -D stays in the foreground, so that this test ends what it began.
        var start = new ProcessStartInfo("/usr/bin/ssh-agent", ["-D", "-a", Socket]) { RedirectStandardOutput = true };
        _agent = Process.Start(start) ?? throw new InvalidOperationException("ssh-agent does not start.");
        // What it prints comes after the socket is there.
        _agent.StandardOutput.ReadLine();
    }

    /// <summary>Runs a program of OpenSSH's against the agent; returns what it printed.</summary>
    public string Run(string program, params string[] words) => Run("", program, words);

    /// <summary>As <see cref="Run(string, string[])"/>; asked for a passphrase, it gets this one.</summary>
    public string Run(string passphrase, string program, string[] words)
    {
        var start = new ProcessStartInfo("/usr/bin/" + program, words) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        var helper = _folder.Sub("askpass");
        File.WriteAllText(helper, $"#!/bin/sh\necho '{passphrase}'\n");
        File.SetUnixFileMode(helper, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (start.Environment["SSH_AUTH_SOCK"], start.Environment["SSH_ASKPASS"], start.Environment["SSH_ASKPASS_REQUIRE"], start.Environment["DISPLAY"]) = (Socket, helper, "force", ":none");
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {error.GetAwaiter().GetResult()}");
        return output;
    }

    public void Dispose()
    {
        if (_agent is not null)
        {
            _agent.Kill();
            _agent.WaitForExit();
            _agent.Dispose();
        }

        _folder.Dispose();
    }
}
