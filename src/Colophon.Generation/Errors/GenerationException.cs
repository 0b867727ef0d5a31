using Colophon.Kernel.Errors;

namespace Colophon.Generation.Errors;

/// <summary>The causes of a <see cref="GenerationException"/>; the value is the stable code.</summary>
public enum GenerationError
{
    /// <summary>The change has no task of that number.</summary>
    TaskNotFound = 6001,

    /// <summary>The change has no task at all, so there is nothing to apply.</summary>
    NoTasks = 6002,

    /// <summary>Another <c>apply</c> works in this working tree.</summary>
    AlreadyApplying = 6011,

    /// <summary>A session's folder is damaged and cannot be resumed.</summary>
    SessionBroken = 6012,

    /// <summary>The scratch worktree could not be made.</summary>
    ScratchFailed = 6013,

    /// <summary>A file changed under the user's hands between generation and acceptance; nothing was written.</summary>
    FileChangedByUser = 6021,

    /// <summary>An interrupted write could not be finished because the user changed a file since; it was rolled back whole.</summary>
    RolledBack = 6022,

    /// <summary>What the model wrote holds a secret and nobody confirmed that it is meant.</summary>
    SecretFound = 6023,

    /// <summary>Accepted files could not be written; those written already were put back.</summary>
    WriteFailed = 6024,

    /// <summary>The files are written but their entry could not be signed or the task not ticked yet; the next command finishes it.</summary>
    Unfinished = 6025,

    /// <summary>The reviewer's answer names a file or a hunk that the proposal does not have.</summary>
    AnswerInvalid = 6026,

    /// <summary>The model ended without changing any file.</summary>
    NothingProposed = 6031,

    /// <summary>The model ran out of turns, tokens or money.</summary>
    LimitReached = 6032,

    /// <summary>The model repeated itself without getting on.</summary>
    ModelLoops = 6033,

    /// <summary>The model's answer failed in a way that more tries do not mend.</summary>
    ModelFailed = 6034,
}

/// <summary>An error of turning a task into reviewed code.</summary>
public sealed class GenerationException(GenerationError error, string message, string? hint = null, Exception? inner = null, ExitCode? exitCode = null)
    : ColophonException((int)error, message, hint, exitCode ?? Exit(error), inner)
{
    /// <summary>The cause.</summary>
    public GenerationError Error { get; } = error;

    private static ExitCode Exit(GenerationError error) => error switch
    {
        GenerationError.TaskNotFound => ExitCode.Usage,
        GenerationError.ScratchFailed or GenerationError.WriteFailed => ExitCode.InputOutput,
        GenerationError.LimitReached => ExitCode.Budget,
        _ => ExitCode.Failed,
    };
}
