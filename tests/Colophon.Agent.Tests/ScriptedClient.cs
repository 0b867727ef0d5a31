using System.Runtime.CompilerServices;
using System.Text;
using Colophon.Models.Wires;
using Microsoft.Extensions.AI;

namespace Colophon.Agent.Tests;

/// <summary>A chat client that plays replies in order and keeps every request as text, as a wire would have sent it.</summary>
internal sealed class ScriptedClient(params IReadOnlyList<ScriptedReply> replies) : IChatClient
{
    internal List<string> Requests { get; } = [];

    internal List<ChatOptions> Options { get; } = [];

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Assert.True(Requests.Count < replies.Count, "The loop asked for more replies than the script has.");
        var reply = replies[Requests.Count];
        Requests.Add(Render(messages));
        Options.Add(options ?? new ChatOptions());
        foreach (var update in reply.Updates)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return update;
        }

        if (reply.Failure is not null)
            throw reply.Failure;
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The loop streams.");

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", new Uri("http://scripted.test/v1"), "model-1") : null;

    public void Dispose()
    {
    }

    private static string Render(IEnumerable<ChatMessage> messages)
    {
        var text = new StringBuilder();
        foreach (var message in messages)
        {
            text.Append('<').Append(message.Role.Value).Append('>');
            foreach (var content in message.Contents)
                text.Append(Render(content));
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Render(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => $"[think {reasoning.Text}|{reasoning.ProtectedData}]",
        FunctionCallContent call => $"[call {call.CallId} {call.Name} {ToolCallArguments.Text(call)}]",
        FunctionResultContent result => $"[{(result.Exception is null ? "result" : "error")} {result.CallId} {result.Result}]",
        WireBlockContent block => $"[block {block.Wire} {block.Block.GetRawText()}]",
        _ => content.ToString() ?? "",
    };
}

/// <summary>One reply of a script.</summary>
internal sealed record ScriptedReply(IReadOnlyList<ChatResponseUpdate> Updates, Exception? Failure = null)
{
    internal static ScriptedReply Says(string text, string finish = "stop") => Ends(finish, new TextContent(text));

    internal static ScriptedReply Calls(params IReadOnlyList<(string Id, string Name, string Arguments)> calls) =>
        Ends("tool_calls", [.. calls.Select(static call => ToolCallArguments.Create(call.Id, call.Name, call.Arguments))]);

    internal static ScriptedReply Ends(string finish, params IReadOnlyList<AIContent> contents) => new(
    [
        .. contents.Select(static content => new ChatResponseUpdate(ChatRole.Assistant, [content])),
        new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 100, OutputTokenCount = 10 })]) { FinishReason = new ChatFinishReason(finish) },
    ]);

    /// <summary>A reply that breaks off: without a finish reason, or with an error.</summary>
    internal static ScriptedReply BreaksOff(string text, Exception? failure = null) => new([new ChatResponseUpdate(ChatRole.Assistant, text)], failure);
}
