using Colophon.Kernel.Errors;

namespace Colophon.Cli.Errors;

/// <summary>The causes of a <see cref="CliException"/>; the value is the stable code.</summary>
internal enum CliError
{
    /// <summary>There is no such command.</summary>
    UnknownCommand = 7501,

    /// <summary>The command has no such option.</summary>
    UnknownOption = 7502,

    /// <summary>An argument is missing.</summary>
    MissingArgument = 7503,

    /// <summary>There are more arguments than the command takes.</summary>
    UnexpectedArgument = 7504,

    /// <summary>An option lacks its value, has one it does not take, or has a wrong one.</summary>
    OptionValue = 7505,

    /// <summary>A question must be answered and there is nobody to ask.</summary>
    NobodyToAsk = 7511,

    /// <summary>What was asked for would do harm that was not asked for.</summary>
    Refused = 7515,

    /// <summary>The folder to work in does not exist.</summary>
    NoSuchFolder = 7512,

    /// <summary>A folder that a command would fill is in use already.</summary>
    FolderTaken = 7513,

    /// <summary>A file that a command would write holds something else.</summary>
    FileTaken = 7516,

    /// <summary>The editor cannot be started or failed.</summary>
    EditorFailed = 7514,

    /// <summary>The sample of the demo is not beside the program.</summary>
    SampleMissing = 7521,

    /// <summary>The demo's own tests failed.</summary>
    DemoFailed = 7522,

    /// <summary>No diagnostic has the code that was asked about.</summary>
    UnknownCode = 7531,

    /// <summary>A file could not be read or written.</summary>
    InputOutput = 7574,

    /// <summary>A mistake in Colophon itself.</summary>
    Internal = 7599,
}

/// <summary>An error of the command line itself.</summary>
internal sealed class CliException(CliError error, string message, string? hint = null, Exception? inner = null)
    : ColophonException((int)error, message, hint, Exit(error), inner)
{
    /// <summary>The cause.</summary>
    public CliError Error { get; } = error;

    private static ExitCode Exit(CliError error) => error switch
    {
        < CliError.NoSuchFolder => ExitCode.Usage,
        CliError.NoSuchFolder or CliError.FolderTaken or CliError.FileTaken => ExitCode.Usage,
        CliError.InputOutput => ExitCode.InputOutput,
        _ => ExitCode.Failed,
    };
}
