using System.Diagnostics;
using Colophon.Benchmarks.Processes;

namespace Colophon.Benchmarks;

/// <summary>The programs we measure ourselves against, installed from npm into the scratch folder at pinned versions.</summary>
internal static class Peers
{
    internal static async Task<Command?> OpenSpecAsync(Layout layout)
    {
        var script = await InstallAsync(layout, "@fission-ai/openspec", "1.13.2", "bin/openspec.js");
        return script is null ? null : new Command
        {
            Name = "openspec (npm)",
            Arguments = ["node", script],
            Directory = layout.Scratch,
            Environment = Command.Inherited(("OPENSPEC_TELEMETRY", "0"), ("DO_NOT_TRACK", "1"), ("OPEN_SPEC_INTERACTIVE", "0"), ("OPENSPEC_NO_COMPLETIONS", "1"), ("NO_COLOR", "1")),
        };
    }

    internal static async Task<Command?> PiAsync(Layout layout, string home, int port)
    {
        var script = await InstallAsync(layout, "@mariozechner/pi-coding-agent", "0.73.1", "dist/cli.js");
        if (script is null)
            return null;
        var settings = Path.Combine(home, ".pi", "agent");
        Directory.CreateDirectory(settings);
        await File.WriteAllTextAsync(Path.Combine(settings, "models.json"), $$$$"""
            {"providers":{"fake":{"baseUrl":"http://127.0.0.1:{{{{port}}}}/v1","api":"openai-completions","apiKey":"x","models":[{"id":"fake-model","contextWindow":400000,"maxTokens":8000}]}}}
            """);
        return new Command
        {
            Name = "pi, 20 shell calls (npm)",
            Arguments = ["node", script, "-p", "--provider", "fake", "--model", "fake-model", "Read the files one by one and then report."],
            Directory = layout.Scratch,
            Environment = Command.Inherited(("HOME", home), ("PI_OFFLINE", "1"), ("PI_TELEMETRY", "0"), ("PI_SKIP_VERSION_CHECK", "1"), ("PI_CODING_AGENT_DIR", settings), ("NO_COLOR", "1")),
        };
    }

    private static async Task<string?> InstallAsync(Layout layout, string package, string version, string script)
    {
        var folder = Path.Combine(layout.Scratch, "npm", package.Replace('/', '_'));
        var path = Path.Combine(folder, "node_modules", package, script);
        if (File.Exists(path))
            return path;
        Directory.CreateDirectory(folder);
        Console.WriteLine($"installing {package} {version} …");
        var start = new ProcessStartInfo("npm", ["install", "--no-package-lock", "--no-audit", "--no-fund", "--silent", "--prefix", folder, $"{package}@{version}"]) { UseShellExecute = false, RedirectStandardOutput = true };
        try
        {
            using var npm = Process.Start(start);
            if (npm is not null)
                await npm.WaitForExitAsync();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine("left out: npm is not here");
            return null;
        }

        if (File.Exists(path))
            return path;
        Console.WriteLine($"left out: {package} {version} could not be installed");
        return null;
    }
}
