namespace Colophon.Provenance.Log;

/// <summary>The whole predicate of an entry: the draft and its place in the log.</summary>
public sealed record Predicate : EntryDraft
{
    /// <summary>The id of the repository's trust root lineage; an entry copied from elsewhere shows.</summary>
    public required string Repo { get; init; }

    /// <summary>The stream: one writer in one worktree lineage.</summary>
    public required string Stream { get; init; }

    /// <summary>The place in the stream, from 1.</summary>
    public required long Seq { get; init; }

    /// <summary>The leaf of the entry before, or null for the first.</summary>
    public string? Prev { get; init; }

    /// <summary>For a first entry: the last entry of the stream this one goes on from, where there is one.</summary>
    public EntryReference? Continues { get; init; }

    /// <summary>Heads of other streams that this worktree saw and had not named before.</summary>
    public IReadOnlyList<EntryReference> Seen { get; init; } = [];

    /// <summary>When the entry was made, UTC to the millisecond.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>Names an entry of any stream.</summary>
/// <param name="Change">The change of the stream.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Seq">The place in it.</param>
/// <param name="Leaf">The leaf hash (hex).</param>
public sealed record EntryReference(string Change, string Stream, long Seq, string Leaf);
