using Colophon.Provenance.Attribution.Lines;
using Colophon.Provenance.Log;
using Colophon.Text.Diff;

namespace Colophon.Provenance.Attribution.Steps;

/// <summary>The state of a file during a replay: a key and an owner a line. The blob is null where it was derived and not seen.</summary>
internal sealed record ReplayState(ulong[] Keys, int[] Owners, string Blob);

/// <summary>
/// Step 2: follows one file through the entries of one commit. A state between two entries need not be in git: it is known from the state
/// before (forward) or from the commit's own content (backward) by the hunks, and where neither meets the entry's digests its unchanged
/// lines are placeholders that equal nothing. Only equal content and equal line keys connect states.
/// </summary>
internal sealed class Replay(IReadOnlyList<Claim> told, ulong[] final, string finalBlob, OwnerTable owners, ClaimIndex index)
{
    private const int LongestChain = 64;

    private List<Claim> _claims = [];
    private readonly HashSet<ulong> _placeholders = [];
    private readonly List<ReplayState> _severed = [];
    private ulong _placeholder = 0x9e3779b97f4a7c15;

    /// <summary>
    /// Whether every state was known, so that the replay says more than a direct diff against the parent; otherwise only its claims for
    /// lines that no parent explains may be used.
    /// </summary>
    public bool IsExact { get; private set; } = true;

    /// <summary>Whether the first entry starts from what the first parent has.</summary>
    public bool StartsAtParent { get; private set; }

    /// <summary>Consecutive lines that one of the entries wrote, and that went again before the end.</summary>
    public List<(ulong[] Keys, int[] Owners)> Removed { get; } = [];

    /// <summary>Runs the replay.</summary>
    /// <param name="start">The file in the first parent.</param>
    /// <param name="inherited">Which final lines a parent explains; masked where the replay is not exact.</param>
    /// <returns>The final lines' owners, <see cref="OwnerTable.None"/> where the replay knows none, <see cref="OwnerTable.Formatted"/> where a formatter replaced a line that the replay does not know; null where an entry's hunks are not true.</returns>
    public int[]? Run(ReplayState start, ReadOnlySpan<int> inherited)
    {
        var state = End(start);
        var result = new int[final.Length];
        Array.Fill(result, OwnerTable.None);
        var masked = Masked(inherited);
        if (Same(state.Blob, finalBlob))
        {
            if (!Agrees(state.Keys))
                return null;
            state.Owners.CopyTo(result, 0);
        }
        else
        {
            Carry(state.Keys, state.Owners, IsExact ? final : masked, result);
            foreach (var hunk in LineDiff.Compute(state.Keys, final))
                Remove(state.Keys.AsSpan(hunk.OldStart, hunk.OldLines), state.Owners.AsSpan(hunk.OldStart, hunk.OldLines));
        }

        if (IsExact)
            return result;

        // The gaps between known states: each stretch of known ones, the latest first, speaks for what nothing later explains.
        for (var i = _severed.Count - 1; i >= 0; i--)
        {
            var claimed = new int[final.Length];
            Array.Fill(claimed, OwnerTable.None);
            Carry(_severed[i].Keys, _severed[i].Owners, Masked(masked, result), claimed);
            for (var k = 0; k < claimed.Length; k++)
                result[k] = result[k] == OwnerTable.None ? claimed[k] : result[k];
        }

        return result;
    }

    /// <summary>What the entries leave the file with.</summary>
    public ReplayState End(ReplayState start)
    {
        _claims = InOrder(start.Blob);
        StartsAtParent = _claims.Count > 0 && Same(_claims[0].Before, start.Blob);
        var known = Backward();
        var state = start;
        for (var i = 0; i < _claims.Count; i++)
            state = Apply(_claims[i], Before(_claims[i], known[i], state, i > 0));
        return state;
    }

    /// <summary>Adds the lines of a stretch that the entries wrote to those that went.</summary>
    public void Remove(ReadOnlySpan<ulong> keys, ReadOnlySpan<int> ownedBy)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            var from = i;
            while (i < keys.Length && owners.ModelEntry(ownedBy[i]) is { } entry && _claims.Exists(c => Same(c.Entry.Leaf, entry)))
                i++;
            if (i > from)
                Removed.Add((keys[from..i].ToArray(), ownedBy[from..i].ToArray()));
        }
    }

    /// <summary>
    /// The entries to replay: not those up to one that ends where the parent stands, nor those of a stream before one that starts there, which were committed without their entry.
    /// Each follows the one that ended where it starts, where there is one, else comes in the order told: streams are written side by side.
    /// </summary>
    private List<Claim> InOrder(string start)
    {
        var left = told.ToList();
        left.RemoveRange(0, left.FindLastIndex(c => Same(c.After, start)) + 1);
        if (left.FindIndex(c => Same(c.Before, start)) is > 0 and var first)
        {
            var (path, stream, number) = (left[first].OldPath, left[first].Entry.Predicate.Stream, left[first].Entry.Predicate.Seq);
            left.RemoveAll(c => Same(c.File.Path, path) && Same(c.Entry.Predicate.Stream, stream) && c.Entry.Predicate.Seq < number);
        }

        var ordered = new List<Claim>(left.Count);
        for (var at = start; left.Count > 0; at = ordered[^1].After)
        {
            var next = Math.Max(0, left.FindIndex(c => Same(c.Before, at)));
            ordered.Add(left[next]);
            left.RemoveAt(next);
        }

        return ordered;
    }

    /// <summary>The states before each entry that can be told from what stands after it.</summary>
    private ulong[]?[] Backward()
    {
        var before = new ulong[]?[_claims.Count];
        for (var i = _claims.Count - 1; i >= 0; i--)
        {
            var after = Same(_claims[i].After, finalBlob) ? final
                : i + 1 < _claims.Count && Same(_claims[i].After, _claims[i + 1].Before) ? before[i + 1]
                : null;
            before[i] = after is null ? null : Undo(_claims[i], after);
        }

        return before;
    }

    private ulong[]? Undo(Claim claim, ulong[] after)
    {
        if (after.Length != (claim.File.After?.Lines ?? 0))
            return null;
        var keys = new List<ulong>(claim.File.Before?.Lines ?? 0);
        var line = 0;
        foreach (var hunk in claim.Hunks)
        {
            if (!after.AsSpan(hunk.NewStart, hunk.Keys.Length).SequenceEqual(hunk.Keys))
                return null;
            keys.AddRange(after.AsSpan(line, hunk.NewStart - line));
            for (var i = 0; i < hunk.OldLines; i++)
                keys.Add(Placeholder());
            line = hunk.NewStart + hunk.Keys.Length;
        }

        keys.AddRange(after.AsSpan(line));
        return [.. keys];
    }

    /// <summary>current → before: what is not explained there is left open, and so ends as a person's.</summary>
    private ReplayState Before(Claim claim, ulong[]? known, ReplayState state, bool replayed)
    {
        var lines = claim.File.Before?.Lines ?? 0;
        if (Same(claim.Before, state.Blob) && state.Keys.Length == lines)
            return state;
        if (claim.File.Before is null)
            return new ReplayState([], [], Claim.Absent);
        var owned = new int[lines];
        if (known is not null && known.Length == lines)
        {
            IsExact &= claim.Hunks.All(static h => h.OldLines == 0);
            Array.Fill(owned, OwnerTable.None);
            Carry(state.Keys, state.Owners, known, owned);
            return new ReplayState(known, owned, claim.Before);
        }

        IsExact = false;
        if (replayed)
            _severed.Add(state);
        var keys = new ulong[lines];
        for (var i = 0; i < lines; i++)
            keys[i] = Placeholder();
        Array.Fill(owned, OwnerTable.None);
        return new ReplayState(keys, owned, claim.Before);
    }

    /// <summary>before → after: insertions are the entry's.</summary>
    private ReplayState Apply(Claim claim, ReplayState before)
    {
        var length = claim.File.After?.Lines ?? 0;
        var (keys, owned) = (new List<ulong>(length), new List<int>(length));
        var line = 0;
        foreach (var hunk in claim.Hunks)
        {
            keys.AddRange(before.Keys.AsSpan(line, hunk.OldStart - line));
            owned.AddRange(before.Owners.AsSpan(line, hunk.OldStart - line));
            keys.AddRange(hunk.Keys);
            owned.AddRange(Inserted(claim, hunk, before));
            Remove(before.Keys.AsSpan(hunk.OldStart, hunk.OldLines), before.Owners.AsSpan(hunk.OldStart, hunk.OldLines));
            line = hunk.OldStart + hunk.OldLines;
        }

        keys.AddRange(before.Keys.AsSpan(line));
        owned.AddRange(before.Owners.AsSpan(line));
        var after = new ReplayState([.. keys], [.. owned], claim.After);
        if (claim.Entry.Predicate.Kind is EntryKind.HumanEdit or EntryKind.Discard)
            GiveBack(claim, after);
        return after;
    }

    /// <summary>A person who goes back to a content that was accepted before wrote none of it: the lines are those entries' that led to it.</summary>
    private void GiveBack(Claim claim, ReplayState after)
    {
        var places = claim.Hunks.SelectMany(static h => Enumerable.Range(h.NewStart, h.Keys.Length)).ToDictionary(static line => line);
        var (path, blob) = (claim.File.Path, claim.After);
        for (var i = 0; i < LongestChain && places.Count > 0 && index.Accepted(path, blob, claim.Entry.Predicate.RecordedAt) is { } accepted; i++)
        {
            places = Origins(places, accepted, after);
            (path, blob) = (accepted.OldPath, accepted.Before);
        }
    }

    /// <summary>Gives an accepted entry its lines, and says where the others stood before it.</summary>
    private Dictionary<int, int> Origins(Dictionary<int, int> places, Claim accepted, ReplayState after)
    {
        var before = new Dictionary<int, int>(places.Count);
        foreach (var (line, place) in places)
        {
            var above = accepted.Hunks.TakeWhile(h => h.NewStart <= place).LastOrDefault();
            if (above is null || place >= above.NewStart + above.Keys.Length)
                before[line] = place + (above is null ? 0 : above.OldStart + above.OldLines - above.NewStart - above.Keys.Length);
            else if (above.Keys[place - above.NewStart] == after.Keys[line] && above.By == HunkAuthor.Model)
                after.Owners[line] = owners.Number(new LineOwner(OwnerKind.Model, accepted.Entry.Leaf));
        }

        return before;
    }

    /// <summary>A hunk's inserted lines: those that only differ in white space from a line they replace keep its owner.</summary>
    private int[] Inserted(Claim claim, ClaimHunk hunk, ReplayState before)
    {
        var owned = new int[hunk.Keys.Length];
        for (var i = 0; i < owned.Length; i++)
            owned[i] = Owner(claim, hunk, before.Owners, i);
        if (hunk.OldLines > 0)
            Carry(before.Keys[hunk.OldStart..(hunk.OldStart + hunk.OldLines)], before.Owners[hunk.OldStart..(hunk.OldStart + hunk.OldLines)], hunk.Keys, owned);
        return owned;
    }

    private int Owner(Claim claim, ClaimHunk hunk, int[] before, int index)
    {
        switch (claim.Entry.Predicate.Kind)
        {
            case EntryKind.Format when hunk.OldLines > 0:
                return before[hunk.OldStart + (int)((long)index * hunk.OldLines / hunk.Keys.Length)] is var owner and not OwnerTable.None ? owner : OwnerTable.Formatted;
            case EntryKind.Format:
                return before.Length == 0 ? OwnerTable.None : before[Math.Max(0, hunk.OldStart - 1)];
            case EntryKind.Discard:
                return OwnerTable.None;
            case EntryKind.Decision when hunk.By == HunkAuthor.Model:
                return owners.Number(new LineOwner(OwnerKind.Model, claim.Entry.Leaf));
            default:
                var replaced = before.AsSpan(hunk.OldStart, hunk.OldLines);
                return owners.Number(new LineOwner(OwnerKind.Human, claim.Entry.Leaf, null, Overridden(owners, replaced)));
        }
    }

    /// <summary>The entry whose line the first replaced model line was.</summary>
    public static string? Overridden(OwnerTable owners, ReadOnlySpan<int> replaced)
    {
        foreach (var owner in replaced)
        {
            if (owners.ModelEntry(owner) is { } entry)
                return entry;
        }

        return null;
    }

    private static void Carry(ulong[] fromKeys, int[] fromOwners, ulong[] toKeys, int[] toOwners)
    {
        var (i, j) = (0, 0);
        foreach (var hunk in LineDiff.Compute(fromKeys, toKeys))
        {
            fromOwners.AsSpan(i, hunk.OldStart - i).CopyTo(toOwners.AsSpan(j));
            (i, j) = (hunk.OldEnd, hunk.NewEnd);
        }

        fromOwners.AsSpan(i).CopyTo(toOwners.AsSpan(j));
    }

    /// <summary>Whether a state that claims to be the final one is: placeholders, which equal no key, agree with anything.</summary>
    private bool Agrees(ulong[] keys)
    {
        if (keys.Length != final.Length)
            return false;
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] != final[i] && !_placeholders.Contains(keys[i]))
                return false;
        }

        return true;
    }

    private ulong[] Masked(ReadOnlySpan<int> inherited) => Masked(final, inherited);

    private ulong[] Masked(ulong[] lines, ReadOnlySpan<int> inherited)
    {
        var keys = (ulong[])lines.Clone();
        for (var i = 0; i < keys.Length; i++)
        {
            if (inherited[i] != OwnerTable.None)
                keys[i] = Placeholder();
        }

        return keys;
    }

    private ulong Placeholder()
    {
        _placeholder = (_placeholder * 6364136223846793005) + 1442695040888963407;
        _placeholders.Add(_placeholder);
        return _placeholder;
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
