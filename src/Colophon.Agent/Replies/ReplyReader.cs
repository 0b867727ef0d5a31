using Colophon.Agent.Conversations;
using Colophon.Agent.Errors;
using Colophon.Agent.Events;
using Colophon.Kernel.Errors;
using Colophon.Models.Errors;
using Microsoft.Extensions.AI;

namespace Colophon.Agent.Replies;

/// <summary>
/// Asks the model once. A reply that breaks off after it had begun is asked for again with the same conversation: the client's own retries end
/// where the first piece was passed on, because only we know that the pieces can be taken back.
/// </summary>
internal sealed class ReplyReader(AgentRun run, ChatHistory history, ChatOptions options, AgentTeller teller)
{
    /// <summary>A provider that asks for a longer wait is better waited for by the person, who may choose another.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(1);

    internal async Task<Reply> ReadAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var builder = new ReplyBuilder();
            var start = run.Time.GetTimestamp();
            try
            {
                await StreamAsync(builder, cancellationToken).ConfigureAwait(false);
                if (builder.Finish is not null)
                    return new Reply.Whole(builder.Build(run.Client, options, run.Time.GetElapsedTime(start)));
                throw new AgentException(AgentError.StreamCut, "The reply ended without a finish reason; it is not complete.", "Try again; a proxy in between may cut long replies.");
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception e) when (e is not ObserverFailure)
            {
                var error = Typed(e);
                var wait = (e as ModelException)?.RetryAfter ?? run.ReplyRetryDelay * Math.Pow(2, attempt - 1);
                if (attempt > run.ReplyRetries || !builder.HasBegun || !IsTransient(e) || wait > s_longestWait)
                    return new Reply.Failed(error);
                await teller.TellAsync(new AgentEvent.ReplyRetried(attempt + 1, error.Message, builder.PartialText), cancellationToken).ConfigureAwait(false);
                await Task.Delay(wait, run.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task StreamAsync(ReplyBuilder builder, CancellationToken cancellationToken)
    {
        var stream = run.Client.GetStreamingResponseAsync(history.Messages, options, cancellationToken);
        await foreach (var update in stream.ConfigureAwait(false))
        {
            builder.Add(update);
            foreach (var content in update.Contents)
            {
                if (content is TextContent { Text: { Length: > 0 } text })
                    await teller.TellAsync(new AgentEvent.TextDelta(text), cancellationToken).ConfigureAwait(false);
                else if (content is TextReasoningContent { Text: { Length: > 0 } thought })
                    await teller.TellAsync(new AgentEvent.ReasoningDelta(thought), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool IsTransient(Exception e) => e switch
    {
        ModelException model => model.IsTransient,
        AgentException agent => agent.Error == AgentError.StreamCut,
        // Also a client's own time-out, which looks like a cancellation that nobody asked for.
        HttpRequestException or IOException or OperationCanceledException => true,
        _ => false,
    };

    private static ColophonException Typed(Exception e) => e as ColophonException
        ?? new AgentException(AgentError.ModelFailed, $"The model could not be asked: {e.Message}", "Check the connection and the provider's settings.", e);
}
