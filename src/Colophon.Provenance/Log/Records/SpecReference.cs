namespace Colophon.Provenance.Log;

/// <summary>What was wanted: the task and the requirements it serves.</summary>
public sealed record SpecReference
{
    /// <summary>The task's id inside the change, such as <c>1.2</c>.</summary>
    public string? Task { get; init; }

    /// <summary>The task's text as it stood.</summary>
    public string? Description { get; init; }

    /// <summary>The requirements the task serves, as they read at the time.</summary>
    public IReadOnlyList<RequirementReference> Requirements { get; init; } = [];
}

/// <summary>A requirement as it read when it was used.</summary>
/// <param name="Id"><c>capability/slug</c>.</param>
/// <param name="Hash">SHA-256 (hex) of its normalised text; a different hash today means the coverage is stale.</param>
public sealed record RequirementReference(string Id, string Hash);
