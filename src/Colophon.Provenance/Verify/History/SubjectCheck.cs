using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution.Steps;

namespace Colophon.Provenance.Verify;

/// <summary>
/// Compares what a commit's entries say they wrote with what it committed. Where the commit starts from the content the entries started from, the bytes must be the same.
/// Where it does not (a rebase, a cherry-pick, two streams in one squash), the lines that the last entry inserted must be there in their order.
/// What is committed as an entry says is at hand, so what else the entry says of it is checked too.
/// </summary>
internal sealed class SubjectCheck(GitRepository repository) : IAsyncDisposable
{
    private readonly BlobReader _blobs = new(repository);
    private readonly Dictionary<Claim, EntryFacts> _facts = [];

    internal async Task RunAsync(HistoryCommit commit, IReadOnlyList<EntryFacts> entries, CancellationToken cancellationToken)
    {
        _facts.Clear();
        foreach (var facts in entries)
        {
            if (!facts.Name.TryRead(out var entry))
                continue;
            foreach (var claim in Claim.Of(entry))
                _facts[claim] = facts;
        }

        Dictionary<string, TreeChange>[] changes = [.. commit.Changes.Select(ByName)];
        foreach (var path in SubjectChain.Of(_facts.Keys).GroupBy(static c => c.Path, StringComparer.Ordinal))
            await PathAsync(commit, path.Key, [.. path], changes, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _blobs.DisposeAsync();

    private static Dictionary<string, TreeChange> ByName(IReadOnlyList<TreeChange> changes)
    {
        var byName = new Dictionary<string, TreeChange>(changes.Count, StringComparer.Ordinal);
        foreach (var change in changes)
            byName[change.Path] = change;
        foreach (var renamed in changes.Where(static c => c.Status == 'R'))
            byName.TryAdd(renamed.OldPath, renamed);
        return byName;
    }

    private async Task PathAsync(HistoryCommit commit, string path, SubjectChain[] chains, Dictionary<string, TreeChange>[] changes, CancellationToken cancellationToken)
    {
        // What no parent has otherwise is not this commit's doing: the code came before its entries, or comes after them.
        if (changes[0].GetValueOrDefault(path) is not { } change || Array.Exists(changes, c => !c.ContainsKey(path)))
            return;
        var isThere = change.Path == path && change.Status != 'D';
        if (!isThere && Array.Exists(chains, static c => c.IsMovedAway))
            return;
        if (isThere && !change.IsFile)
        {
            foreach (var chain in chains.Where(static c => c.Last.File.After is not null))
                _facts[chain.Last].Fail(EntryStatus.SubjectMismatch, $"'{path}' was committed in {commit.Id[..12]} as {(change.IsSubmodule ? "a submodule" : "a symbolic link")}, where it says that it wrote a file.");
            return;
        }

        var now = isThere ? change.NewBlob : Claim.Absent;
        var isNamed = Array.Exists(chains, c => CommittedForm.Is(now, c.Last.File.After));
        if (isNamed && !Array.Exists(chains, c => c.Last.After == now && isThere))
            return;
        var read = isThere ? await _blobs.ReadAsync(now, cancellationToken).ConfigureAwait(false) : ReadOnlyMemory<byte>.Empty;
        if (read is not { } content)
            return;
        if (isNamed)
            Content(commit, path, content.Span, chains.Where(c => c.Last.After == now));
        else if (!Array.Exists(chains, c => CommittedForm.IsNormalised(content.Span, c.Last.File.After)) && (isThere || !await IsRenamedAsync(commit, chains, cancellationToken).ConfigureAwait(false)))
            await OtherwiseAsync(commit, change, content.ToArray(), chains, changes[0], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the commit made a file of another name that has, to the byte, what an entry wrote to this one.</summary>
    private async Task<bool> IsRenamedAsync(HistoryCommit commit, SubjectChain[] chains, CancellationToken cancellationToken)
    {
        foreach (var made in commit.Changes[0].Where(static c => c.Status is 'A' or 'R' && c.IsFile))
        {
            var named = chains.Where(c => CommittedForm.Is(made.NewBlob, c.Last.File.After)).ToArray();
            if (named.Length == 0 && !Array.Exists(chains, static c => c.Last.File.After?.Eol is "crlf" or "mixed"))
                continue;
            if (await _blobs.ReadAsync(made.NewBlob, cancellationToken).ConfigureAwait(false) is not { } content)
                continue;
            Content(commit, made.Path, content.Span, named.Where(c => c.Last.After == made.NewBlob));
            if (named.Length > 0 || Array.Exists(chains, c => CommittedForm.IsNormalised(content.Span, c.Last.File.After)))
                return true;
        }

        return false;
    }

    private void Content(HistoryCommit commit, string path, ReadOnlySpan<byte> content, IEnumerable<SubjectChain> chains)
    {
        foreach (var chain in chains)
        {
            if (CommittedForm.Lie(content, chain.Last) is { } lie)
                _facts[chain.Last].Fail(EntryStatus.HashMismatch, $"What it says of '{path}' is not so of the content that it names and {commit.Id[..12]} holds: {lie}.");
        }
    }

    private async Task OtherwiseAsync(HistoryCommit commit, TreeChange change, byte[] content, SubjectChain[] chains, Dictionary<string, TreeChange> changes, CancellationToken cancellationToken)
    {
        var sameStart = chains.Length == 1 && commit.Parents.Count <= 1 && await IsFromAsync(chains[0], change, changes, cancellationToken).ConfigureAwait(false);
        foreach (var chain in chains)
        {
            if (sameStart || !CommittedForm.Holds(content, chain.Last))
                _facts[chain.Last].Fail(EntryStatus.SubjectMismatch, $"'{chain.Path}' was committed in {commit.Id[..12]} with another content than it says, and no entry of a human edit says so.");
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
}
