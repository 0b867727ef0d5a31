using System.Runtime.CompilerServices;
using Colophon.Models.Errors;
using Colophon.Models.Facts;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Pipeline.Retry;

/// <summary>
/// Makes a failed call again as long as none of its content was handed on: exponential waits with full jitter, never shorter than the
/// provider asks for.
/// </summary>
internal sealed class RetryChatClient(IChatClient inner, RetryOptions options) : DelegatingChatClient(inner)
{
    private readonly Random _random = options.Random ?? new Random();
    private readonly Lock _randomLock = new();

    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? chatOptions = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, chatOptions, cancellationToken).ToChatResponseAsync(cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chatOptions = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // A lazy sequence must not be walked once an attempt.
        var history = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var attempt = 1;
        StreamStart? start = null;
        while (start is null)
        {
            TimeSpan wait;
            try
            {
                start = await StreamStart.OpenAsync(InnerClient, history, chatOptions, cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (ModelException failure) when (attempt < options.MaxAttempts && options.Handles(failure) && Within(failure.RetryAfter))
            {
                wait = Wait(attempt, failure.RetryAfter);
                if (options.OnRetry is { } tell)
                    await tell(failure, attempt, wait, cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(wait, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            attempt++;
        }

        await using (start.ConfigureAwait(false))
        {
            await foreach (var update in start.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (attempt > 1 && CallFacts.Of(update) is { } facts)
                    (facts with { Attempts = facts.Attempts + attempt - 1 }).AttachTo(update);
                yield return update;
            }
        }
    }

    private bool Within(TimeSpan? retryAfter) => retryAfter is not { } asked || asked <= options.MaxRetryAfter;

    private TimeSpan Wait(int attempt, TimeSpan? retryAfter)
    {
        double jitter;
        lock (_randomLock)
            jitter = _random.NextDouble();
        var ceiling = Math.Min(options.MaxDelay.TotalMilliseconds, options.BaseDelay.TotalMilliseconds * 2 * Math.Pow(2, attempt - 1));
        var own = TimeSpan.FromMilliseconds(ceiling * jitter);
        // A little of our own wait on top of the provider's keeps many clients from returning in the same instant.
        return retryAfter is { } asked ? asked + TimeSpan.FromMilliseconds(Math.Min(own.TotalMilliseconds, 250)) : own;
    }
}
