namespace Colophon.Security.Sandbox.Reach;

/// <summary>
/// Compilers and interpreters that live outside the system's folders. Below the home folder only folders known to hold programs and packages
/// are opened, never one that may hold credentials as well (<c>~/.cargo/credentials.toml</c>, <c>~/.m2/settings.xml</c>, <c>~/.npmrc</c>).
/// </summary>
internal static class ToolchainPaths
{
    private static readonly string[] s_belowHome =
    [
        ".pyenv", ".rbenv", ".nodenv", ".goenv", ".jenv", ".asdf", ".nvm", ".fnm", ".volta", ".sdkman", ".ghcup", ".rustup", ".dotnet",
        ".cargo/bin", ".cargo/env", ".cargo/registry", ".cargo/git", ".local/bin", ".local/lib", ".local/share/mise", ".local/share/uv", ".local/share/fnm",
        ".local/share/pnpm", ".local/share/virtualenv", ".bun/bin", ".deno/bin", ".nuget/packages", ".m2/repository", ".gradle/wrapper", "go/bin",
        "go/pkg/mod", ".stack/programs", "sdk", "miniconda3", "anaconda3", ".conda/pkgs",
    ];

    /// <summary>Where tools are told to look, since their <c>HOME</c> is another: variable, folder below the home folder.</summary>
    internal static readonly (string Variable, string Folder)[] Locations =
    [
        ("PYENV_ROOT", ".pyenv"), ("RBENV_ROOT", ".rbenv"), ("NODENV_ROOT", ".nodenv"), ("NVM_DIR", ".nvm"), ("VOLTA_HOME", ".volta"),
        ("SDKMAN_DIR", ".sdkman"), ("RUSTUP_HOME", ".rustup"), ("NUGET_PACKAGES", ".nuget/packages"), ("GOMODCACHE", "go/pkg/mod"),
        ("ASDF_DATA_DIR", ".asdf"),
    ];

    /// <summary>The folders that may be read and executed from; some may not exist.</summary>
    internal static IEnumerable<string> All(SandboxHost host)
    {
        var home = host.Home;
        if (home is not null)
        {
            foreach (var folder in s_belowHome)
                yield return Path.Combine(home, folder);
        }

        foreach (var folder in host.SearchPath)
        {
            var real = RealPath.Of(folder);
            if (real == "/" || (home is not null && (RealPath.IsWithin(real, home) || RealPath.IsWithin(home, real))))
                continue;
            yield return real;
            // A tool's libraries lie beside its bin folder: /data/tools/node/bin and ../lib; but never a whole top-level folder.
            if (Path.GetFileName(real) is "bin" or "sbin" && Path.GetDirectoryName(real) is { } prefix && prefix.AsSpan(1).Contains('/')
                && !(home is not null && RealPath.IsWithin(home, prefix)))
            {
                yield return prefix;
            }
        }
    }
}
