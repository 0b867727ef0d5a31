using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Colophon.Benchmarks.Processes;

namespace Colophon.Benchmarks.Sections;

/// <summary>
/// A whole <c>colophon apply</c>: one task, 20 sandboxed shell calls, review accepted, entry signed, task ticked. The model is a local server that
/// answers at once, so the figures are the program's own. Goal: below 0.74 s wall and 0.75 s CPU, the best peer's, and 90 MiB.
/// </summary>
internal static class AgentSection
{
    private const int Calls = 20;

    internal static async Task RunAsync(Layout layout)
    {
        var server = Path.Combine(layout.Kits, "agent-bench", "fake-llm.mjs");
        if (!File.Exists(server))
        {
            Console.WriteLine("left out: ../shared/kits/agent-bench is not here");
            return;
        }

        var folder = layout.Fresh("agent");
        var (home, work) = ($"{folder}/home", $"{folder}/work");
        var port = FreePort();
        using var model = StartServer(server, port, work);
        await model.StandardOutput.ReadLineAsync();
        try
        {
            Directory.CreateDirectory(home);
            List<Command> commands = [Ours(layout, home, work, port)];
            if (await Peers.PiAsync(layout, home, port) is { } pi)
                commands.Add(pi with { Directory = work, Before = () => Prepare(layout, home, work, port) });
            Bench.Print(commands, ProcessMeter.Interleave(5, [.. commands]));
            Console.WriteLine("goal: below the peer's wall and CPU, peak <= 90 MiB");
        }
        finally
        {
            model.Kill();
        }
    }

    private static Command Ours(Layout layout, string home, string work, int port) => new()
    {
        Name = "colophon apply, 20 shell calls",
        Arguments = [layout.Program, "apply", "bench", "--yes", "--allow-empty", "--model", "fake/fake-model"],
        Directory = work,
        Environment = Environment(home),
        Before = () => Prepare(layout, home, work, port),
    };

    private static Dictionary<string, string> Environment(string home) =>
        Command.Inherited(("HOME", home), ("XDG_CONFIG_HOME", $"{home}/.config"), ("NO_COLOR", "1"), ("FAKE_KEY", "x"));

    private static void Prepare(Layout layout, string home, string work, int port)
    {
        if (Directory.Exists(work))
            Directory.Delete(work, recursive: true);
        for (var i = 0; i < 40; i++)
            Write($"{work}/src/f{i:D2}.txt", string.Concat(Enumerable.Range(0, 60).Select(line => $"line {line} of file {i}, with some words in it to read\n")));
        Write($"{work}/openspec/specs/.gitkeep", "");
        Write($"{work}/openspec/changes/bench/proposal.md", "# Bench\n\n## Why\nTo measure what one session costs by itself, apart from the model's time.\n\n## What Changes\n- Nothing.\n");
        Write($"{work}/openspec/changes/bench/tasks.md", "## 1. Work\n- [ ] 1.1 Read the files one by one and then report.\n");
        Write($"{work}/openspec/changes/bench/specs/reading/spec.md", "## ADDED Requirements\n\n### Requirement: Reading\nThe system SHALL read.\n\n#### Scenario: Read\n- **WHEN** asked\n- **THEN** it reads\n");
        Write($"{home}/.config/colophon/config.toml", $"[providers.fake]\nkind = \"openai-chat\"\nbase_url = \"http://127.0.0.1:{port}/v1\"\napi_key_env = \"FAKE_KEY\"\n");
        foreach (var arguments in (string[][])[["git", "init", "-q"], ["git", "add", "-A"], ["git", "-c", "user.name=b", "-c", "user.email=b@localhost", "commit", "-qm", "x"], [layout.Program, "init"]])
        {
            var usage = ProcessMeter.Run(new Command { Name = "prepare", Arguments = arguments, Directory = work, Environment = Environment(home), ShowErrors = true });
            if (usage.ExitCode != 0)
                throw new InvalidOperationException($"{string.Join(' ', arguments)} exited with {usage.ExitCode}");
        }
    }

    private static Process StartServer(string script, int port, string work) =>
        Process.Start(new ProcessStartInfo("node", [script, "--port", $"{port}", "--n", $"{Calls}", "--mode", "shell", "--workdir", work]) { RedirectStandardOutput = true, UseShellExecute = false })
        ?? throw new InvalidOperationException("node cannot be started");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
        File.WriteAllText(path, text);
    }
}
