using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution.Steps;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Verify;

/// <summary>
/// Compares what a commit's entries say they wrote with what it committed. Where the commit starts from the content the entries started from, the bytes must be the same.
/// Where it does not (a rebase, a cherry-pick, two streams in one squash), the lines that the last entry inserted must be there in their order.
/// What is committed as an entry says is at hand, so what else the entry says of it is checked too.
/// </summary>
internal sealed class SubjectCheck(GitRepository repository, int parallelism) : IAsyncDisposable
{
    private const string IfHonest =
        "If a person edited it, the hook (`colophon hooks install`) can still record that: `git commit --amend --no-edit` while this commit is checked out, or one more commit on a branch before it is squashed.";

    private readonly BlobReader _blobs = new(repository);
    private readonly ContentNames _names = new(repository);
    private MadeFiles? _made;

    /// <summary>The committed contents that are not here, each with its commit and path: nothing is said of them, for or against.</summary>
    internal List<(string Commit, string Path)> Missing { get; } = [];

    internal async Task RunAsync(IReadOnlyList<CommitEntries> batch, CancellationToken cancellationToken)
    {
        var (told, read) = (new (EntryFacts Facts, Entry Entry)[batch.Count][], new SubjectPath[batch.Count][]);
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = batch.Count < 2 ? 1 : Math.Max(1, parallelism) };
        Parallel.For(0, batch.Count, options, i => told[i] = [.. Read(batch[i].Entries)]);
        var named = new Queue<Entry>(await _names.OfAsync([.. told.SelectMany(static t => t.Select(static e => e.Entry))], cancellationToken).ConfigureAwait(false));
        foreach (var entries in told)
        {
            for (var i = 0; i < entries.Length; i++)
                entries[i].Entry = named.Dequeue();
        }

        Parallel.For(0, batch.Count, options, i => read[i] = [.. Paths(batch[i].Commit, told[i])]);
        SubjectPath[] paths = [.. read.SelectMany(static p => p)];
        // What is committed under the name that an entry gives it is most of them: git is asked for many at once.
        foreach (var some in paths.Where(static p => p.IsNamed).Chunk(BlobReader.MostAhead))
        {
            await _blobs.AskAsync([.. some.Select(static p => p.Now)], cancellationToken).ConfigureAwait(false);
            foreach (var path in some)
            {
                if (await _blobs.ReadAsync(path.Now, cancellationToken).ConfigureAwait(false) is { } content)
                    Content(path, path.Path, path.Now, content.Span);
                else
                    Miss(path);
            }
        }

        foreach (var path in paths.Where(static p => !p.IsNamed))
        {
            var bytes = path.IsThere ? await _blobs.ReadAsync(path.Now, cancellationToken).ConfigureAwait(false) : ReadOnlyMemory<byte>.Empty;
            if (bytes is not { } content)
                Miss(path);
            else if (!Array.Exists(path.Chains, c => CommittedForm.IsNormalised(content.Span, c.Last.File.After)) && (path.IsThere || !await IsRenamedAsync(path, cancellationToken).ConfigureAwait(false)))
                await OtherwiseAsync(path, content.ToArray(), cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _blobs.DisposeAsync();

    private void Miss(SubjectPath path) => Missing.Add((path.Commit.Id, path.Path));

    private static Dictionary<string, TreeChange> ByName(IReadOnlyList<TreeChange> changes)
    {
        var byName = new Dictionary<string, TreeChange>(changes.Count, StringComparer.Ordinal);
        foreach (var change in changes)
            byName[change.Path] = change;
        foreach (var renamed in changes.Where(static c => c.Status == 'R'))
            byName.TryAdd(renamed.OldPath, renamed);
        return byName;
    }

    private static IEnumerable<(EntryFacts Facts, Entry Entry)> Read(IReadOnlyList<EntryFacts> entries)
    {
        foreach (var one in entries)
        {
            if (one.Read() is { } entry)
                yield return (one, entry);
        }
    }

    /// <summary>What a commit's entries say of each path, where its content has to be read to judge that.</summary>
    private static IEnumerable<SubjectPath> Paths(HistoryCommit commit, (EntryFacts Facts, Entry Entry)[] entries)
    {
        var facts = new Dictionary<Claim, EntryFacts>();
        foreach (var (one, entry) in entries)
        {
            foreach (var claim in Claim.Of(entry))
                facts[claim] = one;
        }

        Dictionary<string, TreeChange>[] changes = [.. commit.Changes.Select(ByName)];
        foreach (var chains in SubjectChain.Of(facts.Keys).GroupBy(static c => c.Path, StringComparer.Ordinal))
        {
            if (Path(commit, chains.Key, [.. chains], changes, facts) is { } path)
                yield return path;
        }
    }

    private static SubjectPath? Path(HistoryCommit commit, string path, SubjectChain[] chains, Dictionary<string, TreeChange>[] changes, Dictionary<Claim, EntryFacts> facts)
    {
        // What no parent has otherwise is not this commit's doing: the code came before its entries, or comes after them.
        if (changes[0].GetValueOrDefault(path) is not { } change || Array.Exists(changes, c => !c.ContainsKey(path)))
            return null;
        var isThere = change.Path == path && change.Status != 'D';
        if (!isThere && Array.Exists(chains, static c => c.IsMovedAway))
            return null;
        if (isThere && !change.IsFile)
        {
            foreach (var chain in chains.Where(static c => c.Last.File.After is not null))
                facts[chain.Last].Fail(EntryStatus.SubjectMismatch, $"'{path}' was committed in {commit.Id[..12]} as {(change.IsSubmodule ? "a submodule" : "a symbolic link")}, where it says that it wrote a file.");
            return null;
        }

        var now = isThere ? change.NewBlob : Claim.Absent;
        var isNamed = Array.Exists(chains, c => CommittedForm.Is(now, c.Last.File.After));
        if (isNamed && !Array.Exists(chains, c => c.Last.After == now && isThere))
            return null;
        return new SubjectPath(commit, path, chains, change, changes[0], now, isNamed, isThere, facts);
    }

    /// <summary>Whether the commit made a file of another name that has, to the byte, what an entry wrote to this one.</summary>
    private async Task<bool> IsRenamedAsync(SubjectPath path, CancellationToken cancellationToken)
    {
        if (_made?.Commit != path.Commit)
            _made = new MadeFiles(path.Commit);
        foreach (var content in path.Chains.Select(static c => c.Last.File.After).OfType<FileDigest>())
        {
            if (_made.Named(content, repository.IsSha256) is not { } named)
                continue;
            if (await _blobs.ReadAsync(named.NewBlob, cancellationToken).ConfigureAwait(false) is { } bytes)
                Content(path, named.Path, named.NewBlob, bytes.Span);
            else
                Miss(path);
            return true;
        }

        string[] otherEnds = [.. path.Chains.Select(static c => c.Last.File.After).OfType<FileDigest>().Where(static d => d.Eol is "crlf" or "mixed").Select(static d => d.Sha256)];
        if (otherEnds.Length == 0)
            return false;
        var (texts, isPart) = await _made.NormalisedAsync(_blobs, cancellationToken).ConfigureAwait(false);
        if (texts.Overlaps(otherEnds))
            return true;
        if (isPart)
            Miss(path);
        return isPart;
    }

    private static void Content(SubjectPath path, string name, string blob, ReadOnlySpan<byte> content)
    {
        foreach (var chain in path.Chains.Where(c => c.Last.After == blob))
        {
            if (CommittedForm.Lie(content, chain.Last) is { } lie)
                path.Facts[chain.Last].Fail(EntryStatus.HashMismatch, $"What it says of '{name}' is not so of the content that it names and {path.Commit.Id[..12]} holds: {lie}.");
        }
    }

    private async Task OtherwiseAsync(SubjectPath path, byte[] content, CancellationToken cancellationToken)
    {
        var sameStart = path.Chains.Length == 1 && path.Commit.Parents.Count <= 1 && await IsFromAsync(path.Chains[0], path.Change, path.Changes, cancellationToken).ConfigureAwait(false);
        foreach (var chain in path.Chains)
        {
            if (sameStart || !CommittedForm.Holds(content, chain.Last))
                path.Facts[chain.Last].Fail(EntryStatus.SubjectMismatch, $"'{chain.Path}' was committed in {path.Commit.Id[..12]} with another content than it says, and no entry of a human edit says so. {IfHonest}");
        }
    }

    /// <summary>Whether the commit's parent has the content that the entries started from.</summary>
    private async Task<bool> IsFromAsync(SubjectChain chain, TreeChange change, Dictionary<string, TreeChange> changes, CancellationToken cancellationToken)
    {
        var from = change.Status == 'A' && changes.GetValueOrDefault(chain.First.OldPath) is { Status: 'D' } gone ? gone : change;
        var before = from.Status == 'A' ? Claim.Absent : from.OldBlob;
        if (CommittedForm.Is(before, chain.First.File.Before))
            return true;
        // Of mixed line ends nobody can tell what git made.
        return before != Claim.Absent && chain.First.File.Before?.Eol == "crlf" && chain.Last.File.After?.Eol != "mixed"
            && await _blobs.ReadAsync(before, cancellationToken).ConfigureAwait(false) is { } content && CommittedForm.IsNormalised(content.Span, chain.First.File.Before);
    }

    /// <summary>A path of a commit whose content has to be read.</summary>
    /// <param name="Commit">The commit.</param>
    /// <param name="Path">The path.</param>
    /// <param name="Chains">What entries say became of it.</param>
    /// <param name="Change">What the commit did to it, against the first parent.</param>
    /// <param name="Changes">All that it did against the first parent.</param>
    /// <param name="Now">The blob that was committed.</param>
    /// <param name="IsNamed">Whether an entry names that very blob.</param>
    /// <param name="IsThere">Whether the path is there afterwards.</param>
    /// <param name="Facts">Whose word each claim is.</param>
    private sealed record SubjectPath(HistoryCommit Commit, string Path, SubjectChain[] Chains, TreeChange Change, Dictionary<string, TreeChange> Changes, string Now, bool IsNamed, bool IsThere, IReadOnlyDictionary<Claim, EntryFacts> Facts);
}

/// <summary>A commit and the entries that it brought.</summary>
internal readonly record struct CommitEntries(HistoryCommit Commit, IReadOnlyList<EntryFacts> Entries);
