namespace Colophon.Provenance.Log;

/// <summary>
/// Finds the heads of other streams that a writer has not named yet. Naming them ties the streams together: whoever cuts one short contradicts the others.
/// </summary>
internal static class SeenStreams
{
    private const int Most = 32;

    internal static IReadOnlyList<EntryReference> Find(AuditLayout layout, StreamState own)
    {
        var news = new List<EntryReference>();
        foreach (var folder in AuditTree.Streams(layout, []))
        {
            if (folder.Entries.Count == 0 || folder.Stream == own.Stream)
                continue;
            var head = folder.Entries[^1];
            if (own.Seen.TryGetValue(folder.Key, out var known) && known.StartsWith(head.Leaf12, StringComparison.Ordinal))
                continue;
            if (head.TryRead(out var entry))
                news.Add(new EntryReference(folder.Change, folder.Stream, head.Seq, entry.Leaf));
            if (news.Count == Most)
                break;
        }

        return news;
    }
}
