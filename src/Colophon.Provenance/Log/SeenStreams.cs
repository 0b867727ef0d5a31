using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Log;

/// <summary>
/// Finds the heads of other streams that no writer here has named yet. Naming them ties the streams together: whoever cuts one short contradicts the others.
/// </summary>
internal static class SeenStreams
{
    private const int Most = 32;

    /// <summary>References to them, and which were looked at: each is tried once, so that one that is not here or that nobody trusted signed keeps no other back.</summary>
    internal static (IReadOnlyList<EntryReference> Seen, IReadOnlyList<StreamTip> Tried) Find(AuditLayout layout, IEnumerable<StreamTip> news, StreamState own, ProjectTrust trust)
    {
        var (seen, tried) = (new List<EntryReference>(), new List<StreamTip>());
        foreach (var tip in news)
        {
            if (tip.Change == own.Change && tip.Stream == own.Stream)
                continue;
            tried.Add(tip);
            if (tip.Seq > 0 && EntryFile.TryReadFile(Path.Combine(layout.Stream(tip.Change, tip.Stream), $"{tip.Seq:D8}-{tip.Leaf12}.json"), out var entry) && IsSigned(entry, trust))
                seen.Add(new EntryReference(tip.Change, tip.Stream, tip.Seq, entry.Leaf));
            if (tried.Count == Most)
                break;
        }

        return (seen, tried);
    }

    // What nobody trusted signed may be gone tomorrow, and whoever named it would miss it for ever.
    private static bool IsSigned(Entry entry, ProjectTrust trust) => trust.Find(entry.Predicate.Actor.KeyId) is { } author
        && entry.Signatures.FirstOrDefault(s => s.KeyId == author.Key.KeyId) is { } signature && author.Key.Verify(Pae.Of(EntryFormat.PayloadType, entry.Payload.Span), signature.Signature.Span);
}
