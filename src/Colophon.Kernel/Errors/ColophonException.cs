namespace Colophon.Kernel.Errors;

/// <summary>
/// The root of every error a user may see. Each subsystem has one sealed kind with an enum of its causes; the number behind the
/// cause is the stable code, so that scripts and documentation can name it.
/// </summary>
public abstract class ColophonException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">The stable number, printed as <c>COL1203</c>.</param>
    /// <param name="message">What happened, naming the file, line and value.</param>
    /// <param name="hint">What the user can do about it, or null where nothing is certain.</param>
    /// <param name="exitCode">What the program exits with when this error ends it.</param>
    /// <param name="inner">The cause, kept for logs and never shown.</param>
    protected ColophonException(int code, string message, string? hint, ExitCode exitCode, Exception? inner)
        : base(message, inner)
    {
        Code = $"COL{code:D4}";
        Hint = hint;
        ExitCode = exitCode;
    }

    /// <summary>The stable code, such as <c>COL1203</c>.</summary>
    public string Code { get; }

    /// <summary>What the user can do, in one sentence; null where nothing is certain.</summary>
    public string? Hint { get; }

    /// <summary>What the program exits with when this error ends it.</summary>
    public ExitCode ExitCode { get; }
}
