using Colophon.Security.Errors;
using Colophon.Security.Sandbox.Spawn;

namespace Colophon.Security.Sandbox.Reach;

/// <summary>The environment a command gets: a fixed set, a few harmless variables of the user's, and what the policy adds.</summary>
internal static class ScrubbedEnvironment
{
    private static readonly string[] s_inherited =
    [
        "LANG", "LC_ALL", "LC_CTYPE", "TZ", "USER", "LOGNAME", "JAVA_HOME", "GOROOT", "DOTNET_ROOT", "PYENV_VERSION", "RUSTUP_TOOLCHAIN", "NODE_VERSION",
    ];

    private static readonly (string Name, string Value)[] s_fixed =
    [
        ("TERM", "dumb"), ("CI", "1"), ("NO_COLOR", "1"), ("PAGER", "cat"), ("GIT_PAGER", "cat"), ("GIT_TERMINAL_PROMPT", "0"), ("SHELL", "/bin/sh"),
        // Caches and servers that would litter the folder or outlive the command.
        ("PYTHONDONTWRITEBYTECODE", "1"), ("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_NOLOGO", "1"),
    ];

    private static readonly string[] s_secretWords = ["KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "CREDENTIALS", "PAT", "AUTH"];

    /// <summary>Builds the environment.</summary>
    /// <param name="host">Whose variables to choose from.</param>
    /// <param name="policy">What to add.</param>
    /// <param name="home">The command's private home.</param>
    /// <param name="isReachable">Whether a directory of <c>PATH</c> can be read in the sandbox.</param>
    /// <param name="runId">What marks the command's processes.</param>
    /// <exception cref="SecurityException"><see cref="SecurityError.PolicyInvalid"/>: the policy names a secret.</exception>
    internal static Dictionary<string, string> Build(SandboxHost host, SandboxPolicy policy, string home, Func<string, bool> isReachable, string runId)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in s_fixed)
            result[name] = value;
        result["LANG"] = "C.UTF-8";
        foreach (var name in s_inherited)
        {
            if (host.Variables.GetValueOrDefault(name) is { } value)
                result[name] = value;
        }

        foreach (var (variable, folder) in ToolchainPaths.Locations)
        {
            if (host.Home is { } own && Path.Combine(own, folder) is var place && Directory.Exists(place))
                result[variable] = place;
        }

        result["PATH"] = string.Join(':', host.SearchPath.Where(isReachable));
        result["HOME"] = home;
        result["TMPDIR"] = Path.Combine(home, "tmp");
        foreach (var (name, value) in policy.Environment)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAny('=', '\0') || value.Contains('\0') || NamesASecret(name))
            {
                throw new SecurityException(
                    SecurityError.PolicyInvalid,
                    $"The variable '{name}' cannot be given to a sandboxed command.",
                    "Variables that name keys, tokens or passwords never enter the sandbox; set a dummy one inside the command itself.");
            }

            result[name] = value;
        }

        result[ProcessTable.RunVariable] = runId;
        return result;
    }

    /// <summary>Whether one of the words of a variable's name stands for a secret.</summary>
    internal static bool NamesASecret(string name)
    {
        foreach (var word in name.ToUpperInvariant().Split('_'))
        {
            if (s_secretWords.Contains(word) || word.EndsWith("APIKEY", StringComparison.Ordinal) || word.EndsWith("TOKEN", StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
