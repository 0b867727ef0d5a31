using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Colophon.Generation.Review;
using Colophon.Provenance.Log;

namespace Colophon.Engine.Tests;

/// <summary>The main job over a real HTTP connection: the kit's server speaks both wires, and what it answers is recorded and played again.</summary>
public sealed class LiveWireTests
{
    [Theory]
    [InlineData("anthropic", "")]
    [InlineData("openai-chat", "/v1")]
    public async Task A_change_is_applied_recorded_and_applied_again_from_the_recording(string kind, string path)
    {
        var script = Kit();
        Assert.SkipUnless(File.Exists(script), "The agent-bench kit is not beside the repository.");
        Assert.SkipUnless(HasNode(), "node is not installed.");
        using var project = await Project.CreateAsync();
        var port = FreePort();
        Directory.CreateDirectory(Path.Combine(project.Home, ".config/colophon"));
        await File.WriteAllTextAsync(Path.Combine(project.Home, ".config/colophon/config.toml"), $"[providers.fake]\nkind = \"{kind}\"\nbase_url = \"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}{path}\"\n");
        var cassette = Path.Combine(project.Home, "live.cassette");

        using (var server = Start(script, port, project.Repository.Root))
        {
            try
            {
                Assert.Contains("fake-llm on", await server.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
                await ApplyAsync(project, new EngineOverrides { Environment = project.Environment, Model = "fake/model-1", Record = cassette });
            }
            finally
            {
                server.Kill();
                await server.WaitForExitAsync();
            }
        }

        const string expected = "line\nline\nline\n";
        Assert.Equal(expected, project.Repository.Read("made.txt"));
        Assert.Equal(0, (await project.VerifyAsync()).ExitCode);
        var log = AuditLog.Open(await project.Repository.OpenAsync(), new AuditOptions { ConfigurationDirectory = project.Home });
        var model = log.Entries().First().Predicate.Model;
        Assert.Equal(("fake", "model-1"), (model?.Provider, model?.Requested));
        Assert.StartsWith("http://127.0.0.1", model?.Endpoint, StringComparison.Ordinal);

        // The same project in another folder, without the server: the recording must not know where it was made.
        using var again = await Project.CreateAsync();
        await ApplyAsync(again, new EngineOverrides { Environment = again.Environment, Model = $"replay:{cassette}" });
        Assert.Equal(expected, again.Repository.Read("made.txt"));
    }

    private static async Task ApplyAsync(Project project, EngineOverrides overrides)
    {
        await using var engine = await ColophonEngine.OpenAsync(project.Repository.Root, overrides);
        await foreach (var happened in engine.ApplyAsync(new ApplyRequest { Change = "add-x" }, new AutoAccept()))
            Assert.SkipWhen(happened is EngineEvent.Notice { Message: var message } && message.Contains("no sandbox", StringComparison.Ordinal), "This kernel has no Landlock.");
    }

    private static Process Start(string script, int port, string root)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = root };
        foreach (var argument in (string[])[script, "--port", port.ToString(CultureInfo.InvariantCulture), "--n", "3", "--mode", "shell", "--workdir", root, "--cmd", "echo line >> made.txt"])
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
    }

    private static string Kit([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? "", "../../../shared/kits/agent-bench/fake-llm.mjs"));

    private static bool HasNode() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(static folder => File.Exists(Path.Combine(folder, "node")));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
