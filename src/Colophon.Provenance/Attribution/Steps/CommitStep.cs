using System.Collections.Immutable;
using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution.Lines;
using Colophon.Provenance.Log;
using Colophon.Text.Diff;

namespace Colophon.Provenance.Attribution.Steps;

/// <summary>The files of a commit with who wrote their lines, and the lines that no step explained yet.</summary>
internal sealed record PendingFile(string Path, string Blob, FileLines Lines, int[] Owners, string?[] Overrides);

/// <summary>
/// Attributes one commit, or the working tree as if it were one: the five steps of the design, over the paths that changed against the
/// first parent. What the other parents bring is looked up in their own states.
/// </summary>
internal sealed class CommitStep(LineSource source, OwnerTable owners, ClaimIndex index)
{
    /// <summary>Whether a file of the commit rests on no entry of its own, so that a late entry may still speak for it.</summary>
    public List<(string Path, string Blob)> WithoutEntries { get; } = [];

    /// <summary>The paths that changed against the first parent and their new states; null where a path is gone.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, FileState?>>> RunAsync(
        HistoryCommit commit,
        IReadOnlyList<ImmutableDictionary<string, FileState>> parents,
        IEnumerable<Entry> entries,
        string? commitId,
        CancellationToken cancellationToken)
    {
        WithoutEntries.Clear();
        var claims = entries.SelectMany(Claim.Of).ToList();
        claims.Sort(Claim.Compare);
        var human = owners.Number(commit.IsCut ? new LineOwner(OwnerKind.Unknown) : new LineOwner(OwnerKind.Human, null, commitId));
        var results = new SortedDictionary<string, FileState?>(StringComparer.Ordinal);
        var pending = new List<PendingFile>();
        var moved = new MovedRuns();
        foreach (var change in commit.Changes[0].OrderBy(static c => c.Path, StringComparer.Ordinal))
        {
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
            if (lines.Skipped is { } reason)
                results[change.Path] = new FileState(change.NewBlob, [], reason);
            else if (EqualParent(commit, parents, change) is { } same)
                results[change.Path] = same;
            else
                pending.Add(await InheritAsync(commit, parents, change, lines, Own(claims, change), moved, cancellationToken).ConfigureAwait(false));
        }

        foreach (var file in pending)
        {
            if (!moved.IsEmpty)
                moved.Claim(file.Lines, file.Owners);
            Rest(file, human, commit.IsCut);
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
        IReadOnlyList<Claim>? chain = claims.Count > 0 ? claims : null;
        for (var i = 0; i < parents.Count; i++)
        {
            var old = OldPath(commit, i, change) ?? claims.Select(static c => c.File.RenamedFrom).FirstOrDefault(p => p is not null && parents[i].ContainsKey(p));
            var state = old is null ? null : parents[i].GetValueOrDefault(old);
            chain ??= index.Chain(old ?? change.Path, state?.Blob ?? Claim.Absent, change.Path, change.NewBlob);
            if (state is null or { Skipped: not null })
                continue;
            var before = await source.ReadAsync(state.Blob, cancellationToken).ConfigureAwait(false);
            var inherited = state.Owners();
            if (before.Keys.Length != inherited.Length)
                continue;
            Map(file, before.Keys, inherited, i == 0 ? moved : null);
            if (start.Blob.Length == 0)
                start = new ReplayState(before.Keys, inherited, state.Blob);
        }

        if (claims.Count == 0)
            WithoutEntries.Add((change.Path, change.NewBlob));
        if (chain is not null)
            ReplayInto(file, chain, start);
        return file;
    }

    /// <summary>Step 1: lines of a parent keep their owners; those that go may have moved.</summary>
    private void Map(PendingFile file, ulong[] before, int[] inherited, MovedRuns? moved)
    {
        var (i, j) = (0, 0);
        foreach (var hunk in LineDiff.Compute(before, file.Lines.Keys))
        {
            Inherit(file.Owners.AsSpan(j, hunk.NewStart - j), inherited.AsSpan(i));
            moved?.Delete(before.AsSpan(hunk.OldStart, hunk.OldLines), inherited.AsSpan(hunk.OldStart, hunk.OldLines));
            if (Replay.Overridden(owners, inherited.AsSpan(hunk.OldStart, hunk.OldLines)) is { } entry)
                file.Overrides.AsSpan(hunk.NewStart, hunk.NewLines).Fill(entry);
            (i, j) = (hunk.OldEnd, hunk.NewEnd);
        }

        Inherit(file.Owners.AsSpan(j), inherited.AsSpan(i));
    }

    private static void Inherit(Span<int> lines, ReadOnlySpan<int> inherited)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] == OwnerTable.None)
                lines[i] = inherited[i];
        }
    }

    private void ReplayInto(PendingFile file, IReadOnlyList<Claim> chain, ReplayState start)
    {
        var replay = new Replay([.. chain.Where(static c => c.IsSound)], file.Lines.Keys, file.Blob, owners);
        if (replay.Run(start, file.Owners) is not { } replayed)
            return;
        for (var i = 0; i < replayed.Length; i++)
        {
            if (replayed[i] != OwnerTable.None && (replay.IsExact || file.Owners[i] == OwnerTable.None))
                file.Owners[i] = replayed[i];
        }
    }

    private async Task DeleteAsync(
        MovedRuns moved, IReadOnlyList<ImmutableDictionary<string, FileState>> parents, string path, CancellationToken cancellationToken)
    {
        if (parents.Count == 0 || !parents[0].TryGetValue(path, out var state) || state.Skipped is not null)
            return;
        var lines = await source.ReadAsync(state.Blob, cancellationToken).ConfigureAwait(false);
        var inherited = state.Owners();
        if (lines.Keys.Length == inherited.Length)
            moved.Delete(lines.Keys, inherited);
    }

    /// <summary>Step 5: what is left is a person's, and may have taken the place of a model's line.</summary>
    private void Rest(PendingFile file, int human, bool cut)
    {
        for (var i = 0; i < file.Owners.Length; i++)
        {
            if (file.Owners[i] == OwnerTable.None)
                file.Owners[i] = cut || file.Overrides[i] is null ? human : owners.Number(owners[human] with { Overrides = file.Overrides[i] });
        }
    }
}
