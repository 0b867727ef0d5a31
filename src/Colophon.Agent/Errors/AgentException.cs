using Colophon.Kernel.Errors;

namespace Colophon.Agent.Errors;

/// <summary>The causes of an <see cref="AgentException"/>; the value is the stable code.</summary>
public enum AgentError
{
    /// <summary>The chat client failed with an error of its own kind.</summary>
    ModelFailed = 5101,

    /// <summary>A reply ended without a finish reason, so it is not whole.</summary>
    StreamCut = 5102,

    /// <summary>The provider withheld the reply (its content filter, or the model refused).</summary>
    ReplyWithheld = 5103,

    /// <summary>Reply after reply was cut at the limit of output tokens.</summary>
    ReplyTooLong = 5104,

    /// <summary>The conversation no longer fits the model's context window.</summary>
    ContextFull = 5105,

    /// <summary>A conversation cannot go on: it is empty or ends with the model's last word.</summary>
    NothingToAnswer = 5111,
}

/// <summary>An error of the agent loop. Most failures of a run are outcomes that carry one, see <see cref="AgentOutcome.Failed"/>.</summary>
public sealed class AgentException(AgentError error, string message, string? hint = null, Exception? inner = null)
    : ColophonException((int)error, message, hint, error is AgentError.NothingToAnswer or AgentError.ReplyTooLong or AgentError.ContextFull ? ExitCode.Failed : ExitCode.Provider, inner)
{
    /// <summary>The cause.</summary>
    public AgentError Error { get; } = error;
}
