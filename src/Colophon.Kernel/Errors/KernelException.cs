namespace Colophon.Kernel.Errors;

/// <summary>The causes of a <see cref="KernelException"/>; the value is the stable code.</summary>
public enum KernelError
{
    /// <summary>A path leaves the workspace: <c>..</c>, absolute, a symbolic link or a forbidden name.</summary>
    PathEscapes = 101,

    /// <summary>A path is empty, too long or holds a character no file system takes.</summary>
    PathInvalid = 102,

    /// <summary>A file could not be written; nothing of it was.</summary>
    WriteFailed = 111,

    /// <summary>A file could not be read.</summary>
    ReadFailed = 112,

    /// <summary>Another process holds a lock.</summary>
    Locked = 113,

    /// <summary>The <c>git</c> program is missing or cannot be started.</summary>
    GitMissing = 121,

    /// <summary>A git command failed.</summary>
    GitFailed = 122,

    /// <summary>The directory is not inside a git repository.</summary>
    NotARepository = 123,

    /// <summary>The repository has no commit yet.</summary>
    NoCommits = 124,

    /// <summary>git tracks what only this machine's own work may be: <c>.colophon/state</c>.</summary>
    StateTracked = 125,

    /// <summary>JSON is malformed or outside the strict profile.</summary>
    JsonInvalid = 131,

    /// <summary>A configuration file is not valid TOML.</summary>
    TomlInvalid = 141,

    /// <summary>A configuration value is unknown or out of range.</summary>
    ConfigurationInvalid = 142,
}

/// <summary>An error of the ground floor: paths, files, git, JSON, configuration.</summary>
public sealed class KernelException(KernelError error, string message, string? hint = null, Exception? inner = null)
    : ColophonException((int)error, message, hint, Exit(error), inner)
{
    /// <summary>The cause.</summary>
    public KernelError Error { get; } = error;

    private static ExitCode Exit(KernelError error) => error switch
    {
        KernelError.TomlInvalid or KernelError.ConfigurationInvalid => ExitCode.Configuration,
        KernelError.WriteFailed or KernelError.ReadFailed => ExitCode.InputOutput,
        _ => ExitCode.Failed,
    };
}
