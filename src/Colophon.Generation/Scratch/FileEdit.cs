using Colophon.Kernel.Paths;

namespace Colophon.Generation.Scratch;

/// <summary>What happens to a file.</summary>
public enum EditAction
{
    /// <summary>The file is new.</summary>
    Create,

    /// <summary>Its content or its execute bit changes.</summary>
    Modify,

    /// <summary>The file goes.</summary>
    Delete,

    /// <summary>The file moves, with or without other changes.</summary>
    Rename,
}

/// <summary>One file's change, whole: what it was and what it becomes.</summary>
public sealed record FileEdit
{
    /// <summary>Where the file is afterwards (for a deletion: where it was).</summary>
    public required WorkspacePath Path { get; init; }

    /// <summary>What happens to it.</summary>
    public required EditAction Action { get; init; }

    /// <summary>Where a renamed file was before.</summary>
    public WorkspacePath? RenamedFrom { get; init; }

    /// <summary>What it was; null for a creation.</summary>
    public FileState? Before { get; init; }

    /// <summary>What it becomes; null for a deletion.</summary>
    public FileState? After { get; init; }

    /// <summary>Whether it is no text, before or after.</summary>
    public bool IsBinary => Before is { IsBinary: true } || After is { IsBinary: true };
}

/// <summary>What a model did in the scratch tree.</summary>
/// <param name="Edits">The changes that may be proposed, by path.</param>
/// <param name="LeftOut">What it did and may not, one sentence each.</param>
public sealed record ChangeSet(IReadOnlyList<FileEdit> Edits, IReadOnlyList<string> LeftOut);
