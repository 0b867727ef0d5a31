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
        foreach (var entry in entries)
        {
            if (entry.Name is { IsHere: false, Segment: { } segment })
                Absent(entry, said[segment.Name].Any(c => c.Left && c.Leaves == segment.LeavesHash));
        }

        var streams = folders.ToDictionary(static f => (f.Change, f.Stream));
        foreach (var name in said.Select(static s => s.Key))
        {
            if (!streams.TryGetValue((name.Change, name.Stream), out var folder) || !Covers(folder, name))
                report(EntryStatus.Gap, layout.SegmentPath(name, SegmentFile.LeavesSuffix), "An entry says that entries were packed here, and neither they nor their leaves are here.");
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

    private static bool Covers(StreamFolder folder, SegmentName name) =>
        folder.Entries.Where(e => e.Seq >= name.First && e.Seq <= name.Last).Select(static e => e.Seq).Distinct().Count() == name.Count;
}
