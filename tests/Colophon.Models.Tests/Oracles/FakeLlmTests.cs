using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Colophon.Models.Facts;
using Colophon.Models.Providers;
using Colophon.Models.Tests.Doubles;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Tests.Oracles;

/// <summary>Whole sessions with the kit's server, which speaks the providers' wires; recorded and played again.</summary>
public sealed class FakeLlmTests
{
    [Theory]
    [InlineData("claude/m")]
    [InlineData("gpt/m")]
    public async Task A_session_of_tool_calls_runs_is_recorded_and_plays_back(string model)
    {
        var script = FindScript();
        Assert.SkipWhen(script is null, "the agent-bench kit is not beside the repository");
        Assert.SkipWhen(FindNode() is null, "node is not installed");
        var folder = Directory.CreateTempSubdirectory("fake-llm").FullName;
        try
        {
            var port = FreePort();
            using var server = Start(script ?? string.Empty, port, folder);
            List<string> live;
            try
            {
                // The server says when it listens.
                Assert.Contains("fake-llm on", await server.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
                using var registry = new ProviderRegistry(new RegistryOptions
                {
                    Providers =
                    [
                        new ProviderOptions { Name = "claude", Kind = ProviderKind.Anthropic, BaseUrl = new Uri($"http://127.0.0.1:{port}"), NeedsKey = false },
                        new ProviderOptions { Name = "gpt", BaseUrl = new Uri($"http://127.0.0.1:{port}/v1"), NeedsKey = false },
                    ],
                    RecordTo = Path.Combine(folder, "s.cassette"),
                });
                live = await SessionAsync(registry, model);
            }
            finally
            {
                server.Kill();
                await server.WaitForExitAsync();
            }

            // Six calls, two a turn, then the final text.
            Assert.Equal(4, live.Count);
            Assert.StartsWith("text word0 word1 ", live[^1], StringComparison.Ordinal);
            Assert.Contains(" -> stop ", live[^1], StringComparison.Ordinal);
            using var replay = new ProviderRegistry();
            Assert.Equal(live, await SessionAsync(replay, $"replay:{Path.Combine(folder, "s.cassette")}"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<string>> SessionAsync(ProviderRegistry registry, string model)
    {
        using var client = registry.Client(model);
        var options = new ChatOptions { Tools = [Make.Tool("shell", """{"type":"object","properties":{"command":{"type":"string"}},"required":["command"]}""")] };
        List<ChatMessage> messages = [Make.User("go")];
        List<string> replies = [];
        while (replies.Count < 20)
        {
            var response = await client.GetResponseAsync(messages, options);
            replies.Add(Make.Describe(response));
            Assert.Equal(40, CallFacts.Of(response)?.OutputTokens);
            messages.AddRange(response.Messages);
            var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
            if (calls.Count == 0)
                return replies;
            Assert.All(calls, call => Assert.StartsWith("head -c 2000 src/f", call.Arguments?["command"]?.ToString(), StringComparison.Ordinal));
            messages.Add(new ChatMessage(ChatRole.Tool, [.. calls.Select(call => new FunctionResultContent(call.CallId, "output"))]));
        }

        return replies;
    }

    private static Process Start(string script, int port, string folder)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in (string[])[script, "--port", $"{port}", "--n", "6", "--parallel", "2", "--workdir", folder])
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? FindScript()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "shared", "kits", "agent-bench", "fake-llm.mjs");
            if (File.Exists(script))
                return script;
        }

        return null;
    }

    private static string? FindNode() =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':').Select(folder => Path.Combine(folder, "node")).FirstOrDefault(File.Exists);
}
