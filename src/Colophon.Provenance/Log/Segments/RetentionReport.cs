namespace Colophon.Provenance.Log;

/// <summary>What became of one segment, or would become of it.</summary>
/// <param name="Segment">Which: <c>change/stream/first-last</c>.</param>
/// <param name="Entries">How many entries it holds.</param>
/// <param name="BytesBefore">What its entries took in the tree before.</param>
/// <param name="BytesAfter">What they take after; for a dry run, what they take before.</param>
public sealed record RetainedSegment(string Segment, long Entries, long BytesBefore, long BytesAfter);

/// <summary>What a compression, an archiving or a pruning did.</summary>
/// <param name="Segments">The segments it made, moved or deleted.</param>
/// <param name="Kept">Segments that were old enough and stayed, with the reason.</param>
public sealed record RetentionReport(IReadOnlyList<RetainedSegment> Segments, IReadOnlyList<(string Segment, string Reason)> Kept)
{
    /// <summary>In how many different commits lines were looked for that stand today; null where they were not looked for.</summary>
    public int? Tips { get; init; }
}

/// <summary>On whose behalf entries are packed, moved or deleted, and up to when.</summary>
public sealed record RetentionRequest
{
    /// <summary>Entries recorded before this moment are taken.</summary>
    public required DateTimeOffset Before { get; init; }

    /// <summary>On whose behalf.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Whether nothing is changed and only told what would be.</summary>
    public bool DryRun { get; init; }
}
