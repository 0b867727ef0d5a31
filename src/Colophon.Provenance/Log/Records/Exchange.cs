namespace Colophon.Provenance.Log;

/// <summary>
/// A salted commitment to content kept outside the entry: <c>SHA-256("colophon-disc-v1" ‖ salt16 ‖ content)</c>. Deleting the disclosure
/// (salt and content) erases the content for good while the entry still verifies.
/// </summary>
/// <param name="Hash">The commitment in hex; also the disclosure's file name.</param>
/// <param name="Bytes">The length of the content in bytes.</param>
public sealed record Commitment(string Hash, long Bytes);

/// <summary>What was sent to the model.</summary>
public sealed record PromptRecord
{
    /// <summary>The commitment to the whole prompt.</summary>
    public Commitment? Content { get; init; }

    /// <summary>The files that were put into the context.</summary>
    public IReadOnlyList<ContextFile> Context { get; init; } = [];
}

/// <summary>A file that was part of the context.</summary>
/// <param name="Path">Relative to the repository's root.</param>
/// <param name="Sha256">Of its content (hex).</param>
/// <param name="Bytes">Its length.</param>
public sealed record ContextFile(string Path, string Sha256, long Bytes);

/// <summary>What the model answered.</summary>
public sealed record ResponseRecord
{
    /// <summary>The commitment to the whole response.</summary>
    public Commitment? Content { get; init; }

    /// <summary>How many model turns it took.</summary>
    public long Turns { get; init; }

    /// <summary>Why the last turn ended, in the provider's words.</summary>
    public string? FinishReason { get; init; }
}
