using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Verify;

/// <summary>Checks what entries say about entries of any stream: continued streams, seen heads, decided generations.</summary>
internal static class CrossCheck
{
    internal static void Run(IReadOnlyDictionary<string, StreamFacts> streams, ProjectTrust? trust)
    {
        var leaves = new Dictionary<string, EntryFacts>(StringComparer.Ordinal);
        foreach (var entry in streams.Values.SelectMany(static s => s.Entries))
            leaves.TryAdd(entry.LeafHex, entry);
        foreach (var entry in streams.Values.SelectMany(static s => s.Entries))
        {
            if (entry.Continues is { } continued)
                Refer(entry, continued, "The entry it continues");
            if (entry.Continues is { } own && (own.Change, own.Stream) == (entry.Folder.Change, entry.Folder.Stream))
                entry.Fail(EntryStatus.ChainBroken, "It says that its stream goes on from itself.");
            if (entry.Target is { } target)
                Decide(entry, target);
            if (trust is not null && entry.Trust is { } known && !trust.Holds(known.Version, known.Leaf))
                entry.Fail(EntryStatus.PublicKeyNotTrusted, $"It saw version {known.Version} of the trust file come into force, which is not here: the trust was rolled back or replaced.");
            if (entry.Redacts is { } redaction)
                Erase(entry, redaction.Leaf, redaction.Commitments.Split(' '));
            foreach (var seen in entry.Seen)
                Refer(entry, seen, "An entry it saw");
        }

        // What no trusted key signed contradicts nobody.
        foreach (var decided in streams.Values.SelectMany(static s => s.Entries).Where(static e => e.Target is not null && VerifyExitCode.Of(e.Status) is VerifyExitCode.Valid or VerifyExitCode.Incomplete).GroupBy(static e => e.Target ?? "", StringComparer.Ordinal))
            Contradict([.. decided.OrderBy(static e => e.RecordedAt).ThenBy(static e => e.Name.Seq).ThenBy(static e => e.LeafHex, StringComparer.Ordinal)]);

        static void Contradict(EntryFacts[] decisions)
        {
            foreach (var later in decisions.Where(d => d.Accepted != decisions[0].Accepted))
                later.Fail(EntryStatus.ChainBroken, $"An earlier entry ({decisions[0].LeafHex[..12]}) decides on the same generation otherwise.");
        }

        void Decide(EntryFacts entry, string target)
        {
            if (!leaves.TryGetValue(target, out var decided))
                entry.Fail(EntryStatus.Gap, $"The entry it decides on ({target[..12]}) is not here.");
            else if (decided.Kind is { } kind && kind != EntryKind.Generation)
                entry.Fail(EntryStatus.ChainBroken, $"The entry it decides on ({target[..12]}) is no generation.");
        }

        void Erase(EntryFacts entry, string target, string[] commitments)
        {
            if (!leaves.TryGetValue(target, out var erased))
                entry.Fail(EntryStatus.Gap, "The entry whose content it erased is not here.");
            else if (erased.Name.TryRead(out var read) && commitments.Except(Enum.GetValues<RedactedField>().SelectMany(f => Redactions.Of(read.Predicate, f)).Select(static c => c.Hash), StringComparer.Ordinal).Any())
                entry.Fail(EntryStatus.Malformed, "It says that content was erased which the entry it names never had.");
        }

        void Refer(EntryFacts entry, EntryReference named, string what)
        {
            if (!leaves.TryGetValue(named.Leaf, out var other))
                entry.Fail(EntryStatus.Gap, $"{what} ({named.Change}/{named.Stream}, place {named.Seq}) is not here.");
            else if ((other.Folder.Change, other.Folder.Stream, other.Name.Seq) != (named.Change, named.Stream, named.Seq))
                entry.Fail(EntryStatus.ChainBroken, $"{what} is not at '{named.Change}/{named.Stream}', place {named.Seq}.");
        }
    }
}
