namespace Colophon.Specs.Incremental;

/// <summary>How an <see cref="IncrementalValidation"/> works.</summary>
public sealed record IncrementalOptions
{
    /// <summary>Warnings make an item invalid too; off by default.</summary>
    public bool Strict { get; init; }

    /// <summary>
    /// Find what Colophon finds (<see cref="Checking.SpecCheck"/>), with codes and paths from the root of the tree, instead of what OpenSpec finds; off by default.
    /// </summary>
    public bool OwnFindings { get; init; }

    /// <summary>
    /// How many bytes of parsed files are kept, main specs and changes each; 32 MiB by default. What does not fit is read again when it is needed. The findings
    /// themselves are always kept.
    /// </summary>
    public long CacheBytes { get; init; } = 32 * 1024 * 1024;
}
