namespace Colophon.Engine;

/// <summary>What <c>init</c> did.</summary>
public sealed record InitReport
{
    /// <summary>The project's root, absolute.</summary>
    public required string Root { get; init; }

    /// <summary>Files that were made: relative to the root, or absolute where they lie outside.</summary>
    public required IReadOnlyList<string> Created { get; init; }

    /// <summary>Files that stood already and were left as they are.</summary>
    public required IReadOnlyList<string> Kept { get; init; }

    /// <summary>The id of the signing key.</summary>
    public required string KeyId { get; init; }

    /// <summary>Names the project's trust root: what two people compare before the second pins it. Null where the trust does not hold; the notes say why.</summary>
    public required string? Fingerprint { get; init; }

    /// <summary>What the user should know, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
