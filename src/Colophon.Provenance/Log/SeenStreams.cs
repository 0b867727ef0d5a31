using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Log;

/// <summary>
/// Finds the heads of other streams that a writer has not named yet. Naming them ties the streams together: whoever cuts one short contradicts the others.
/// </summary>
internal static class SeenStreams
{
    private const int Most = 32;

    internal static IReadOnlyList<EntryReference> Find(AuditLayout layout, IEnumerable<StreamTip> streams, StreamState own, ProjectTrust trust)
    {
        var news = new List<EntryReference>();
        foreach (var tip in streams)
        {
            if (tip.Seq == 0 || tip.Stream == own.Stream || (own.Seen.TryGetValue(tip.Key, out var known) && known.StartsWith(tip.Leaf12, StringComparison.Ordinal)))
                continue;
            if (Directory.EnumerateFiles(layout.Stream(tip.Change, tip.Stream), $"{tip.Seq:D8}-{tip.Leaf12}.json").FirstOrDefault() is { } path && EntryFile.TryReadFile(path, out var entry) && IsSigned(entry, trust))
                news.Add(new EntryReference(tip.Change, tip.Stream, tip.Seq, entry.Leaf));
            if (news.Count == Most)
                break;
        }

        return news;
    }

    // What nobody trusted signed may be gone tomorrow, and whoever named it would miss it for ever.
    private static bool IsSigned(Entry entry, ProjectTrust trust) => trust.Find(entry.Predicate.Actor.KeyId) is { } author
        && entry.Signatures.FirstOrDefault(s => s.KeyId == author.Key.KeyId) is { } signature && author.Key.Verify(Pae.Of(EntryFormat.PayloadType, entry.Payload.Span), signature.Signature.Span);
}
