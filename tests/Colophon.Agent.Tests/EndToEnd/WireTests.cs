using System.Text.Json;
using Colophon.Agent.Conversations;
using Colophon.Agent.Limits;
using Colophon.Kernel.Paths;
using Colophon.Models.Errors;
using Colophon.Models.Wires.Anthropic;
using Colophon.Models.Wires.OpenAiChat;
using Colophon.Tools;
using Microsoft.Extensions.AI;

namespace Colophon.Agent.Tests.EndToEnd;

/// <summary>The loop over the real wires, against a provider on the loopback interface.</summary>
public sealed class WireTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("colophon-wire-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_session_over_chat_completions_reads_writes_and_finishes()
    {
        await using var provider = new LoopbackProvider(
            Streams.OpenAiCalls(("c1", "write", """{"path":"a.txt","content":"grün 😀\n"}"""), ("c2", "read", """{"path":"a.txt"}""")),
            Streams.OpenAiCalls(("c3", "edit", """{ "path": "a.txt", "old_string": "nothing", "new_string": "x" }""")),
            Streams.OpenAiText("All ", "done."));
        var conversation = Conversation.Start("Be brief.", "Write a file.");
        var finished = Assert.IsType<AgentOutcome.Finished>(await RunAsync(OpenAi(provider), conversation));
        Assert.Equal("All done.", finished.Text);
        Assert.Equal((3, 3, 150L, 15L), (finished.Progress.Turns, finished.Progress.ToolCalls, finished.Progress.InputTokens, finished.Progress.OutputTokens));
        Assert.Equal("grün 😀\n", File.ReadAllText(Path.Combine(_folder.FullName, "a.txt")));
        CheckPrefixes(provider, 3);
    }

    [Fact]
    public async Task A_session_over_the_messages_protocol_sends_thinking_back_signed()
    {
        await using var provider = new LoopbackProvider(
            Streams.AnthropicCall("Let me look.", "t1", "list", "{}"),
            Streams.AnthropicCall("Hm.", "t2", "read", """{"path":"missing"}"""),
            Streams.AnthropicText("Done."));
        Assert.IsType<AgentOutcome.Finished>(await RunAsync(Anthropic(provider), Conversation.Start("Be brief.", "Look.")));
        Assert.Contains("""{"type":"thinking","thinking":"Let me look.","signature":"c2lnbmVk"}""", provider.Bodies[1]);
        Assert.Contains("""does not exist.","is_error":true}""", provider.Bodies[2].Replace("""{"type":"ephemeral"}""", "", StringComparison.Ordinal).Replace(""","cache_control":""", "", StringComparison.Ordinal));
        CheckPrefixes(provider, 3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_that_goes_on_from_a_checkpoint_sends_the_same_bytes(bool overAnthropic)
    {
        string[] replies = overAnthropic
            ? [Streams.AnthropicCall("Hm <é>.", "t1", "list", """{ "path" : "." }"""), Streams.AnthropicCall("Ah.", "t2", "grep", """{"pattern":"\u00e9"}"""), Streams.AnthropicText("Done.")]
            : [Streams.OpenAiCalls(("c1", "list", """{ "path" : "." }"""), ("c2", "grep", """{"pattern":"\u00e9"}""")), Streams.OpenAiCalls(("c3", "read", "{\"path\": 7")), Streams.OpenAiText("Done.")];
        await using var whole = new LoopbackProvider(replies);
        await RunAsync(Client(whole), Conversation.Start("Be brief.", "Go."));

        await using var begun = new LoopbackProvider(replies[0]);
        var conversation = Conversation.Start("Be brief.", "Go.");
        Assert.IsType<AgentOutcome.LimitReached>(await RunAsync(Client(begun), conversation, AgentLimits.None.Turns(1)));
        await using var resumed = new LoopbackProvider(replies[1..]);
        var (read, problem) = Conversation.Parse(conversation.ToJsonLines());
        Assert.Null(problem);
        await RunAsync(Client(resumed), read);
        Assert.Equal(whole.Bodies, [.. begun.Bodies, .. resumed.Bodies]);

        IChatClient Client(LoopbackProvider provider) => overAnthropic ? Anthropic(provider) : OpenAi(provider);
    }

    [Fact]
    public async Task A_stream_cut_in_the_middle_is_asked_for_again_and_then_fails_with_its_error()
    {
        await using var provider = new LoopbackProvider(Streams.OpenAiBroken("half"), Streams.OpenAiBroken("half"), Streams.OpenAiBroken("half"));
        var conversation = Conversation.Start("Be brief.", "Go.");
        var failed = Assert.IsType<AgentOutcome.Failed>(await RunAsync(OpenAi(provider), conversation));
        Assert.True(Assert.IsType<ModelException>(failed.Error).IsTransient);
        Assert.Equal(2, conversation.Items.Count);
        Assert.Equal(3, provider.Bodies.Count);
        Assert.Single(provider.Bodies.Distinct());
    }

    [Fact]
    public async Task Arguments_that_are_not_json_are_answered_and_sent_back_in_a_form_the_wire_takes()
    {
        await using var provider = new LoopbackProvider(Streams.AnthropicCall("Hm.", "t1", "read", """{"path":"a"""), Streams.AnthropicText("Sorry."));
        var conversation = Conversation.Start("Be brief.", "Go.");
        Assert.IsType<AgentOutcome.Finished>(await RunAsync(Anthropic(provider), conversation));
        using var body = JsonDocument.Parse(provider.Bodies[1]);
        Assert.Contains("are not valid JSON at line 1, position", Assert.IsType<ConversationItem.ToolResults>(conversation.Items[3]).Answers[0].Text);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_a_typed_failure()
    {
        var provider = new LoopbackProvider();
        await provider.DisposeAsync();
        var failed = Assert.IsType<AgentOutcome.Failed>(await RunAsync(OpenAi(provider), Conversation.Start("Be brief.", "Go.")));
        Assert.Equal(ModelError.Network, Assert.IsType<ModelException>(failed.Error).Error);
    }

    private static OpenAiChatClient OpenAi(LoopbackProvider provider) =>
        new(new OpenAiChatOptions { Provider = "local", BaseUrl = new Uri(provider.Address, "v1"), Model = "m" });

    private static AnthropicChatClient Anthropic(LoopbackProvider provider) =>
        new(new AnthropicOptions { Provider = "anthropic", BaseUrl = provider.Address, Model = "m", ApiKey = "k" });

    private async Task<AgentOutcome> RunAsync(IChatClient client, Conversation conversation, AgentLimits? limits = null)
    {
        using (client)
        {
            var run = new AgentRun
            {
                Client = client,
                Tools = ToolRegistry.BuiltIn,
                Context = new ToolContext { Workspace = new Workspace(_folder.FullName) },
                Limits = limits ?? AgentLimits.None.Turns(10),
                ReplyRetryDelay = TimeSpan.Zero,
            };
            return await AgentLoop.RunAsync(run, conversation, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Each request's messages are the one before's, byte for byte, and more; only the mark of the cache may move.</summary>
    private static void CheckPrefixes(LoopbackProvider provider, int requests)
    {
        Assert.Equal(requests, provider.Bodies.Count);
        for (var i = 1; i < provider.Bodies.Count; i++)
        {
            var (before, after) = (Messages(provider.Bodies[i - 1]), Messages(provider.Bodies[i]));
            Assert.True(after.Count > before.Count);
            Assert.Equal(before, after[..before.Count]);
        }
    }

    private static List<string> Messages(string body)
    {
        using var document = JsonDocument.Parse(body);
        return [.. document.RootElement.GetProperty("messages").EnumerateArray()
            .Select(static message => message.GetRawText().Replace(""","cache_control":{"type":"ephemeral"}""", "", StringComparison.Ordinal))];
    }
}
