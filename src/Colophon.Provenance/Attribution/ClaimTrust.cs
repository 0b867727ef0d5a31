using Colophon.Provenance.Attribution.Absent;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Attribution;

/// <summary>
/// Which entries may speak for lines: those the verifier accepts, a decision only together with the generation it accepts and unless another
/// authentic decision rejects the same. Asked when the answer is given; which entries were heard at all was settled before (<see cref="Steps.ClaimIndex"/>).
/// </summary>
internal sealed class ClaimTrust
{
    private static readonly UnknownCause s_history = new(UnknownReason.HistoryNotHere, "the history or the earlier content that brought it is not in this clone");
    private static readonly UnknownCause s_invalid = new(UnknownReason.EntryNotValid, "only an entry that does not verify claims it");
    private static readonly UnknownCause s_alone = new(UnknownReason.EntryNotValid, "the generation that was accepted is not here, or was rejected as well");
    private static readonly UnknownCause s_pruned = new(UnknownReason.EntryPruned, "the entry that claims it was pruned");

    private readonly HashSet<string> _speaking = new(StringComparer.Ordinal);
    private readonly HashSet<string> _authentic;
    private readonly HashSet<string> _decided;
    private readonly AbsentLog _absent;

    /// <summary>Weighs all entries there are.</summary>
    /// <param name="entries">The log's entries.</param>
    /// <param name="trusted">Whether one of them is authentic.</param>
    /// <param name="absent">Those that are not in the log.</param>
    public ClaimTrust(IReadOnlyList<Entry> entries, Func<Entry, bool> trusted, AbsentLog absent)
    {
        _absent = absent;
        Entry[] authentic = [.. entries.Where(trusted), .. absent.Recovered.Where(e => absent.Speaking.Contains(e.Leaf))];
        var generations = authentic.Where(static e => e.Predicate.Kind == EntryKind.Generation).Select(static e => e.Leaf).ToHashSet(StringComparer.Ordinal);
        var rejected = authentic.Select(static e => e.Predicate.Decision).OfType<Decision>().Where(static d => !d.Accepted).Select(static d => d.Target).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in authentic)
        {
            var decision = entry.Predicate.Decision;
            if (entry.Predicate.Kind != EntryKind.Decision || (decision is { Accepted: true } && generations.Contains(decision.Target) && !rejected.Contains(decision.Target)))
                _speaking.Add(entry.Leaf);
        }

        _authentic = authentic.Select(static e => e.Leaf).ToHashSet(StringComparer.Ordinal);
        _decided = authentic.Where(e => e.Predicate.Decision is { } d && absent.Pruned.Contains(d.Target)).Select(static e => e.Leaf).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The owner as far as it may be believed.</summary>
    public LineOwner Resolve(LineOwner owner)
    {
        if (owner.Kind == OwnerKind.Unknown)
            return owner with { Cause = owner.Commit is { } commit ? _absent.Cause(commit) : s_history };
        if (owner.Entry is { } entry && !_speaking.Contains(entry))
            return new LineOwner(OwnerKind.Unknown, null, owner.Commit, null, Why(entry));
        return owner.Overrides is { } overridden && !_speaking.Contains(overridden) ? owner with { Overrides = null } : owner;
    }

    private UnknownCause Why(string entry) =>
        _absent.Pruned.Contains(entry) || _decided.Contains(entry) ? s_pruned : _authentic.Contains(entry) ? s_alone : s_invalid;
}
