namespace Colophon.Provenance.Log;

/// <summary>What a compaction entry did with the segments it names.</summary>
internal enum CompactionAction
{
    /// <summary>Entries went from files of their own into segments.</summary>
    Compress,

    /// <summary>The content of segments was moved out of the tree.</summary>
    Archive,

    /// <summary>The content of segments was deleted.</summary>
    Prune,
}

/// <summary>How a compaction entry is written: <c>witnessed.action</c>, and one member a segment, <c>segment change/stream/first-last</c> → hash of the leaves, hash of the unpacked content.</summary>
internal static class Compactions
{
    internal const string Change = "_retention";
    internal const string Action = "action";
    private const string Segment = "segment ";

    internal static Dictionary<string, string> Say(CompactionAction action, IEnumerable<(SegmentName Name, string Leaves, string Content)> segments)
    {
        var said = new Dictionary<string, string> { [Action] = EnumNames<CompactionAction>.Of(action) };
        foreach (var (name, leaves, content) in segments)
            said[Segment + name] = $"{leaves} {content}";
        return said;
    }

    /// <summary>The segments that an entry names, and whether it says that their content left the tree.</summary>
    internal static IEnumerable<CompactedSegment> Read(Predicate predicate)
    {
        var action = predicate.Witnessed.GetValueOrDefault(Action);
        foreach (var (key, value) in predicate.Witnessed)
        {
            if (key.StartsWith(Segment, StringComparison.Ordinal) && key[Segment.Length..].Split('/') is [var change, var stream, var range]
                && EntryFormat.IsName(change) && EntryFormat.IsName(stream) && SegmentName.TryParse(change, stream, range, out var name) && value.Split(' ') is [var leaves, var content])
                yield return new CompactedSegment(name, leaves, content, action is "archive" or "prune", action is "prune");
        }
    }
}

/// <summary>What a compaction entry says of one segment.</summary>
/// <param name="Name">Which.</param>
/// <param name="Leaves">SHA-256 (hex) of its leaves.</param>
/// <param name="Content">SHA-256 (hex) of its unpacked content.</param>
/// <param name="Left">Whether the content left the tree.</param>
/// <param name="IsPruned">Whether it was deleted for good.</param>
internal sealed record CompactedSegment(SegmentName Name, string Leaves, string Content, bool Left, bool IsPruned);
