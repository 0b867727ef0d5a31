namespace Colophon.Provenance.Anchors;

/// <summary>What kind of thing remembers an anchor.</summary>
public enum AnchorKind
{
    /// <summary>A signed git tag.</summary>
    Tag,

    /// <summary>A time-stamp of RFC 3161.</summary>
    TimeStamp,

    /// <summary>A file on storage that only takes additions.</summary>
    File,
}

/// <summary>An anchor that was found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The tag's name, or the file.</param>
/// <param name="At">When it was made; null where nothing tells.</param>
/// <param name="By">Whose key or which authority is behind it; null where it does not count.</param>
/// <param name="Fault">Why it does not count; null where it does.</param>
public sealed record AnchorFact(AnchorKind Kind, string Name, DateTimeOffset? At, string? By, string? Fault);

/// <summary>What anchors say about a log.</summary>
/// <param name="Anchors">Every anchor that was found, counting or not.</param>
/// <param name="Unprotected">How many entries no counting anchor covers: their writers could still rewrite them unnoticed by this copy.</param>
/// <param name="Since">When the newest counting anchor was made; null where there is none or nothing tells.</param>
public sealed record AnchorReport(IReadOnlyList<AnchorFact> Anchors, int Unprotected, DateTimeOffset? Since);
