using System.Runtime.CompilerServices;
using Colophon.Models.Catalog;
using Colophon.Models.Errors;
using Colophon.Models.Facts;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Tests.Doubles;

/// <summary>A client whose calls are scripted one by one: a text, a failure, or a failure after a text.</summary>
public sealed class ScriptedClient(string model, params ScriptedCall[] calls) : IChatClient
{
    public List<ChatOptions?> Seen { get; } = [];

    public ModelPrices? Prices { get; init; }

    public bool IsDisposed { get; private set; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("Stages stream.");

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = calls[Seen.Count];
        Seen.Add(options);
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        yield return new ChatResponseUpdate { Role = ChatRole.Assistant };
        if (call.Text is not null)
            yield return new ChatResponseUpdate(ChatRole.Assistant, call.Text);
        if (call.Failure is { } failure)
            throw failure;
        var last = new ChatResponseUpdate { Role = ChatRole.Assistant, FinishReason = ChatFinishReason.Stop };
        last.AdditionalProperties = new()
        {
            [CallFacts.Key] = new CallFacts
            {
                Provider = "test",
                RequestedModel = model,
                Endpoint = "e",
                InputTokens = call.Input,
                OutputTokens = call.Output,
                CostMicros = Prices?.CostMicros(call.Input, call.Output),
            },
        };
        yield return last;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ModelProfile) ? new ModelProfile { Provider = "test", Model = model, Endpoint = "e", Prices = Prices } : null;

    public void Dispose() => IsDisposed = true;
}

/// <summary>One call.</summary>
public sealed record ScriptedCall(string? Text = null, ModelException? Failure = null, long Input = 10, long Output = 5)
{
    public static ScriptedCall Fails(ModelError error, TimeSpan? retryAfter = null) => new(Failure: new ModelException(error, error.ToString()) { RetryAfter = retryAfter });
}
