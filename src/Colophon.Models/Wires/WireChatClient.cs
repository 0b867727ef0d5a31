using System.Runtime.CompilerServices;
using Colophon.Models.Catalog;
using Colophon.Models.Errors;
using Colophon.Models.Facts;
using Colophon.Models.Wires.Transport;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires;

/// <summary>
/// The part all wires share: one request, one event stream, one set of facts. Streaming is the only implementation; the plain call folds
/// it. A stream that ends without a finish reason is a <see cref="ModelError.StreamCut"/>.
/// </summary>
public abstract class WireChatClient : IChatClient
{
    private readonly WireOptions _options;
    private readonly WireTransport _transport;

    private protected WireChatClient(WireOptions options, Uri endpoint, int? defaultMaxOutputTokens, HttpMessageHandler? handler)
    {
        _options = options;
        _transport = new WireTransport(options, endpoint, handler);
        Profile = new ModelProfile
        {
            Provider = options.Provider,
            Model = options.Model,
            Endpoint = _transport.EndpointLabel,
            DefaultMaxOutputTokens = defaultMaxOutputTokens,
            MaxInputTokens = options.Known?.MaxInputTokens,
            MaxOutputTokens = options.Known?.MaxOutputTokens,
            Prices = options.PriceOf?.Invoke(options.Model) ?? options.Known?.Prices,
        };
    }

    /// <summary>The model this client asks by default, with what is known of it.</summary>
    public ModelProfile Profile { get; }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ModelException">The request cannot be written for this wire, or the provider or the network failed.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var request = WriteRequest(messages, options);
        var model = options?.ModelId ?? _options.Model;
        var clock = _options.TimeProvider;
        var start = clock.GetTimestamp();
        TimeSpan? firstContent = null;

        using var exchange = await _transport.SendAsync(request, model, cancellationToken).ConfigureAwait(false);
        var reply = CreateReply();
        while (!reply.IsComplete && await exchange.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            if (reply.AcceptGuarded(exchange.Data) is not { } update)
                continue;
            if (update.Contents.Count > 0)
                firstContent ??= clock.GetElapsedTime(start);
            yield return update;
        }

        var last = reply.Complete();
        var facts = reply.Facts(_options.Provider, model, _transport.EndpointLabel) with
        {
            Chunks = exchange.Events,
            Duration = clock.GetElapsedTime(start),
            FirstContent = firstContent,
            Temperature = options?.Temperature,
            MaxOutputTokens = options?.MaxOutputTokens ?? Profile.DefaultMaxOutputTokens,
        };
        (facts with { CostMicros = Cost(model, facts) }).AttachTo(last);
        yield return last;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(ModelProfile))
            return Profile;
        if (serviceType == typeof(ChatClientMetadata))
            return new ChatClientMetadata(_options.Provider, _options.BaseUrl, _options.Model);
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Closes the connections this client opened; a handler that was passed in stays open.</summary>
    public void Dispose()
    {
        _transport.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected abstract ReadOnlyMemory<byte> WriteRequest(IEnumerable<ChatMessage> messages, ChatOptions? options);

    private protected abstract WireReply CreateReply();

    private long? Cost(string model, CallFacts facts)
    {
        var prices = _options.PriceOf is { } priceOf ? priceOf(model) : model == _options.Model ? Profile.Prices : null;
        return prices is null || facts.InputTokens is not { } input || facts.OutputTokens is not { } output
            ? null
            : prices.CostMicros(input, output, facts.CachedTokens ?? 0, facts.CacheWriteTokens ?? 0);
    }
}
