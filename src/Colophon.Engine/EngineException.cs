using Colophon.Kernel.Errors;

namespace Colophon.Engine;

/// <summary>The causes of an <see cref="EngineException"/>; the value is the stable code.</summary>
public enum EngineError
{
    /// <summary>The project's rules ask for more approvals of the change's text than there are.</summary>
    NotApproved = 7001,

    /// <summary>Somebody asked for changes of the text as it reads now.</summary>
    ChangesRequested = 7002,

    /// <summary>Which verdicts count cannot be told: the change's log or the project's trust does not hold.</summary>
    ApprovalsInDoubt = 7003,

    /// <summary>The change is invalid, so it is not approved without saying that this is meant.</summary>
    ChangeInvalid = 7011,

    /// <summary>The change's text cannot be approved: it is archived, has no files, or a part of it is a link.</summary>
    NotApprovable = 7012,

    /// <summary>The text was changed between being shown and being approved.</summary>
    TextChanged = 7013,

    /// <summary>The rules do not let people approve what they wrote, or not in this role.</summary>
    MayNotApprove = 7014,
}

/// <summary>An error of what several parts of Colophon do together.</summary>
public sealed class EngineException(EngineError error, string message, string? hint = null, Exception? inner = null)
    : ColophonException((int)error, message, hint, ExitCode.Failed, inner)
{
    /// <summary>The cause.</summary>
    public EngineError Error { get; } = error;
}
