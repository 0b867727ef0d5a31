namespace Colophon.Provenance.Log;

/// <summary>What happened to a file.</summary>
public enum FileAction
{
    /// <summary>It did not exist before.</summary>
    Create,

    /// <summary>Its content changed.</summary>
    Modify,

    /// <summary>It does not exist after.</summary>
    Delete,

    /// <summary>It moved here from <see cref="FileChange.RenamedFrom"/>; its content may have changed as well.</summary>
    Rename,
}

/// <summary>One file's change, enough to replay its lines without the content.</summary>
public sealed record FileChange
{
    /// <summary>Relative to the repository's root, <c>/</c> between the parts.</summary>
    public required string Path { get; init; }

    /// <summary>What happened to it.</summary>
    public required FileAction Action { get; init; }

    /// <summary>The old path of a renamed file.</summary>
    public string? RenamedFrom { get; init; }

    /// <summary>Git's file mode after the change, such as <c>100755</c>, or null where it is the ordinary one.</summary>
    public string? Mode { get; init; }

    /// <summary>The content before, or null where there was none.</summary>
    public FileDigest? Before { get; init; }

    /// <summary>The content after, or null where there is none.</summary>
    public FileDigest? After { get; init; }

    /// <summary>The changed ranges in ascending order, none touching another.</summary>
    public IReadOnlyList<HunkRecord> Hunks { get; init; } = [];

    /// <summary>The ids of the requirements this file's change serves.</summary>
    public IReadOnlyList<string> Requirements { get; init; } = [];

    /// <summary>The commitment to the unified diff.</summary>
    public Commitment? Diff { get; init; }
}

/// <summary>Who wrote a hunk's inserted lines.</summary>
public enum HunkAuthor
{
    /// <summary>The model, unchanged.</summary>
    Model,

    /// <summary>A person, during review or later.</summary>
    Human,
}

/// <summary>A changed range. Starts are 1-based; with no lines on a side, the start is the line before the change (as in a unified diff).</summary>
public sealed record HunkRecord
{
    /// <summary>The first old line.</summary>
    public required int OldStart { get; init; }

    /// <summary>How many old lines were replaced.</summary>
    public required int OldLines { get; init; }

    /// <summary>The first new line.</summary>
    public required int NewStart { get; init; }

    /// <summary>How many new lines stand there.</summary>
    public required int NewLines { get; init; }

    /// <summary>Who wrote the new lines.</summary>
    public HunkAuthor By { get; init; }

    /// <summary>Base64 of <see cref="LineHash"/>'s eight bytes per inserted line.</summary>
    public string Lines { get; init; } = "";
}
