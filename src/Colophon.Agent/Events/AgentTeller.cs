namespace Colophon.Agent.Events;

/// <summary>
/// Tells the observer. A failing observer (a checkpoint on a full disk) must end the run with its own error, and not be taken for a
/// failing model, so its exceptions travel wrapped up to the top of the loop.
/// </summary>
internal sealed class AgentTeller(IAgentObserver? observer)
{
    internal async ValueTask TellAsync(AgentEvent agentEvent, CancellationToken cancellationToken)
    {
        if (observer is null)
            return;
        try
        {
            await observer.OnEventAsync(agentEvent, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ObserverFailure(e);
        }
    }
}

/// <summary>Carries an observer's exception through code that handles the exceptions of models and tools.</summary>
internal sealed class ObserverFailure(Exception cause) : Exception(cause.Message, cause);
