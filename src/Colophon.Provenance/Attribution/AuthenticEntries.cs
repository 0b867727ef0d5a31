using Colophon.Provenance.Log;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Attribution;

/// <summary>Which entries may claim lines, from a verification.</summary>
public static class AuthenticEntries
{
    /// <summary>
    /// True for entries that are what a trusted key signed, in their own place. That something around them is missing, not yet anchored, or that a file was edited
    /// since, takes nothing from what they say; anything else does.
    /// </summary>
    public static Func<Entry, bool> In(VerifyReport report)
    {
        var leaves = report.Entries.Where(static v => IsAuthentic(v.Status)).Select(static v => v.Entry.Leaf).ToHashSet(StringComparer.Ordinal);
        leaves.ExceptWith(report.Entries.Where(static v => !IsAuthentic(v.Status)).Select(static v => v.Entry.Leaf));
        return entry => leaves.Contains(entry.Leaf);
    }

    internal static bool IsAuthentic(EntryStatus status) => status is
        EntryStatus.Valid or EntryStatus.ValidRedacted or EntryStatus.ValidArchived or EntryStatus.NonCanonical
        or EntryStatus.Gap or EntryStatus.Unanchored or EntryStatus.SubjectMismatch;
}
