using Colophon.Kernel.Git;
using Colophon.Kernel.Paths;
using Colophon.Provenance.Attribution.Lines;
using Colophon.Provenance.Attribution.Steps;
using Colophon.Provenance.Log;
using Colophon.Provenance.Verify;
using Colophon.Text.Diff;

namespace Colophon.Provenance.Attribution.Edits;

/// <summary>One search for edits after acceptance, path by path, with the verifier's own eyes: what it would take as accepted needs no word, and what it would miss is recorded.</summary>
internal sealed class LateEditSearch : IAsyncDisposable
{
    private readonly GitRepository _repository;
    private readonly StagedCommit _commit;
    private readonly BlobReader _blobs;
    private readonly Dictionary<string, SubjectChain[]> _chains;
    private readonly HashSet<Entry> _fresh;
    private readonly Dictionary<string, StagedFile> _staged = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _ids = new(StringComparer.Ordinal);
    private readonly List<GoneFile> _gone = [];

    private LateEditSearch(GitRepository repository, StagedCommit commit, IEnumerable<SubjectChain> chains)
    {
        (_repository, _commit, _blobs, _fresh) = (repository, commit, new BlobReader(repository), new HashSet<Entry>(commit.Fresh, ReferenceEqualityComparer.Instance));
        _chains = chains.GroupBy(static c => c.Path, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.ToArray(), StringComparer.Ordinal);
    }

    internal List<(string Change, FileChange Edit, bool IsPart)> Found { get; } = [];

    public ValueTask DisposeAsync() => _blobs.DisposeAsync();

    /// <summary>Asks git once for all that is compared; null where there is nothing to compare.</summary>
    internal static async Task<LateEditSearch?> OpenAsync(GitRepository repository, StagedCommit commit, CancellationToken cancellationToken)
    {
        var chains = SubjectChain.Of(commit.Fresh.Concat(commit.Committed).SelectMany(Claim.Of));
        if (chains.Count == 0)
            return null;
        var search = new LateEditSearch(repository, commit, chains);
        string[] trees = commit.Head is { } head ? [head, .. commit.Bases] : [.. commit.Bases];
        var merged = commit.Merged is { } tree ? commit.Files.Select(f => $"{tree}:{f.Path}") : [];
        string[] names = [.. trees.SelectMany(t => search._chains.Keys.Select(p => $"{t}:{p}")), .. merged];
        var ids = await ObjectIds.OfAsync(repository, names, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < names.Length; i++)
            search._ids[names[i]] = ids[i];
        foreach (var file in commit.Files.Where(f => commit.Merged is null || search.IdOf(commit.Merged, f.Path) != f.Staged))
            search._staged[file.Path] = file;
        return search;
    }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var inMerge = _commit.Merged is null ? [] : _commit.Files.Select(static f => f.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, chains) in _chains.OrderBy(static c => c.Key, StringComparer.Ordinal))
        {
            if (_staged.TryGetValue(path, out var file))
                await StagedAsync(file, chains, cancellationToken).ConfigureAwait(false);
            else if (inMerge.Contains(path))
                continue;
            else if (chains.Any(IsFresh))
                await UnstagedAsync(path, chains, cancellationToken).ConfigureAwait(false);
            else
                await EarlierAsync(path, chains, cancellationToken).ConfigureAwait(false);
        }

        await RenamesAsync(cancellationToken).ConfigureAwait(false);
    }

    private string? IdOf(string? tree, string path) => _ids.GetValueOrDefault($"{tree}:{path}");

    private bool IsFresh(SubjectChain chain) => chain.Claims.Any(c => _fresh.Contains(c.Entry));

    private Task<HeldFile> ReadAsync(string? id, CancellationToken cancellationToken) => HeldFile.ReadAsync(_blobs, id, cancellationToken);

    private async Task StagedAsync(StagedFile file, SubjectChain[] chains, CancellationToken cancellationToken)
    {
        var now = await ReadAsync(file.Staged, cancellationToken).ConfigureAwait(false);
        if (Array.Exists(chains, c => now.Is(c.Last.File.After)) || (now.IsAbsent && Array.TrueForAll(chains, static c => c.IsMovedAway)))
            return;
        var head = await ReadAsync(file.Head, cancellationToken).ConfigureAwait(false);
        var chain = Nearest(chains, head);
        var accepted = await AcceptedText.AboveAsync(chain, head, !IsFresh(chain), _blobs, cancellationToken).ConfigureAwait(false);
        if (!accepted.MeetsHead && !await IsAccusedAsync(file.Path, chains, now, [_commit.Head, .. _commit.Bases], cancellationToken).ConfigureAwait(false))
            return;
        var working = Working(file.Path);
        var isWhole = working is not null && chain.Last.File.After is { } after && FileDigest.Of(working).Sha256 == after.Sha256;
        // The same lines, with other ends than git's own.
        if (isWhole && working is not null && now.Keys is { } keys && FileLines.Of(working).Keys.AsSpan().SequenceEqual(keys))
            return;
        if (now.IsAbsent && working is null)
            _gone.Add(new GoneFile(chain, accepted, WasCommitted: true));
        else
            Add(chain, Edit(file.Path, null, accepted, now), isWhole);
    }

    // What is not in the commit may be in the working tree still, or put aside; only where it is nowhere may it have another name.
    private async Task UnstagedAsync(string path, SubjectChain[] chains, CancellationToken cancellationToken)
    {
        var lost = Array.FindAll(chains, static c => !c.IsMovedAway && c.Last.File.After is not null);
        if (lost.Length == 0 || IdOf(_commit.Head, path) is not null || Path.Exists(Path.Combine(_repository.Root, path)))
            return;
        var chain = lost.FirstOrDefault(IsFresh) ?? lost[^1];
        _gone.Add(new GoneFile(chain, await AcceptedText.AboveAsync(chain, await ReadAsync(null, cancellationToken).ConfigureAwait(false), false, _blobs, cancellationToken).ConfigureAwait(false), WasCommitted: false));
    }

    // Commits before this one, made without the hook, may have edited what a squash or an amended commit then puts beside the entries.
    private async Task EarlierAsync(string path, SubjectChain[] chains, CancellationToken cancellationToken)
    {
        var id = IdOf(_commit.Head, path);
        // Most files are as their entries say; where one is what they start from, their code is still to come.
        if (_commit.Bases.Count == 0 || Array.TrueForAll(chains, static c => c.IsMovedAway) || Knows(c => CommittedForm.Is(id ?? Claim.Absent, c)))
            return;
        var head = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
        if (Knows(head.Is) || !await IsAccusedAsync(path, chains, head, _commit.Bases, cancellationToken).ConfigureAwait(false))
            return;
        var chain = Nearest(chains, head);
        Add(chain, Edit(path, null, await AcceptedText.OfAsync(chain, _blobs, cancellationToken).ConfigureAwait(false), head), isPart: false);

        bool Knows(Func<FileDigest?, bool> isIt) => chains.SelectMany(static c => c.Claims).Any(c => isIt(c.File.After) || isIt(c.File.Before));
    }

    private async Task RenamesAsync(CancellationToken cancellationToken)
    {
        if (_gone.Count == 0)
            return;
        var made = new List<(string Path, HeldFile Now)>();
        foreach (var file in _staged.Values.Where(f => f.Head is null && f.Staged is not null && IsSpeakable(f.Path) && !_chains.GetValueOrDefault(f.Path, []).Any(static c => !c.IsMovedAway && c.Last.File.After is not null)))
            made.Add((file.Path, await ReadAsync(file.Staged, cancellationToken).ConfigureAwait(false)));
        var pairs = RenamePairs.Find(_gone, made);
        foreach (var (gone, path, now) in pairs)
        {
            Found.RemoveAll(f => f.Edit.Path == path);
            Add(gone.Chain, Edit(path, gone.Chain.Path, gone.Text, now), isPart: false);
        }

        foreach (var gone in _gone.Where(g => g.WasCommitted && !pairs.Any(p => p.Gone == g)))
            Add(gone.Chain, Edit(gone.Chain.Path, null, gone.Text, await ReadAsync(null, cancellationToken).ConfigureAwait(false)), isPart: false);
    }

    // Git takes names that an entry may not have.
    private static bool IsSpeakable(string path) => WorkspacePath.TryParse(path, out var parsed) && parsed.Value == path;

    /// <summary>The chain that an edit goes on from: the one that left what is checked out, else one that no commit holds yet, else the latest.</summary>
    private SubjectChain Nearest(SubjectChain[] chains, HeldFile head) =>
        Array.Find(chains, c => head.Is(c.Last.File.After)) ?? Array.FindLast(chains, IsFresh) ?? chains.MaxBy(static c => c.Last.Entry.Predicate.RecordedAt) ?? chains[^1];

    /// <summary>Whether the verifier would miss something, were this committed together with the entries on one of some trees.</summary>
    private async Task<bool> IsAccusedAsync(string path, SubjectChain[] chains, HeldFile now, IReadOnlyList<string?> trees, CancellationToken cancellationToken)
    {
        foreach (var tree in trees)
        {
            var id = IdOf(tree, path);
            if ((id ?? Claim.Absent) == now.Blob)
                continue;
            var isSame = chains is [var only] && (await ReadAsync(id, cancellationToken).ConfigureAwait(false)).Is(only.First.File.Before);
            if (isSame || Array.Exists(chains, c => !CommittedForm.Holds(now.Bytes, c.Last)))
                return true;
        }

        return false;
    }

    private void Add(SubjectChain chain, FileChange? edit, bool isPart)
    {
        if (edit is not null)
            Found.Add((chain.Last.Entry.Predicate.Change, edit, isPart));
    }

    private static FileChange? Edit(string path, string? from, AcceptedText accepted, HeldFile now)
    {
        if (now is { IsAbsent: false, Bytes: null } || (now.IsAbsent && accepted.Digest is null))
            return null;
        var after = now.Bytes is null ? null : FileDigest.Of(now.Bytes);
        var known = accepted.Keys is not null && now.Keys is not null;
        // Where text differs from the accepted nobody knows how, what stands there is all that can be said.
        var before = !known && from is null && after is not null && now.Keys is not null ? after : accepted.Digest;
        return new FileChange
        {
            Path = path,
            RenamedFrom = from,
            Action = from is not null ? FileAction.Rename : before is null ? FileAction.Create : after is null ? FileAction.Delete : FileAction.Modify,
            Before = before,
            After = after,
            Hunks = known ? Hunks(accepted.Keys ?? [], now.Keys ?? []) : [],
        };
    }

    private static HunkRecord[] Hunks(ulong[] before, ulong[] after) =>
    [
        .. LineDiff.Compute(before, after).Select(h => new HunkRecord
        {
            OldStart = h.OldStart + (h.OldLines > 0 ? 1 : 0),
            OldLines = h.OldLines,
            NewStart = h.NewStart + (h.NewLines > 0 ? 1 : 0),
            NewLines = h.NewLines,
            By = HunkAuthor.Human,
            Lines = LineHash.Pack(after.AsSpan(h.NewStart, h.NewLines)),
        }),
    ];

    private byte[]? Working(string path)
    {
        var file = new FileInfo(Path.Combine(_repository.Root, path));
        try
        {
            return file.Exists && file.LinkTarget is null && file.Length <= AttributionOptions.LargestFile ? File.ReadAllBytes(file.FullName) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
