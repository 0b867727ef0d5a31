using Colophon.Agent.Conversations;
using Colophon.Models.Providers;
using Colophon.Provenance.Log;

namespace Colophon.Generation.Records;

/// <summary>Sums up the replies of one try.</summary>
internal static class ModelRecords
{
    /// <summary>The model's part of an entry.</summary>
    /// <param name="replies">The replies of the try, in order.</param>
    /// <param name="model">The model that was asked for, for the case that it never replied.</param>
    internal static ModelUse Of(IReadOnlyList<ConversationItem.Assistant> replies, string model)
    {
        var last = replies.Count > 0 ? replies[^1].Facts : null;
        var name = ModelName.TryParse(model, out var parsed) ? parsed : null;
        return new ModelUse
        {
            Provider = last?.Provider ?? name?.Provider ?? model,
            Requested = last?.RequestedModel ?? name?.Model ?? model,
            Reported = last?.ReportedModel,
            Endpoint = last?.Endpoint,
            TemperatureMilli = last?.Temperature is { } temperature ? (long)Math.Round(temperature * 1000d) : null,
            MaxTokens = last?.MaxOutputTokens,
            TokensIn = replies.Sum(static r => r.Facts.InputTokens ?? 0),
            TokensOut = replies.Sum(static r => r.Facts.OutputTokens ?? 0),
            TokensCached = replies.Sum(static r => r.Facts.CachedTokens ?? 0),
            CostMicros = replies.Sum(static r => r.Facts.CostMicros ?? 0),
            Chunks = replies.Sum(static r => (long)r.Facts.Chunks),
            Fallbacks = [.. replies.SelectMany(static r => r.Facts.FallbacksTried).Select(static f => f.Model).Distinct(StringComparer.Ordinal)],
        };
    }
}
