using System.Runtime.CompilerServices;
using Colophon.Models.Catalog;
using Colophon.Models.Errors;
using Colophon.Models.Facts;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Pipeline.Failover;

/// <summary>
/// Asks the inner client and, where it fails before its first content, each of the fallbacks in turn. The facts of the reply name those
/// that failed. A model named in the call's options is for the first client only; each fallback has its own.
/// </summary>
internal sealed class FailoverChatClient(IChatClient inner, IReadOnlyList<IChatClient> fallbacks, FailoverOptions options) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? chatOptions = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, chatOptions, cancellationToken).ToChatResponseAsync(cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chatOptions = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var history = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        List<FallbackTried> tried = [];
        StreamStart? start = null;
        for (var i = 0; start is null; i++)
        {
            var client = i == 0 ? InnerClient : fallbacks[i - 1];
            var forClient = i == 0 ? chatOptions : WithoutModel(chatOptions);
            try
            {
                start = await StreamStart.OpenAsync(client, history, forClient, cancellationToken).ConfigureAwait(false);
            }
            catch (ModelException failure) when (i < fallbacks.Count && options.Handles(failure))
            {
                var name = (client.GetService(typeof(ModelProfile)) as ModelProfile)?.Name ?? $"client {i}";
                tried.Add(new FallbackTried(name, failure.Error, failure.Message));
                options.OnFallback?.Invoke(tried[^1]);
            }
            catch (ModelException failure) when (tried.Count > 0)
            {
                throw AfterOthers(failure, tried);
            }
        }

        await using (start.ConfigureAwait(false))
        {
            await foreach (var update in start.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (tried.Count > 0 && CallFacts.Of(update) is { } facts)
                    (facts with { FallbacksTried = [.. tried, .. facts.FallbacksTried] }).AttachTo(update);
                yield return update;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var fallback in fallbacks)
                fallback.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The last failure, which alone would hide that others came before it.</summary>
    private static ModelException AfterOthers(ModelException failure, List<FallbackTried> tried) => new(
        failure.Error,
        $"{failure.Message} Tried before: {string.Join(", ", tried.Select(one => $"{one.Model} ({one.Error})"))}.",
        failure.Hint,
        failure)
    {
        Status = failure.Status,
        RetryAfter = failure.RetryAfter,
        FallbacksTried = tried,
    };

    private static ChatOptions? WithoutModel(ChatOptions? chatOptions)
    {
        if (chatOptions?.ModelId is null)
            return chatOptions;
        var copy = chatOptions.Clone();
        copy.ModelId = null;
        return copy;
    }
}
