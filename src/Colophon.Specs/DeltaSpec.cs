namespace Colophon.Specs;

/// <summary>A requirement's new name in a <c>## RENAMED Requirements</c> section.</summary>
/// <param name="From">The name in the main spec.</param>
/// <param name="To">The name after the change.</param>
public sealed record RequirementRename(string From, string To);

/// <summary>What one change does to one capability: a file <c>changes/&lt;change&gt;/specs/&lt;capability&gt;/spec.md</c>.</summary>
public sealed record DeltaSpec
{
    /// <summary>The capability's id: the folders between <c>specs/</c> and <c>spec.md</c> with <c>/</c> between them.</summary>
    public required string Capability { get; init; }

    /// <summary>The file relative to the root of the tree, such as <c>openspec/changes/add-x/specs/cap/spec.md</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The file's text with line ends LF and without a byte order mark.</summary>
    public required string Markdown { get; init; }

    /// <summary>Requirements the change adds.</summary>
    public required IReadOnlyList<Requirement> Added { get; init; }

    /// <summary>Requirements whose whole block the change replaces.</summary>
    public required IReadOnlyList<Requirement> Modified { get; init; }

    /// <summary>Requirements the change removes; an entry written as a bullet has a name and no body.</summary>
    public required IReadOnlyList<Requirement> Removed { get; init; }

    /// <summary>New names; applied before the other operations.</summary>
    public required IReadOnlyList<RequirementRename> Renamed { get; init; }
}
