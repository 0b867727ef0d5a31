using Colophon.Provenance.Log;

namespace Colophon.Provenance.Verify;

/// <summary>
/// Checks the segments that entries were packed into. Entries whose segment is here were checked like any other. What is only vouched for by its leaves is archived, and
/// only where a trusted key said so in a compaction entry; else it is missing.
/// </summary>
internal static class SegmentCheck
{
    internal static void Run(AuditLayout layout, IReadOnlyList<StreamFolder> folders, IReadOnlyCollection<EntryFacts> entries, Action<EntryStatus, string, string> report)
    {
        // Chains are followed after this, but what a signature covers cannot be said by anybody else.
        var said = entries.Where(static e => e.Compacts.Count > 0 && e.Status == EntryStatus.Valid).SelectMany(static e => e.Compacts).ToLookup(static c => c.Name);
        foreach (var segment in folders.SelectMany(static f => f.Segments))
            Judge(segment, [.. said[segment.Name]], report);
        foreach (var gone in entries.Where(static e => !e.Name.IsHere).GroupBy(static e => e.Name.Segment))
        {
            var archived = gone.Key is { } segment && said[segment.Name].Any(c => c.Left && c.Leaves == segment.LeavesHash);
            foreach (var entry in gone)
                Absent(entry, archived);
        }

        var streams = folders.ToDictionary(static f => (f.Change, f.Stream));
        foreach (var names in said.Select(static s => s.Key).GroupBy(static n => (n.Change, n.Stream)))
        {
            long[] places = streams.TryGetValue(names.Key, out var folder) ? [.. folder.Entries.Select(static e => e.Seq).Distinct().Order()] : [];
            foreach (var name in names)
            {
                if (!Covers(places, name))
                    report(EntryStatus.Gap, layout.SegmentPath(name, SegmentFile.LeavesSuffix), "An entry says that entries were packed here, and neither they nor their leaves are here.");
            }
        }
    }

    private static void Judge(SegmentFile segment, CompactedSegment[] said, Action<EntryStatus, string, string> report)
    {
        if (said.Length == 0)
            return;
        if (!Array.Exists(said, c => c.Leaves == segment.LeavesHash))
            report(EntryStatus.HashMismatch, segment.LeavesPath, "These are not the leaves that the entry which packed them names.");
        if (segment.ContentPath is not { } path)
            return;
        try
        {
            var hash = segment.Content().Hash;
            if (!Array.Exists(said, c => c.Content == hash))
                report(EntryStatus.HashMismatch, path, "It does not hold what the entry which packed it names.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report(EntryStatus.Malformed, path, $"It cannot be read: {e.Message}.");
        }
    }

    private static void Absent(EntryFacts entry, bool archived)
    {
        if (archived)
            entry.Archived("Archived: its leaf is here, its content is not.");
        else
            entry.Fail(EntryStatus.Gap, "Only its leaf is here, and no entry says that its content was archived.");
    }

    // Places are in order and differ, so as many of them as the segment has lie between its ends only where all do.
    private static bool Covers(long[] places, SegmentName name) =>
        Array.BinarySearch(places, name.First) is >= 0 and var first && first + name.Count - 1 < places.Length && places[first + name.Count - 1] == name.Last;
}
