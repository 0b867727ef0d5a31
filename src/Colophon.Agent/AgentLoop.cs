using System.Runtime.ExceptionServices;
using Colophon.Agent.Conversations;
using Colophon.Agent.Errors;
using Colophon.Agent.Events;

namespace Colophon.Agent;

/// <summary>The one loop: ask the model, run what it calls, tell it the results, until it is done or must stop.</summary>
public static class AgentLoop
{
    /// <summary>
    /// Runs until the model is done, a limit is reached, it goes in circles, or it cannot be reached. Records are only ever added to the
    /// conversation; however the run ends, each call has an answer, so that it can go on later. Calls at its end that a killed run left
    /// without an answer are answered as interrupted first (call <see cref="Conversation.DropUnanswered"/> before to ask the model again instead).
    /// </summary>
    /// <param name="run">The model, the tools and the limits.</param>
    /// <param name="conversation">It must end with something to answer: a user's text or tool results.</param>
    /// <param name="cancellationToken">Ends the run; the conversation stays valid.</param>
    /// <exception cref="AgentException"><see cref="AgentError.NothingToAnswer"/>.</exception>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public static async Task<AgentOutcome> RunAsync(AgentRun run, Conversation conversation, CancellationToken cancellationToken)
    {
        try
        {
            return await new AgentSession(run, conversation).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ObserverFailure e) when (e.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }
}
