using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Colophon.Generation.Review;
using Colophon.Kernel.Errors;

namespace Colophon.Engine.Tests;

/// <summary>A secret in everything that a model or a user can reach, and then a search for its bytes in everything that Colophon wrote.</summary>
public sealed class PlantedSecretTests
{
    // No key stands here whole, so that no scanner of repositories takes this file for a leak.
    private static readonly string[] s_secrets =
    [
        .. "prompt file tool shell answer argument failure branch person reason stream environment".Split(' ').Select(static (_, i) => "ghp_" + $"aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW2yZ{i:D2}qC"),
    ];

    private static string Secret(string channel) => s_secrets["prompt file tool shell answer argument failure branch person reason stream environment".Split(' ').IndexOf(channel)];

    [Fact]
    public async Task No_byte_of_a_planted_secret_is_in_anything_that_was_written_and_the_session_resumes()
    {
        using var project = await Project.CreateAsync(1, ("secret.txt", $"token: {Secret("file")}\n"), ("found.txt", $"line {Secret("tool")} line\n"));
        var root = project.Repository.Root;
        project.Repository.Write("openspec/changes/add-x/tasks.md", $"## 1. Work\n\n- [ ] 1.1 Use {Secret("prompt")} for it\n");
        await project.Repository.Git.RunAsync(["checkout", "-qb", $"feature/{Secret("branch")}"]);
        await project.Repository.CommitAsync();
        await project.Repository.Git.RunAsync(["config", "user.name", $"Ada {Secret("person")}"]);
        var before = Files(root);

        using var server = new Provider(
            Provider.Says($"I start with {Secret("answer")} in mind."),
            Provider.Calls(("read", new { path = "secret.txt" }), ("grep", new { pattern = "line" }), ("read", new { path = "../" + Secret("argument") })),
            Provider.Calls(("shell", new { command = $"printf '%s\\n' {Secret("shell")[..20]}\"\"{Secret("shell")[20..]}" })),
            Provider.Fails(400, $"bad request, your token {Secret("failure")} is wrong"),
            Provider.Calls(("write", new { path = "made.py", content = "x\n" })),
            Provider.Says("I wrote it."),
            Provider.Calls(("write", new { path = "made.py", content = "y\n" })),
            Provider.Says("Now it is right."));
        Directory.CreateDirectory(Path.Combine(project.Home, ".config/colophon"));
        await File.WriteAllTextAsync(Path.Combine(project.Home, ".config/colophon/config.toml"), $"[providers.fake]\nkind = \"anthropic\"\nbase_url = \"{server.Url}\"\napi_key_env = \"FAKE_KEY\"\n");
        var environment = new Dictionary<string, string>(project.Environment, StringComparer.Ordinal) { ["FAKE_KEY"] = Secret("environment") };
        var cassette = Path.Combine(root, "run.cassette");
        EngineOverrides Overrides(string record) => new() { Environment = environment, Model = "fake/model-1", Record = record };

        var told = new StringBuilder();
        var failure = await Assert.ThrowsAnyAsync<ColophonException>(() => ApplyAsync(project, Overrides(cassette), false, new AutoAccept(), told));
        Assert.DoesNotContain(Secret("failure"), SecretScan.Without(failure.Message), StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetDirectories(Path.Combine(root, ".colophon/state/sessions")));
        AssertClean(root, before, project.Home);

        await ApplyAsync(project, Overrides(cassette + "2"), true, new Answers(
            _ => new ReviewAnswer.Reject($"not with {Secret("reason")}", Retry: true),
            _ => new ReviewAnswer.AcceptAll()), told);
        Assert.Equal("y\n", project.Repository.Read("made.py"));
        AssertClean(root, before, project.Home);
        Assert.All(s_secrets, secret => Assert.DoesNotContain(secret, told.ToString(), StringComparison.Ordinal));
        Assert.Equal(0, (await project.VerifyAsync()).ExitCode);

        await using var engine = await ColophonEngine.OpenAsync(root, project.Overrides(null));
        var audit = await ProjectAudit.OfAsync(engine);
        Assert.NotEmpty(audit.Query(new AuditQuery()).Rows);
        await project.Repository.CommitAsync();
        var coverage = await audit.CoverageAsync([]);
        var pages = string.Concat(audit.CoverageSite(coverage).Select(static page => page.Content)) + audit.CoveragePage(coverage);
        Assert.Contains("secret.txt", pages, StringComparison.Ordinal);
        Assert.All(s_secrets, secret => Assert.DoesNotContain(secret, pages, StringComparison.Ordinal));
    }

    private static async Task ApplyAsync(Project project, EngineOverrides overrides, bool resume, IReviewer reviewer, StringBuilder told)
    {
        await using var engine = await ColophonEngine.OpenAsync(project.Repository.Root, overrides);
        await foreach (var happened in engine.ApplyAsync(new ApplyRequest { Change = "add-x", Resume = resume }, reviewer))
            told.Append(happened).Append('\n');
    }

    /// <summary>Every file, git's objects unpacked.</summary>
    private static Dictionary<string, string> Files(string root) => Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        .ToDictionary(static path => path, static path => Encoding.Latin1.GetString(Content(path)), StringComparer.Ordinal);

    private static byte[] Content(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (!path.Contains("/objects/", StringComparison.Ordinal) || bytes is not [0x78, ..])
            return bytes;
        using var unpacked = new MemoryStream();
        using (var stream = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress))
            stream.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private static void AssertClean(string root, Dictionary<string, string> before, string home)
    {
        foreach (var (path, text) in Files(root).Concat(Files(home)))
        {
            // What stood there, and what is the user's own: the list of tasks that was ticked, the branch's name in git, the user's name in git's configuration, and the copy of the tree that a session works in.
            if ((before.TryGetValue(path, out var old) && old == text) || path.EndsWith("/tasks.md", StringComparison.Ordinal) || path.Contains("/tree/", StringComparison.Ordinal) || (path.Contains("/.git/", StringComparison.Ordinal) && !path.Contains("/colophon/", StringComparison.Ordinal) && !path.Contains("/objects/", StringComparison.Ordinal)))
                continue;
            foreach (var secret in s_secrets)
            {
                Assert.False(path[root.Length..].Contains(secret, StringComparison.Ordinal), path);
                var at = text.IndexOf(secret, StringComparison.Ordinal);
                Assert.True(at < 0, at < 0 ? "" : $"{path}: {text[Math.Max(0, at - 120)..Math.Min(text.Length, at + 60)]}");
                Assert.False(text.Contains(Convert.ToBase64String(Encoding.ASCII.GetBytes(secret))[..40], StringComparison.Ordinal), path);
            }
        }
    }

    /// <summary>A provider on the loopback that speaks Anthropic's wire, its texts in pieces of a few characters.</summary>
    private sealed class Provider : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _serving;

        internal Provider(params (int Status, string Body)[] answers)
        {
            for (var port = 20_000 + (Environment.ProcessId % 20_000); ; port++)
            {
                Url = $"http://127.0.0.1:{port}";
                _listener.Prefixes.Clear();
                _listener.Prefixes.Add(Url + "/");
                try
                {
                    _listener.Start();
                    break;
                }
                catch (HttpListenerException) when (port < 60_000)
                {
                    // Somebody else has it.
                }
            }

            _serving = Task.Run(() => ServeAsync(answers));
        }

        internal string Url { get; }

        internal static (int Status, string Body) Says(string text) => (200, Events("end_turn", ("""{"type":"text","text":""}""", "text_delta", "text", text)));

        internal static (int Status, string Body) Calls(params (string Tool, object Input)[] calls) => (200, Events("tool_use", [.. calls.Select((c, i) => (
            $$"""{"type":"tool_use","id":"toolu_{{Math.Abs(JsonSerializer.Serialize(c.Input).GetHashCode(StringComparison.Ordinal))}}{{i}}","name":"{{c.Tool}}","input":{} }""", "input_json_delta", "partial_json", JsonSerializer.Serialize(c.Input)))]));

        internal static (int Status, string Body) Fails(int status, string message) => (status, JsonSerializer.Serialize(new { type = "error", error = new { type = "invalid_request_error", message } }));

        public void Dispose()
        {
            _listener.Close();
            _serving.GetAwaiter().GetResult();
        }

        private static string Events(string stop, params (string Block, string Type, string Member, string Text)[] blocks)
        {
            var body = new StringBuilder();
            void Send(string name, string data) => body.Append("event: ").Append(name).Append("\ndata: ").Append(data).Append("\n\n");
            Send("message_start", """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"model-1","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,"output_tokens":1}}}""");
            for (var i = 0; i < blocks.Length; i++)
            {
                Send("content_block_start", $$"""{"type":"content_block_start","index":{{i}},"content_block":{{blocks[i].Block}}}""");
                foreach (var piece in blocks[i].Text.Chunk(7))
                    Send("content_block_delta", $$$"""{"type":"content_block_delta","index":{{{i}}},"delta":{"type":"{{{blocks[i].Type}}}","{{{blocks[i].Member}}}":{{{JsonSerializer.Serialize(new string(piece))}}}}}""");
                Send("content_block_stop", $$"""{"type":"content_block_stop","index":{{i}}}""");
            }

            Send("message_delta", $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{stop}}}","stop_sequence":null},"usage":{"output_tokens":20}}""");
            Send("message_stop", """{"type":"message_stop"}""");
            return body.ToString();
        }

        private async Task ServeAsync((int Status, string Body)[] answers)
        {
            try
            {
                foreach (var (status, body) in answers)
                {
                    var context = await _listener.GetContextAsync();
                    await context.Request.InputStream.CopyToAsync(Stream.Null);
                    context.Response.StatusCode = status;
                    context.Response.ContentType = status == 200 ? "text/event-stream" : "application/json";
                    await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                    context.Response.Close();
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
