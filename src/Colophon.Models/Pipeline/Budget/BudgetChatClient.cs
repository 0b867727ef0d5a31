using System.Runtime.CompilerServices;
using Colophon.Models.Catalog;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Pipeline.Budget;

/// <summary>
/// Refuses a call that the budget does not hold, before it is sent, and lowers the limit of a reply that might exceed it. The prompt is
/// estimated (the provider counts it only afterwards), so the last call may exceed the limit by the error of that estimate.
/// </summary>
internal sealed class BudgetChatClient(IChatClient inner, ModelBudget budget) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var history = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var grant = BudgetGrant.Reserve(budget, GetService(typeof(ModelProfile)) as ModelProfile, history, options);
        try
        {
            if (grant.MaxOutputTokens is { } limit)
            {
                options = options?.Clone() ?? new ChatOptions();
                options.MaxOutputTokens = limit;
            }

            await foreach (var update in base.GetStreamingResponseAsync(history, options, cancellationToken).ConfigureAwait(false))
            {
                grant.Observe(update);
                yield return update;
            }
        }
        finally
        {
            grant.Settle();
        }
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ModelBudget) ? budget : base.GetService(serviceType, serviceKey);
}
