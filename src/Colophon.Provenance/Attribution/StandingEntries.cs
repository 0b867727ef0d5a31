using System.Collections.Immutable;
using System.Text;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution.Absent;
using Colophon.Provenance.Attribution.Lines;
using Colophon.Provenance.Attribution.Steps;
using Colophon.Provenance.Attribution.Store;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Attribution;

/// <summary>
/// The entries that cannot go without somebody losing the answer to who wrote a line. Computed from the repository alone and without a store: what is deleted for good depends on nothing
/// that can be thrown away.
/// </summary>
public sealed class StandingEntries
{
    private const string Refetch = "Fetch the rest of a partial clone (`git fetch --refetch`), or restore what `git fsck` misses.";

    private readonly HashSet<string> _leaves;

    private StandingEntries(HashSet<string> leaves, int tips) => (_leaves, Tips) = (leaves, tips);

    /// <summary>How many different commits were looked at: HEAD, other worktrees' and every branch's, local and remote-tracking.</summary>
    public int Tips { get; }

    /// <summary>Whether an entry speaks for a line that stands in one of them or in the working tree, or another one cannot be told without it.</summary>
    public bool Holds(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _leaves.Contains(entry.Leaf);
    }

    /// <summary>Looks at the working tree, HEAD, the stash, other worktrees' HEADs, and every local and remote-tracking branch.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="entries">The log's entries.</param>
    /// <param name="trusted">Whether the verifier accepts an entry as authentic.</param>
    /// <param name="gone">What verifying says of entries that are not here; null where nobody asked.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.StandingUnknown"/>: the clone is shallow or partial, or a content is missing that lines may stand in.</exception>
    /// <exception cref="KernelException">There is no git.</exception>
    public static async Task<StandingEntries> OfAsync(
        GitRepository repository, IReadOnlyList<Entry> entries, Func<Entry, bool> trusted, AbsentEntries? gone, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(repository.CommonDirectory, "shallow")))
            throw Unknown("This clone is shallow", "Fetch the rest: `git fetch --unshallow`.");
        try
        {
            return await LookAsync(repository, entries, trusted, gone, cancellationToken).ConfigureAwait(false);
        }
        catch (KernelException e) when (e.Error == KernelError.GitFailed)
        {
            throw Unknown("git cannot show the whole history here", Refetch, e);
        }
    }

    private static async Task<StandingEntries> LookAsync(
        GitRepository repository, IReadOnlyList<Entry> entries, Func<Entry, bool> trusted, AbsentEntries? gone, CancellationToken cancellationToken)
    {
        var head = await repository.HeadAsync(cancellationToken).ConfigureAwait(false);
        var tips = await TipsAsync(repository, head, cancellationToken).ConfigureAwait(false);
        var absent = tips.Count == 0 ? AbsentLog.NotSearched : await new AbsentSearch(repository, entries, trusted, gone ?? AbsentEntries.Unverified).RunAsync(tips, cancellationToken).ConfigureAwait(false);
        if (absent.Lost.Values.Any(static l => l.Reason == UnknownReason.EntryArchived))
            throw Unknown("Archived entries are not here that lines may be told through", "Set retention.archive to the folder they were moved to.");
        var names = new ContentNames(repository);
        entries = await names.OfAsync(entries, cancellationToken).ConfigureAwait(false);
        Entry[] known = [.. entries, .. await names.OfAsync(absent.Recovered, cancellationToken).ConfigureAwait(false)];
        var (index, store, options) = (new ClaimIndex(known, entry => absent.Speaking.Contains(entry.Leaf) || trusted(entry)), AttributionStore.Open(null), new AttributionOptions());
        var source = new LineSource(repository);
        await using var closing = source.ConfigureAwait(false);
        var owners = new HashSet<int>();
        var empty = ImmutableDictionary.Create<string, FileState>(StringComparer.Ordinal);
        foreach (var tip in tips)
        {
            var state = await Attributor.HistoryAsync(repository, tip, index, absent, store, source, options, cancellationToken).ConfigureAwait(false) ?? empty;
            Take(state, owners);
            if (tip == head)
                Take(await Attributor.WorkingTreeAsync(repository, head, entries, index, store, source, names, state, cancellationToken).ConfigureAwait(false), owners);
        }

        if (head is null)
            Take(await Attributor.WorkingTreeAsync(repository, head, entries, index, store, source, names, empty, cancellationToken).ConfigureAwait(false), owners);
        if (source.Missing is { } missing)
            throw Unknown($"A content that lines may stand in is not here ({missing[..Math.Min(12, missing.Length)]})", Refetch);
        var leaves = owners.Select(o => store.Owners[o].Entry).OfType<string>().ToHashSet(StringComparer.Ordinal);
        await AddLinksAsync(repository, known, index, leaves, cancellationToken).ConfigureAwait(false);
        foreach (var decision in entries.Where(e => leaves.Contains(e.Leaf)).Select(static e => e.Predicate.Decision).OfType<Decision>().ToArray())
            leaves.Add(decision.Target);
        return new StandingEntries(leaves, tips.Count);
    }

    private static async Task<IReadOnlyList<string>> TipsAsync(GitRepository repository, string? head, CancellationToken cancellationToken)
    {
        var branches = await repository.Git.RunAsync(["for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes", "refs/stash"], default, cancellationToken).ConfigureAwait(false);
        var worktrees = await repository.Git.RunAsync(["worktree", "list", "--porcelain"], default, cancellationToken).ConfigureAwait(false);
        const string Head = "HEAD ";
        var heads = worktrees.Text.Split('\n').Where(static l => l.StartsWith(Head, StringComparison.Ordinal)).Select(static l => l[Head.Length..]).Where(static id => id.Trim('0').Length > 0);
        string[] first = head is null ? [] : [head];
        return [.. first.Concat(branches.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Concat(heads).Distinct(StringComparer.Ordinal)];
    }

    private static void Take(ImmutableDictionary<string, FileState> state, HashSet<int> owners)
    {
        foreach (var (_, file) in state)
        {
            foreach (var run in file.Runs)
                owners.Add(run.Owner);
        }
    }

    /// <summary>What was written between two commits is followed from entry to entry: where one is gone, the others' lines cannot be told either.</summary>
    private static async Task AddLinksAsync(GitRepository repository, IReadOnlyList<Entry> entries, ClaimIndex index, HashSet<string> leaves, CancellationToken cancellationToken)
    {
        var claims = entries.Where(e => leaves.Contains(e.Leaf)).SelectMany(Claim.Of).ToList();
        var committed = new HashSet<string>(StringComparer.Ordinal) { Claim.Absent };
        var asked = new HashSet<string>(StringComparer.Ordinal) { Claim.Absent };
        while (claims.Count > 0)
        {
            committed.UnionWith(await HeldAsync(repository, [.. claims.SelectMany(static c => new[] { c.Before, c.After }).Where(asked.Add)], cancellationToken).ConfigureAwait(false));
            var next = new List<Claim>();
            foreach (var claim in claims)
            {
                var after = committed.Contains(claim.After) ? [] : index.From(claim.File.Path, claim.After);
                var before = committed.Contains(claim.Before) ? [] : index.To(claim.OldPath, claim.Before);
                next.AddRange(after.Concat(before).Where(c => leaves.Add(c.Entry.Leaf)).SelectMany(static c => Claim.Of(c.Entry)));
            }

            claims = next;
        }
    }

    /// <summary>Those of the contents that git holds.</summary>
    private static async Task<IEnumerable<string>> HeldAsync(GitRepository repository, IReadOnlyList<string> blobs, CancellationToken cancellationToken)
    {
        if (blobs.Count == 0)
            return [];
        var answer = await repository.Git.RunAsync(["cat-file", "--batch-check=%(objectname)", "--buffer"], Encoding.ASCII.GetBytes(string.Join('\n', blobs) + "\n"), cancellationToken).ConfigureAwait(false);
        return answer.Text.Split('\n').Where(static l => !l.Contains(' ', StringComparison.Ordinal));
    }

    private static ProvenanceException Unknown(string why, string hint, Exception? cause = null) =>
        new(ProvenanceError.StandingUnknown, $"{why}, so nobody can say which lines stand today, and nothing is deleted.", $"{hint} Or prune in a full clone.", cause);
}
