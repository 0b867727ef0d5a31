using System.Text;
using System.Text.Json;
using Colophon.Models.Errors;
using Colophon.Models.Facts;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires;

/// <summary>One reply being read: a state machine that turns the wire's events into updates. Not for more than one stream.</summary>
internal abstract class WireReply(string provider)
{
    private const int SampleBytes = 120;

    /// <summary>The provider's name, for errors.</summary>
    protected string Provider { get; } = provider;

    /// <summary>Whether the wire has said that nothing follows.</summary>
    public bool IsComplete { get; protected set; }

    protected string? ResponseId { get; set; }

    protected string? ReportedModel { get; set; }

    protected ChatFinishReason? FinishReason { get; set; }

    protected UsageDetails? Usage { get; set; }

    protected long? CacheWriteTokens { get; set; }

    /// <summary>Reads one event; null where it adds nothing a caller can see.</summary>
    /// <exception cref="ModelException">The provider reports an error, or the event is not of the protocol.</exception>
    public ChatResponseUpdate? AcceptGuarded(ReadOnlySpan<byte> data)
    {
        try
        {
            return Accept(data);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // InvalidOperationException: a member has another JSON type than the protocol gives it.
            var sample = Encoding.UTF8.GetString(data[..Math.Min(data.Length, SampleBytes)]);
            throw new ModelException(
                ModelError.BadResponse,
                $"{Provider} sent an event that its protocol does not know: {Transport.ErrorText.Clean(sample, null)}",
                "Check that the base URL and the provider's kind belong together.",
                e);
        }
    }

    /// <summary>The last update: finish reason and usage.</summary>
    /// <exception cref="ModelException"><see cref="ModelError.StreamCut"/>.</exception>
    public ChatResponseUpdate Complete()
    {
        var tail = Tail();
        if (FinishReason is not { } reason)
        {
            throw new ModelException(
                ModelError.StreamCut,
                $"The reply of {Provider} ended without a finish reason; it is not complete.",
                "Try again; if it happens each time, a proxy in between may cut long replies.");
        }

        var update = NewUpdate();
        foreach (var content in tail)
            update.Contents.Add(content);
        if (Usage is not null)
            update.Contents.Add(new UsageContent(Usage));
        update.FinishReason = reason;
        return update;
    }

    /// <summary>The facts the reply itself tells; the client adds time and cost.</summary>
    public CallFacts Facts(string provider, string model, string endpoint) => new()
    {
        Provider = provider,
        RequestedModel = model,
        ReportedModel = ReportedModel,
        Endpoint = endpoint,
        ResponseId = ResponseId,
        InputTokens = Usage?.InputTokenCount,
        OutputTokens = Usage?.OutputTokenCount,
        CachedTokens = Usage?.CachedInputTokenCount,
        CacheWriteTokens = CacheWriteTokens,
    };

    protected abstract ChatResponseUpdate? Accept(ReadOnlySpan<byte> data);

    /// <summary>Contents that only the end of the stream completes.</summary>
    protected virtual IReadOnlyList<AIContent> Tail() => [];

    protected ChatResponseUpdate NewUpdate(AIContent? content = null)
    {
        var update = new ChatResponseUpdate { Role = ChatRole.Assistant, ResponseId = ResponseId, MessageId = ResponseId, ModelId = ReportedModel };
        if (content is not null)
            update.Contents = [content];
        return update;
    }
}
