using Colophon.Provenance.Log;

namespace Colophon.Provenance.Attribution;

/// <summary>
/// Which entries may speak for lines: those the verifier accepts, a decision only together with the generation it accepts and unless another
/// authentic decision rejects the same. Asked when the answer is given, so what is stored does not depend on trust.
/// </summary>
internal sealed class ClaimTrust
{
    private readonly HashSet<string> _speaking = new(StringComparer.Ordinal);

    public ClaimTrust(IReadOnlyList<Entry> entries, Func<Entry, bool> trusted)
    {
        var authentic = entries.Where(trusted).ToArray();
        var generations = authentic.Where(static e => e.Predicate.Kind == EntryKind.Generation).Select(static e => e.Leaf).ToHashSet(StringComparer.Ordinal);
        var rejected = authentic.Select(static e => e.Predicate.Decision).OfType<Decision>().Where(static d => !d.Accepted).Select(static d => d.Target).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in authentic)
        {
            var decision = entry.Predicate.Decision;
            if (entry.Predicate.Kind != EntryKind.Decision || (decision is { Accepted: true } && generations.Contains(decision.Target) && !rejected.Contains(decision.Target)))
                _speaking.Add(entry.Leaf);
        }
    }

    /// <summary>The owner as far as it may be believed.</summary>
    public LineOwner Resolve(LineOwner owner)
    {
        if (owner.Entry is { } entry && !_speaking.Contains(entry))
            return new LineOwner(OwnerKind.Unknown, null, owner.Commit);
        return owner.Overrides is { } overridden && !_speaking.Contains(overridden) ? owner with { Overrides = null } : owner;
    }
}
