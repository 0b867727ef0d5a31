using Colophon.Provenance.Log;

namespace Colophon.Provenance.Attribution.Absent;

/// <summary>The place of an entry, as the path of its file in a tree says it.</summary>
internal readonly record struct EntryPath(string Change, string Stream, long Seq, string Leaf12)
{
    internal const string Streams = CodePaths.Audit + "v1/s/";
    internal const string Heads = CodePaths.Audit + "v1/heads/";
    internal const string Segments = CodePaths.Audit + "v1/seg/";

    // What is in these streams is about the log, the keys and what was denied: no entry there changes a file.
    private static readonly HashSet<string> s_withoutFiles = new([Compactions.Change, "_trust", "_security"], StringComparer.Ordinal);

    /// <summary>The key by which claims are found, as <see cref="Steps.ClaimIndex.FileKey(string)"/> has it.</summary>
    internal string Key => $"{Stream}/{Seq:D8}-{Leaf12}.json";

    /// <summary>Whether an entry there can have changed a file.</summary>
    internal bool MayChangeFiles => IsWithFiles(Change);

    /// <summary>Whether entries of a change can.</summary>
    internal static bool IsWithFiles(string change) => !s_withoutFiles.Contains(change);

    internal static bool TryParse(string path, out EntryPath place)
    {
        place = default;
        if (!path.StartsWith(Streams, StringComparison.Ordinal) || path[Streams.Length..].Split('/') is not [var change, var stream, var file]
            || !EntryFormat.IsName(change) || !EntryFormat.IsName(stream) || !AuditLayout.TryEntryName(file, out var seq, out var leaf12))
            return false;
        place = new EntryPath(change, stream, seq, leaf12);
        return true;
    }

    /// <summary>Takes the path of a segment's leaves or content apart.</summary>
    internal static bool TryParse(string path, string suffix, out SegmentName name)
    {
        name = default;
        return path.StartsWith(Segments, StringComparison.Ordinal) && path.EndsWith(suffix, StringComparison.Ordinal)
            && path[Segments.Length..^suffix.Length].Split('/') is [var change, var stream, var range] && EntryFormat.IsName(change) && EntryFormat.IsName(stream)
            && SegmentName.TryParse(change, stream, range, out name) && name.Count <= SegmentFile.MostEntries;
    }
}
