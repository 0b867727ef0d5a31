using System.Collections.Immutable;
using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution.Lines;
using Colophon.Provenance.Log;
using Colophon.Provenance.Verify;
using Colophon.Text.Diff;

namespace Colophon.Provenance.Attribution.Steps;

/// <summary>The files of a commit with who wrote their lines, the lines that no step explained yet, and those that only an entry of the commit claims.</summary>
internal sealed record PendingFile(string Path, string Blob, FileLines Lines, int[] Owners, string?[] Overrides)
{
    /// <summary>Which lines owe their owner to an entry and not to a parent: they may still turn out to be moved.</summary>
    public bool[] Claimed { get; } = new bool[Owners.Length];

    /// <summary>Whose line each new line took the place of in the first parent that has the file; only where a formatter's entry asks.</summary>
    public int[]? Replaced { get; set; }

    /// <summary>Whether what it was before cannot be looked into: what no entry claims may have stood there.</summary>
    public bool IsBlind { get; set; }
}

/// <summary>
/// Attributes one commit, or the working tree as if it were one: the five steps of the design, over the paths that changed against the
/// first parent. What the other parents bring is looked up in their own states.
/// </summary>
internal sealed class CommitStep(LineSource source, OwnerTable owners, ClaimIndex index)
{
    /// <summary>The contents, after and before, of files of the commit that rest on no entry of their own, so that a late entry may still speak for them.</summary>
    public List<(string Path, string Blob)> WithoutEntries { get; } = [];

    /// <summary>Whether a content of the commit is not in this clone: what no entry claims may have moved from there.</summary>
    private bool _isBlind;

    /// <summary>Stands before the path of a content that such a file started from.</summary>
    public const string Start = "<";

    /// <summary>The paths that changed against the first parent and their new states; null where a path is gone.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, FileState?>>> RunAsync(
        HistoryCommit commit,
        IReadOnlyList<ImmutableDictionary<string, FileState>> parents,
        IEnumerable<Entry> entries,
        string? commitId,
        CancellationToken cancellationToken,
        bool isLost = false)
    {
        WithoutEntries.Clear();
        _isBlind = false;
        var claims = entries.SelectMany(index.Claims).ToList();
        claims.Sort(Claim.Compare);
        // What no entry and no parent explains may be the work of an entry that came with the commit and is nowhere.
        var rest = owners.Number(commit.IsCut ? new LineOwner(OwnerKind.Unknown) : new LineOwner(isLost ? OwnerKind.Unknown : OwnerKind.Human, null, commitId));
        var results = new SortedDictionary<string, FileState?>(StringComparer.Ordinal);
        var pending = new List<PendingFile>();
        var moved = new MovedRuns();
        var gone = new GoneTexts(claims, commit.Changes[0], parents.Count > 0 ? parents[0] : null);
        foreach (var listed in commit.Changes[0].OrderBy(static c => c.Path, StringComparer.Ordinal))
        {
            var renamed = gone.Renamed(listed.Path);
            var change = listed.Status == 'A' && renamed is not null && parents.Count > 0 && parents[0].ContainsKey(renamed.First.OldPath) ? listed with { Status = 'R', OldPath = renamed.First.OldPath } : listed;
            if (!CodePaths.IsAttributed(change.Path) && !CodePaths.IsAttributed(change.OldPath))
                continue;
            if (change.Status == 'R' && CodePaths.IsAttributed(change.OldPath))
                results.TryAdd(change.OldPath, null);
            if (!change.IsFile || !CodePaths.IsAttributed(change.Path))
            {
                results[change.Path] = null;
                await DeleteAsync(moved, parents, change.OldPath, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var lines = await source.ReadAsync(change.NewBlob, cancellationToken).ConfigureAwait(false);
            _isBlind |= lines.Skipped == SkipReason.Missing;
            if (lines.Skipped is { } reason)
                results[change.Path] = new FileState(change.NewBlob, [], reason);
            else if (EqualParent(commit, parents, change) is { } same)
                results[change.Path] = same;
            else
                pending.Add(await InheritAsync(commit, parents, change, lines, renamed is null ? Own(claims, change) : [.. renamed.Claims], moved, cancellationToken).ConfigureAwait(false));
        }

        foreach (var text in gone.Left)
            await WrittenAsync(moved, parents, text, cancellationToken).ConfigureAwait(false);

        foreach (var file in pending)
        {
            if (!moved.IsEmpty)
                moved.Claim(file);
            Rest(file, rest, commit.IsCut || isLost);
            results[file.Path] = FileState.Of(file.Blob, file.Owners);
        }

        return [.. results];
    }

    /// <summary>The claims of the commit's own entries for a path, under every name it had, in (stream, seq) order.</summary>
    private static List<Claim> Own(IReadOnlyList<Claim> claims, TreeChange change)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { change.Path, change.OldPath };
        while (claims.Any(c => names.Contains(c.File.Path) && names.Add(c.OldPath)))
        {
            // Another name was found; it may have had one before.
        }

        return [.. claims.Where(c => names.Contains(c.File.Path))];
    }

    /// <summary>The state of a parent that holds exactly this content; nothing then is new here.</summary>
    private static FileState? EqualParent(HistoryCommit commit, IReadOnlyList<ImmutableDictionary<string, FileState>> parents, TreeChange change)
    {
        for (var i = 0; i < parents.Count; i++)
        {
            if (OldPath(commit, i, change) is { } old && parents[i].TryGetValue(old, out var state) && string.Equals(state.Blob, change.NewBlob, StringComparison.Ordinal))
                return state;
        }

        return null;
    }

    /// <summary>The path's name in a parent, null where the parent lacks it.</summary>
    private static string? OldPath(HistoryCommit commit, int parent, TreeChange change)
    {
        var there = parent == 0 ? change : commit.Changes[parent].FirstOrDefault(c => string.Equals(c.Path, change.Path, StringComparison.Ordinal));
        return there is null ? change.Path : there.Status == 'A' ? null : there.OldPath;
    }

    private async Task<PendingFile> InheritAsync(
        HistoryCommit commit,
        IReadOnlyList<ImmutableDictionary<string, FileState>> parents,
        TreeChange change,
        FileLines lines,
        List<Claim> claims,
        MovedRuns moved,
        CancellationToken cancellationToken)
    {
        var file = new PendingFile(change.Path, change.NewBlob, lines, new int[lines.Keys.Length], new string?[lines.Keys.Length]);
        Array.Fill(file.Owners, OwnerTable.None);
        var start = new ReplayState([], [], Claim.Absent);
        var sides = new List<(ulong[] Keys, int[] Owners, int[] Origins)>(parents.Count);
        IReadOnlyList<Claim>? chain = claims.Count > 0 ? claims : null;
        var from = change.Path;
        for (var i = 0; i < parents.Count; i++)
        {
            var old = OldPath(commit, i, change) ?? claims.Select(static c => c.File.RenamedFrom).FirstOrDefault(p => p is not null && parents[i].ContainsKey(p));
            var state = old is null ? null : parents[i].GetValueOrDefault(old);
            chain ??= index.Chain(old ?? change.Path, state?.Blob ?? Claim.Absent, change.Path, change.NewBlob);
            file.IsBlind |= state is { Skipped: SkipReason.TooLarge or SkipReason.Missing };
            if (state is null or { Skipped: not null })
                continue;
            var before = await source.ReadAsync(state.Blob, cancellationToken).ConfigureAwait(false);
            var inherited = state.Owners();
            if (before.Keys.Length != inherited.Length)
                continue;
            if (sides.Count == 0 && claims.Any(static c => c.Entry.Predicate.Kind == EntryKind.Format))
                file.Replaced = Replaced(before.Keys, inherited, lines.Keys);
            sides.Add((before.Keys, inherited, Map(file, before.Keys, inherited)));
            if (start.Blob.Length == 0)
                (start, from) = (new ReplayState(before.Keys, inherited, state.Blob), old ?? from);
        }

        if (claims.Count == 0)
        {
            WithoutEntries.Add((change.Path, change.NewBlob));
            WithoutEntries.Add((Start + from, start.Blob));
            chain ??= new LateClaims(index, lines).Find(from, start.Blob, start.Keys, change.Path, change.NewBlob);
        }

        // What a person goes back to may be known from an entry that comes later.
        WithoutEntries.AddRange(claims.Where(static c => c.Entry.Predicate.Kind is EntryKind.HumanEdit or EntryKind.Discard).Select(static c => (c.File.Path, c.After)));
        if (chain is not null)
            ReplayInto(file, chain, start, moved, parents.Count > 1);
        foreach (var (keys, inherited, origins) in sides)
            Gone(moved, file, keys, inherited, origins);
        return file;
    }

    /// <summary>Step 1: lines of a parent keep their owners.</summary>
    /// <returns>The parent's line that each line is, or -1.</returns>
    private int[] Map(PendingFile file, ulong[] before, int[] inherited)
    {
        var origins = new int[file.Owners.Length];
        Array.Fill(origins, -1);
        var (i, j) = (0, 0);
        foreach (var hunk in LineDiff.Compute(before, file.Lines.Keys))
        {
            Keep(j, hunk.NewStart, i);
            if (Replay.Overridden(owners, inherited.AsSpan(hunk.OldStart, hunk.OldLines)) is { } entry)
                file.Overrides.AsSpan(hunk.NewStart, hunk.NewLines).Fill(entry);
            (i, j) = (hunk.OldEnd, hunk.NewEnd);
        }

        Keep(j, origins.Length, i);
        return origins;

        void Keep(int from, int to, int old)
        {
            for (var line = from; line < to; line++)
            {
                origins[line] = old + line - from;
                if (file.Owners[line] == OwnerTable.None)
                    file.Owners[line] = inherited[origins[line]];
            }
        }
    }

    private static int[] Replaced(ulong[] before, int[] inherited, ulong[] after)
    {
        var replaced = new int[after.Length];
        Array.Fill(replaced, OwnerTable.None);
        foreach (var hunk in LineDiff.Compute(before, after))
        {
            for (var i = 0; i < hunk.NewLines && hunk.OldLines > 0; i++)
                replaced[hunk.NewStart + i] = inherited[hunk.OldStart + (int)((long)i * hunk.OldLines / hunk.NewLines)];
        }

        return replaced;
    }

    /// <summary>
    /// What of the parent is not where it was may have moved: lines that went, and lines that stand but are said to be written anew. So what a model only moves, also into
    /// a file of another name, stays its writer's.
    /// </summary>
    private static void Gone(MovedRuns moved, PendingFile file, ulong[] before, int[] inherited, int[] origins)
    {
        var kept = new bool[before.Length];
        for (var i = 0; i < origins.Length; i++)
        {
            if (origins[i] >= 0)
                kept[origins[i]] = !file.Claimed[i];
        }

        for (var i = 0; i < kept.Length; i++)
        {
            var start = i;
            while (i < kept.Length && !kept[i])
                i++;
            moved.Delete(before.AsSpan(start, i - start), inherited.AsSpan(start, i - start));
        }
    }

    private void ReplayInto(PendingFile file, IReadOnlyList<Claim> chain, ReplayState start, MovedRuns moved, bool isMerge)
    {
        // An entry that says of the content at hand what is not so is not believed in what it says of others.
        var replay = new Replay([.. chain.Where(c => c.IsSound && (c.After != file.Blob || c.File.After is not { } after || file.Lines.Is(after)))], file.Lines.Keys, file.Blob, owners, index);
        if (replay.Run(start, file.Owners) is not { } replayed)
            return;
        // Where two lines of work meet, what a person put together is not theirs.
        var joins = isMerge || !replay.StartsAtParent;
        for (var i = 0; i < replayed.Length; i++)
        {
            if (replayed[i] == OwnerTable.Formatted)
                replayed[i] = file.Replaced?[i] ?? OwnerTable.None;
            if (replayed[i] == OwnerTable.None || replayed[i] == file.Owners[i] || (file.Owners[i] != OwnerTable.None && (!replay.IsExact || (joins && owners[replayed[i]].Kind == OwnerKind.Human))))
                continue;
            (file.Owners[i], file.Claimed[i]) = (replayed[i], true);
        }

        foreach (var (keys, ownedBy) in replay.Removed)
            moved.Delete(keys, ownedBy);
    }

    /// <summary>What the commit's entries wrote to a file that is not in it: it may be in another.</summary>
    private async Task WrittenAsync(MovedRuns moved, IReadOnlyList<ImmutableDictionary<string, FileState>> parents, SubjectChain text, CancellationToken cancellationToken)
    {
        var start = new ReplayState([], [], Claim.Absent);
        if (parents.Count > 0 && parents[0].TryGetValue(text.First.OldPath, out var state) && state.Skipped is null)
        {
            var lines = await source.ReadAsync(state.Blob, cancellationToken).ConfigureAwait(false);
            if (state.Owners() is var inherited && inherited.Length == lines.Keys.Length)
                start = new ReplayState(lines.Keys, inherited, state.Blob);
        }

        var replay = new Replay([.. text.Claims.Where(static c => c.IsSound)], [], "", owners, index);
        var end = replay.End(start);
        replay.Remove(end.Keys, end.Owners);
        foreach (var (keys, ownedBy) in replay.Removed)
            moved.Delete(keys, ownedBy);
    }

    private async Task DeleteAsync(
        MovedRuns moved, IReadOnlyList<ImmutableDictionary<string, FileState>> parents, string path, CancellationToken cancellationToken)
    {
        if (parents.Count == 0 || !parents[0].TryGetValue(path, out var state))
            return;
        _isBlind |= state.Skipped == SkipReason.Missing;
        if (state.Skipped is not null)
            return;
        var lines = await source.ReadAsync(state.Blob, cancellationToken).ConfigureAwait(false);
        var inherited = state.Owners();
        if (lines.Keys.Length == inherited.Length)
            moved.Delete(lines.Keys, inherited);
    }

    /// <summary>Step 5: what is left is a person's, and may have taken the place of a model's line; where something is missing it is nobody's.</summary>
    private void Rest(PendingFile file, int rest, bool unknown)
    {
        if (_isBlind || file.IsBlind)
            (rest, unknown) = (owners.Number(new LineOwner(OwnerKind.Unknown)), true);
        for (var i = 0; i < file.Owners.Length; i++)
        {
            if (file.Owners[i] == OwnerTable.None)
                file.Owners[i] = unknown || file.Overrides[i] is null ? rest : owners.Number(owners[rest] with { Overrides = file.Overrides[i] });
        }
    }
}
