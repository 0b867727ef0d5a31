using System.Diagnostics;

namespace Colophon.Security.Tests.Secrets;

/// <summary>A session bus of a test's own, on which GNOME Keyring is started when it is first asked for; everything it keeps lies in the test's folder.</summary>
internal sealed class PrivateBus : IDisposable
{
    private const string Daemon = "/usr/bin/dbus-daemon";
    private const string Ring = "/usr/bin/gnome-keyring-daemon";

    private readonly TemporaryFolder _folder = new();
    private readonly Process _daemon;

    /// <param name="unlocked">Whether a default ring is there and unlocked; without, there is none, and a dialogue would be needed to make one.</param>
    internal PrivateBus(bool unlocked)
    {
        var socket = Path.Combine(_folder.Path, "bus");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "services"));
        _folder.File("password", "login password");
        var start = _folder.File("start.sh", $"#!/bin/sh\nexec {Ring} {(unlocked ? "--unlock " : "--start ")}--foreground --components=secrets <{_folder.Path}/password\n");
        File.SetUnixFileMode(start, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _folder.File("services/secrets.service", $"[D-BUS Service]\nName=org.freedesktop.secrets\nExec={start}\n");
        var configuration = _folder.File("bus.conf", $"""
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>session</type>
              <listen>unix:path={socket}</listen>
              <servicedir>{_folder.Path}/services</servicedir>
              <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
            </busconfig>
            """);
        var info = new ProcessStartInfo(Daemon, ["--config-file=" + configuration, "--nofork", "--print-address=1"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment.Clear();
        foreach (var (name, value) in (IEnumerable<(string, string)>)[("HOME", _folder.Path), ("XDG_RUNTIME_DIR", _folder.Path), ("XDG_DATA_HOME", _folder.Path), ("PATH", "/usr/bin:/bin")])
            info.Environment[name] = value;
        _daemon = Process.Start(info) ?? throw new InvalidOperationException("The bus does not start.");
        // It prints where it listens once it does.
        _ = _daemon.StandardOutput.ReadLine();
        Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" + socket };
    }

    /// <summary>The environment of a program on this bus.</summary>
    internal Dictionary<string, string> Variables { get; }

    /// <summary>Why there can be none here, or null.</summary>
    internal static string? Missing => ((IEnumerable<string>)[Daemon, Ring]).FirstOrDefault(static p => !File.Exists(p)) is { } missing ? $"{missing} is not installed here; FakeSecretService stands in for it." : null;

    public void Dispose()
    {
        _daemon.Kill(entireProcessTree: true);
        _daemon.WaitForExit();
        _daemon.Dispose();
        _folder.Dispose();
    }
}
