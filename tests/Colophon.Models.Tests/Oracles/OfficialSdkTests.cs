using System.ClientModel;
using System.Text;
using Colophon.Models.Tests.Doubles;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using Official = Anthropic;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;

namespace Colophon.Models.Tests.Oracles;

/// <summary>The providers' own clients read the same answers from the same server.</summary>
public sealed class OfficialSdkTests
{
    [Fact]
    public async Task Anthropics_client_reads_the_same_reply()
    {
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.Anthropic), WireAnswer.Events(Scripts.Anthropic));
        using var ours = Make.Anthropic(server.Url);
        using var client = new Official.AnthropicClient { ApiKey = Make.Key, BaseUrl = server.Url.AbsoluteUri.TrimEnd('/') };
        using var theirs = client.AsIChatClient("claude-sonnet-4-6");
        Assert.Equal(Normal(await theirs.GetStreamingResponseAsync([Make.User("x")]).ToChatResponseAsync()), Normal(await ours.GetResponseAsync([Make.User("x")])));
    }

    [Fact]
    public async Task OpenAIs_client_reads_the_same_reply()
    {
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.OpenAi), WireAnswer.Events(Scripts.OpenAi));
        using var ours = Make.OpenAi(server.Url);
        var theirs = new ChatClient("gpt-5.2", new ApiKeyCredential(Make.Key), new OpenAI.OpenAIClientOptions { Endpoint = new Uri(server.Url, "/v1") });

        var text = new StringBuilder();
        var calls = new SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)>();
        ChatTokenUsage? usage = null;
        ChatFinishReason? finish = null;
        await foreach (var update in theirs.CompleteChatStreamingAsync(new UserChatMessage("x")))
        {
            foreach (var part in update.ContentUpdate)
                text.Append(part.Text);
            foreach (var call in update.ToolCallUpdates)
            {
                if (!calls.TryGetValue(call.Index, out var known))
                    calls[call.Index] = known = (call.ToolCallId, call.FunctionName, new StringBuilder());
                known.Arguments.Append(call.FunctionArgumentsUpdate);
            }

            usage = update.Usage ?? usage;
            finish = update.FinishReason is { } reason ? new ChatFinishReason(reason == OpenAI.Chat.ChatFinishReason.ToolCalls ? "tool_calls" : reason.ToString()) : finish;
        }

        var response = await ours.GetResponseAsync([Make.User("x")]);
        Assert.Equal(text.ToString(), response.Text);
        Assert.Equal(
            calls.Values.Select(call => $"{call.Id} {call.Name} {call.Arguments}"),
            response.Messages[0].Contents.OfType<FunctionCallContent>().Select(call => $"{call.CallId} {call.Name} {Colophon.Models.Wires.ToolCallArguments.Text(call)}"));
        Assert.NotNull(usage);
        Assert.Equal((usage.InputTokenCount, usage.OutputTokenCount, usage.InputTokenDetails.CachedTokenCount, usage.OutputTokenDetails.ReasoningTokenCount),
            ((int)response.Usage!.InputTokenCount!, (int)response.Usage.OutputTokenCount!, (int)response.Usage.CachedInputTokenCount!, (int)response.Usage.ReasoningTokenCount!));
        Assert.Equal(finish, response.FinishReason);
    }

    private static string Normal(ChatResponse response) => Make.Describe(response);
}
