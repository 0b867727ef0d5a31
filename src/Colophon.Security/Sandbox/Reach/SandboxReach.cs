using Colophon.Security.Errors;
using Colophon.Security.Sandbox.Confine;

namespace Colophon.Security.Sandbox.Reach;

/// <summary>Which paths a command may reach, worked out from the policy and the machine.</summary>
internal sealed class SandboxReach
{
    /// <summary>Folders below the home folder that no policy can open.</summary>
    private static readonly string[] s_closed = [".ssh", ".gnupg", ".aws", ".azure", ".kube", ".docker", ".config/gcloud", ".config/gh"];

    private readonly List<(string Path, LandlockRights Rights)> _places = [];
    private readonly SandboxHost _host;

    /// <summary>Works the places out.</summary>
    /// <exception cref="SecurityException"><see cref="SecurityError.PolicyInvalid"/>, naming the root.</exception>
    internal SandboxReach(SandboxPolicy policy, SandboxHost host, IReadOnlyList<(string Path, LandlockRights Rights)> installed)
    {
        _host = host;
        _places.AddRange(installed);
        foreach (var root in policy.ReadableRoots)
            _places.Add((Checked(root), LandlockRights.Read));
        foreach (var root in policy.WritableRoots)
        {
            if (!Directory.Exists(root))
                throw Invalid(root, "does not exist");
            AddWritable(root);
        }
    }

    /// <summary>Opens one more folder for writing.</summary>
    /// <exception cref="SecurityException"><see cref="SecurityError.PolicyInvalid"/>.</exception>
    internal void AddWritable(string root) => _places.Add((Checked(root), LandlockRights.Write));

    /// <summary>Whether a path, links followed, may be read.</summary>
    internal bool CanRead(string path)
    {
        var real = RealPath.Of(path);
        return _places.Exists(place => place.Rights.HasFlag(LandlockRights.ReadFile) && RealPath.IsWithin(real, place.Path));
    }

    /// <summary>Gives the places to a ruleset.</summary>
    /// <exception cref="IOException">The kernel refused a rule.</exception>
    internal void ApplyTo(LandlockRuleset ruleset)
    {
        foreach (var (path, rights) in _places)
            ruleset.Allow(path, rights);
    }

    private string Checked(string root)
    {
        if (!Path.IsPathRooted(root))
            throw Invalid(root, "is not absolute");
        var real = RealPath.Of(root);
        if (real == "/")
            throw Invalid(root, "is the whole machine");
        if (_host.Home is { } home)
        {
            if (RealPath.IsWithin(home, real))
                throw Invalid(root, "holds the home folder and so its secrets");
            if (s_closed.FirstOrDefault(name => Overlaps(real, Path.Combine(home, name))) is { } closed)
                throw Invalid(root, $"reaches ~/{closed}");
        }

        if (_host.ConfigurationFolder is { } keys && Overlaps(real, keys))
            throw Invalid(root, "reaches Colophon's own keys");
        return real;
    }

    private static bool Overlaps(string path, string closed) => RealPath.IsWithin(path, closed) || RealPath.IsWithin(closed, path);

    private static SecurityException Invalid(string root, string why) => new(
        SecurityError.PolicyInvalid,
        $"The sandbox cannot open '{root}': it {why}.",
        "Name an existing folder of its own, by its absolute path.");
}
