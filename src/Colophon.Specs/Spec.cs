namespace Colophon.Specs;

/// <summary>A main spec: <c>openspec/specs/&lt;id&gt;/spec.md</c>, what the system is agreed to do today.</summary>
public sealed record Spec
{
    /// <summary>The capability's id: the folders between <c>specs/</c> and <c>spec.md</c> with <c>/</c> between them.</summary>
    public required string Id { get; init; }

    /// <summary>The file relative to the root of the tree.</summary>
    public required string Path { get; init; }

    /// <summary>The file's text with line ends LF and without a byte order mark.</summary>
    public required string Markdown { get; init; }

    /// <summary>The Purpose section's text, empty where it is missing.</summary>
    public required string Purpose { get; init; }

    /// <summary>The <c>### Requirement:</c> blocks of the Requirements section in the order of the file.</summary>
    public required IReadOnlyList<Requirement> Requirements { get; init; }
}
