using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Verify;

/// <summary>Checks what entries say about entries of any stream: continued streams, seen heads, decided generations.</summary>
internal static class CrossCheck
{
    internal static void Run(IReadOnlyDictionary<string, StreamFacts> streams, ProjectTrust? trust)
    {
        var leaves = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in streams.Values.SelectMany(static s => s.Entries))
            leaves.Add(entry.LeafHex);
        foreach (var entry in streams.Values.SelectMany(static s => s.Entries))
        {
            if (entry.Continues is { } continued && !leaves.Contains(continued.Leaf))
                entry.Fail(EntryStatus.Gap, $"The entry it continues ({continued.Change}/{continued.Stream}, place {continued.Seq}) is not here.");
            if (entry.Target is { } target && !leaves.Contains(target))
                entry.Fail(EntryStatus.Gap, $"The entry it decides on ({target[..12]}) is not here.");
            if (trust is not null && entry.Trust is { } known && !trust.Holds(known.Version, known.Leaf))
                entry.Fail(EntryStatus.PublicKeyNotTrusted, $"It saw version {known.Version} of the trust file come into force, which is not here: the trust was rolled back or replaced.");
            if (entry.Redacts is { } redaction && !leaves.Contains(redaction.Leaf))
                entry.Fail(EntryStatus.Gap, "The entry whose content it erased is not here.");
            foreach (var seen in entry.Seen)
            {
                if (!leaves.Contains(seen.Leaf))
                    entry.Fail(EntryStatus.Gap, $"An entry it saw ({seen.Change}/{seen.Stream}, place {seen.Seq}) is not here.");
            }
        }
    }
}
