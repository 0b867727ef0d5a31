using Colophon.Agent.Limits;
using Colophon.Kernel.Errors;

namespace Colophon.Agent;

/// <summary>How a run ended. The conversation is valid in every case: each call has its answer.</summary>
public abstract record AgentOutcome
{
    private protected AgentOutcome(AgentProgress progress) => Progress = progress;

    /// <summary>What the run has used.</summary>
    public AgentProgress Progress { get; }

    /// <summary>What the program exits with where the run is all it was started for.</summary>
    public abstract ExitCode ExitCode { get; }

    /// <summary>The model says it is done.</summary>
    /// <param name="Text">Its last word; may be empty.</param>
    /// <param name="Progress">What the run has used.</param>
    public sealed record Finished(string Text, AgentProgress Progress) : AgentOutcome(Progress)
    {
        /// <inheritdoc/>
        public override ExitCode ExitCode => ExitCode.Done;
    }

    /// <summary>A limit was reached before the model was done.</summary>
    public sealed record LimitReached(LimitHit Hit, AgentProgress Progress) : AgentOutcome(Progress)
    {
        /// <inheritdoc/>
        public override ExitCode ExitCode => ExitCode.Budget;
    }

    /// <summary>The model repeated one call with one result, was told so, and went on.</summary>
    /// <param name="Tool">The tool it kept calling.</param>
    /// <param name="Times">How often of late.</param>
    /// <param name="Progress">What the run has used.</param>
    public sealed record Looping(string Tool, int Times, AgentProgress Progress) : AgentOutcome(Progress)
    {
        /// <inheritdoc/>
        public override ExitCode ExitCode => ExitCode.Failed;
    }

    /// <summary>The model could not be reached or answered wrongly, after every retry.</summary>
    /// <param name="Error">What happened, with a hint.</param>
    /// <param name="Progress">What the run has used.</param>
    public sealed record Failed(ColophonException Error, AgentProgress Progress) : AgentOutcome(Progress)
    {
        /// <inheritdoc/>
        public override ExitCode ExitCode => Error.ExitCode;
    }
}
