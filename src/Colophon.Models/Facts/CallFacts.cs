using Microsoft.Extensions.AI;

namespace Colophon.Models.Facts;

/// <summary>
/// What is known about one call once its reply is complete: the source of an audit entry's <c>model</c> member. The wire attaches it
/// to the last update of a stream; the folded <see cref="ChatResponse"/> carries it too.
/// </summary>
public sealed record CallFacts
{
    /// <summary>The key under which the facts travel in <c>AdditionalProperties</c>.</summary>
    public const string Key = "colophon.facts";

    /// <summary>The provider's name in the registry, such as <c>anthropic</c>; <c>replay</c> for a cassette.</summary>
    public required string Provider { get; init; }

    /// <summary>The model asked for.</summary>
    public required string RequestedModel { get; init; }

    /// <summary>The model the provider says has answered; null where it does not say.</summary>
    public string? ReportedModel { get; init; }

    /// <summary>Scheme, host, port and path of the request: no user, query or key.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The provider's id of the reply; null where it gives none.</summary>
    public string? ResponseId { get; init; }

    /// <summary>Tokens of the whole prompt, those from and into the provider's cache included; null where not reported.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Tokens of the reply, reasoning included; null where not reported.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Of the input tokens, those read from the provider's cache; null where not reported.</summary>
    public long? CachedTokens { get; init; }

    /// <summary>Of the input tokens, those written to the provider's cache; null where not reported.</summary>
    public long? CacheWriteTokens { get; init; }

    /// <summary>The cost in millionths of a US dollar; null where the price or the usage is unknown.</summary>
    public long? CostMicros { get; init; }

    /// <summary>The number of events the provider's stream had.</summary>
    public int Chunks { get; init; }

    /// <summary>How often the request was sent to the model that answered, at least 1.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>The models that were tried before this one and failed, in order.</summary>
    public IReadOnlyList<FallbackTried> FallbacksTried { get; init; } = [];

    /// <summary>From sending the request to the end of the reply.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>From sending the request to the first content; null where the reply has none.</summary>
    public TimeSpan? FirstContent { get; init; }

    /// <summary>The temperature sent; null where the provider's default applied.</summary>
    public float? Temperature { get; init; }

    /// <summary>The limit on the reply's tokens that was sent; null where none was.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>The facts of a folded reply; null where it came from a client that is not ours.</summary>
    public static CallFacts? Of(ChatResponse response)
    {
        if (From(response.AdditionalProperties) is { } facts)
            return facts;
        for (var i = response.Messages.Count - 1; i >= 0; i--)
        {
            if (From(response.Messages[i].AdditionalProperties) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>The facts carried by an update: only the last update of a stream has any.</summary>
    public static CallFacts? Of(ChatResponseUpdate update) => From(update.AdditionalProperties);

    /// <summary>Attaches these facts to an update, replacing earlier ones.</summary>
    internal void AttachTo(ChatResponseUpdate update) => (update.AdditionalProperties ??= [])[Key] = this;

    private static CallFacts? From(AdditionalPropertiesDictionary? properties) =>
        properties is not null && properties.TryGetValue(Key, out var value) ? value as CallFacts : null;
}
