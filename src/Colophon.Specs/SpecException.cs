using Colophon.Kernel.Errors;

namespace Colophon.Specs;

/// <summary>The causes of a <see cref="SpecException"/>; the value is the stable code.</summary>
public enum SpecError
{
    /// <summary>No folder from here upwards holds an <c>openspec/</c> with specs, changes or a configuration.</summary>
    NoTree = 1001,

    /// <summary>The <c>openspec/</c> folder exists but is not one: a file, or a loop of symbolic links.</summary>
    TreeMalformed = 1002,

    /// <summary>No change has this name.</summary>
    ChangeNotFound = 1011,

    /// <summary>No spec has this id.</summary>
    SpecNotFound = 1012,

    /// <summary>No task has this number.</summary>
    TaskNotFound = 1013,

    /// <summary>More than one task has this number.</summary>
    TaskAmbiguous = 1014,

    /// <summary>A task's box cannot be ticked by changing one byte, or is ticked already.</summary>
    TaskNotTickable = 1015,

    /// <summary>A word cannot be the name of a new change.</summary>
    NameInvalid = 1016,

    /// <summary>A change of that name exists, and is not overwritten.</summary>
    ChangeExists = 1017,

    /// <summary>A new change contradicts the specifications that stand.</summary>
    DraftInvalid = 1018,

    /// <summary>A file of the tree exists and cannot be read.</summary>
    Unreadable = 1021,

    /// <summary>A change or spec lacks a part that it cannot be shown without.</summary>
    NotShowable = 1031,

    /// <summary>Archiving a change would lose or double something, or leave a specification that is not valid.</summary>
    ArchiveRefused = 1041,

    /// <summary>A change has open tasks.</summary>
    TasksOpen = 1042,

    /// <summary>The change's place in the archive is taken, or being taken.</summary>
    ArchiveTaken = 1043,

    /// <summary>An archive that was cut short could not be finished.</summary>
    ArchiveUnfinished = 1044,

    /// <summary>A folder of the tree, or a change, is a link that leads out.</summary>
    PathEscapes = 1045,

    /// <summary>A file could not be mended: it changed meanwhile, or cannot be written.</summary>
    FixFailed = 1046,

    /// <summary>A word of <c>[specs.keywords]</c> is none, or stands for two things.</summary>
    KeywordInvalid = 1047,
}

/// <summary>An error about the specification tree that the user can mend; its content never causes one.</summary>
public sealed class SpecException(SpecError error, string message, string? hint = null, Exception? inner = null)
    : ColophonException((int)error, message, hint, error switch { SpecError.Unreadable => ExitCode.InputOutput, _ => ExitCode.Failed }, inner)
{
    /// <summary>The file or folder that could not be read, where there is one.</summary>
    internal string? Subject { get; init; }

    /// <summary>Whether a folder was being listed.</summary>
    internal bool WhileListing { get; init; }

    /// <summary>The cause.</summary>
    public SpecError Error { get; } = error;
}
