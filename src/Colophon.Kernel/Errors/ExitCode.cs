namespace Colophon.Kernel.Errors;

/// <summary>What the program tells the shell. The numbers are part of the interface and never change.</summary>
public enum ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    Done = 0,

    /// <summary>The work failed or was rejected.</summary>
    Failed = 1,

    /// <summary>The command line was wrong.</summary>
    Usage = 2,

    /// <summary>A configuration file or value was wrong.</summary>
    Configuration = 3,

    /// <summary>A provider or the network failed.</summary>
    Provider = 4,

    /// <summary>A budget of turns, tokens or money ran out.</summary>
    Budget = 5,

    /// <summary>A file could not be read or written (<c>sysexits.h</c> EX_IOERR).</summary>
    InputOutput = 74,

    /// <summary>The user interrupted the program.</summary>
    Interrupted = 130,
}
