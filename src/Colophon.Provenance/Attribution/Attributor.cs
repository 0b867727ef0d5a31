using System.Collections.Immutable;
using System.Security.Cryptography;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution.Absent;
using Colophon.Provenance.Attribution.Lines;
using Colophon.Provenance.Attribution.Steps;
using Colophon.Provenance.Attribution.Store;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Attribution;

/// <summary>
/// Finds for every line that stands today who wrote it: from the history and the entries that travel in it, never from likeness. The same tree,
/// history and log give the same answer in every clone, with or without a store.
/// </summary>
public static class Attributor
{
    private const string Complete = "complete";
    private const int FlushBytes = 4 * 1024 * 1024;

    /// <summary>Attributes the tree at HEAD, and what lies in the working tree above it.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="entries">The log's entries, in any order.</param>
    /// <param name="trusted">Whether an entry is authentic, as the verifier says; lines that only another entry claims are unknown.</param>
    /// <param name="options">What to attribute.</param>
    /// <param name="cancellationToken">Ends the run; what is stored stays.</param>
    /// <exception cref="Kernel.Errors.KernelException">git failed.</exception>
    public static async Task<TreeAttribution> RunAsync(
        GitRepository repository,
        IReadOnlyList<Entry> entries,
        Func<Entry, bool> trusted,
        AttributionOptions options,
        CancellationToken cancellationToken)
    {
        var head = await repository.HeadAsync(cancellationToken).ConfigureAwait(false);
        var depth = Depth(repository);
        var store = AttributionStore.Open(options.StoreDirectory);
        var names = new ContentNames(repository);
        entries = await names.OfAsync(entries, cancellationToken).ConfigureAwait(false);
        var search = new AbsentSearch(repository, entries, trusted, options.Absent ?? AbsentEntries.Unverified);
        var absent = head is not null && (options.Absent is { IsAny: true } || Gone(store, [.. entries.Select(e => Note(e, trusted)), depth]))
            ? await search.RunAsync([head], cancellationToken).ConfigureAwait(false)
            : AbsentLog.NotSearched;
        var source = new LineSource(repository);
        await using var closing = source.ConfigureAwait(false);
        while (true)
        {
            Entry[] known = [.. entries, .. await names.OfAsync(absent.Recovered, cancellationToken).ConfigureAwait(false)];
            var speaking = absent.Speaking;
            bool Believed(Entry entry) => speaking.Contains(entry.Leaf) || trusted(entry);
            string[] notes = [.. known.Select(e => Note(e, Believed)), .. absent.Notes, depth];
            var index = new ClaimIndex(known, Believed);
            store = Usable(store, known, Believed, notes, absent);
            foreach (var note in notes)
                store.AddEntry(note);
            var state = head is null ? ImmutableDictionary.Create<string, FileState>(StringComparer.Ordinal) : await HistoryAsync(repository, head, index, absent, store, source, options, cancellationToken).ConfigureAwait(false);
            if (head is not null && state is null)
            {
                // A commit brought an entry that is not here: what history holds of it, and of others, is looked for before going on.
                absent = await search.RunAsync([head], cancellationToken).ConfigureAwait(false);
                continue;
            }

            state ??= ImmutableDictionary.Create<string, FileState>(StringComparer.Ordinal);
            if (options.WorkingTree)
                state = await WorkingTreeAsync(repository, head, entries, index, store, source, names, state, cancellationToken).ConfigureAwait(false);
            return Resolve(head, state, store.Owners, new ClaimTrust(entries, trusted, absent)) with { IsShallow = depth.StartsWith("shallow", StringComparison.Ordinal), FromHistory = [.. absent.Recovered.Where(e => absent.Speaking.Contains(e.Leaf))] };
        }
    }

    /// <summary>What a store notes of an entry: one that is believed only since, or not any more, changes what is stored.</summary>
    private static string Note(Entry entry, Func<Entry, bool> believed) => believed(entry) ? entry.Leaf : "? " + entry.Leaf;

    /// <summary>Whether something that was known when the store was filled is not any more.</summary>
    private static bool Gone(AttributionStore store, IReadOnlyCollection<string> notes)
    {
        if (store.Entries.Count == 0)
            return false;
        var known = notes.Select(static n => AttributionStore.NumberOf(n)).ToHashSet();
        return store.Entries.Any(n => !known.Contains(n));
    }

    /// <summary>The store, or an empty one where an entry that came or went since changes what is stored.</summary>
    private static AttributionStore Usable(AttributionStore store, IReadOnlyList<Entry> entries, Func<Entry, bool> believed, IReadOnlyCollection<string> notes, AbsentLog absent)
    {
        if (store.Entries.Count == 0)
            return store;
        // What tells of a lost entry may come after the commit that lost it.
        if (absent.Notes.Any(n => !store.Entries.Contains(AttributionStore.NumberOf(n))))
            return store.Renewed();
        var late = entries.Where(e => !store.Entries.Contains(AttributionStore.NumberOf(Note(e, believed)))).SelectMany(Claim.Of)
            .Any(c => store.Versions.Contains(AttributionStore.VersionOf(c.File.Path, c.After)) || store.Versions.Contains(AttributionStore.VersionOf(CommitStep.Start + c.OldPath, c.Before)));
        return Gone(store, notes) || late ? store.Renewed() : store;
    }

    /// <summary>Names where a shallow clone ends and what a partial one holds, so that fetching more starts over; noted beside the entries.</summary>
    private static string Depth(GitRepository repository)
    {
        var file = Path.Combine(repository.CommonDirectory, "shallow");
        var depth = File.Exists(file) ? "shallow " + Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) : Complete;
        return repository.Partial is { } partial ? $"{depth}, partial {partial}" : depth;
    }

    /// <summary>The files at a commit; null where one brought an entry that nobody has looked for yet.</summary>
    internal static async Task<ImmutableDictionary<string, FileState>?> HistoryAsync(
        GitRepository repository,
        string head,
        ClaimIndex index,
        AbsentLog absent,
        AttributionStore store,
        LineSource source,
        AttributionOptions options,
        CancellationToken cancellationToken)
    {
        if (store.Contains(head))
            return store.StateAt(head);
        string[] known = store.Last is { } last ? [last] : [];
        var listed = await CommitHistory.ListAsync(repository, head, known, cancellationToken).ConfigureAwait(false);
        var wanted = listed.Where(c => !store.Contains(c[0])).ToArray();
        var states = new LiveStates(wanted, head, store);
        var step = new CommitStep(source, store.Owners, index);
        var done = 0;
        await foreach (var commit in CommitHistory.ReadAsync(repository, wanted, cancellationToken).ConfigureAwait(false))
        {
            var parents = commit.Parents.Select(states.Take).ToArray();
            var added = AddedEntries.Of(commit, index, absent);
            if (added.IsUnsearched)
                return Stop(store);
            var files = await step.RunAsync(commit, parents, added.Entries, commit.Id, cancellationToken, added.IsLost).ConfigureAwait(false);
            states.Put(commit.Id, Apply(parents.Length > 0 ? parents[0] : states.Empty, files));
            store.Add(commit.Id, commit.Parents.Count > 0 ? commit.Parents[0] : null, files);
            foreach (var (path, blob) in step.WithoutEntries)
                store.AddVersion(path, blob);
            if (store.Unwritten > FlushBytes)
                store.Flush();
            options.Progress?.Report((++done, wanted.Length));
        }

        store.Flush();
        return states.Take(head);

        static ImmutableDictionary<string, FileState>? Stop(AttributionStore store)
        {
            store.Flush();
            return null;
        }
    }

    /// <summary>What is not committed, as a commit on HEAD whose entries are those no commit has.</summary>
    internal static async Task<ImmutableDictionary<string, FileState>> WorkingTreeAsync(
        GitRepository repository,
        string? head,
        IReadOnlyList<Entry> entries,
        ClaimIndex index,
        AttributionStore store,
        LineSource source,
        ContentNames names,
        ImmutableDictionary<string, FileState> state,
        CancellationToken cancellationToken)
    {
        var listed = await CommitHistory.WorkingTreeAsync(repository, head ?? repository.EmptyTree, cancellationToken).ConfigureAwait(false);
        var changes = new List<TreeChange>();
        foreach (var change in listed.Where(static c => CodePaths.IsAttributed(c.Path) || CodePaths.IsAttributed(c.OldPath)))
        {
            var current = Look(repository, change, source, names);
            if (current.Status != 'M' || !string.Equals(current.NewBlob, current.OldBlob, StringComparison.Ordinal))
                changes.Add(current);
        }

        if (changes.Count == 0)
            return state;
        var committed = await CommittedEntries.OfAsync(repository, head, cancellationToken).ConfigureAwait(false);
        var commit = new HistoryCommit("", head is null ? [] : [head], [changes], IsCut: false);
        var files = await new CommitStep(source, store.Owners, index)
            .RunAsync(commit, head is null ? [] : [state], entries.Where(e => !committed.Holds(e)), null, cancellationToken).ConfigureAwait(false);
        return Apply(state, files);
    }

    /// <summary>The change with the blob id of what lies in the working tree.</summary>
    private static TreeChange Look(GitRepository repository, TreeChange change, LineSource source, ContentNames names)
    {
        if (!change.IsFile)
            return change;
        var file = new FileInfo(Path.Combine(repository.Root, change.Path));
        if (!file.Exists || file.LinkTarget is not null)
            return change with { Status = 'D', NewMode = 0 };
        if (file.Length > AttributionOptions.LargestFile)
        {
            var id = $"{file.Length:x40}";
            source.Add(id, FileLines.Left(SkipReason.TooLarge));
            return change with { NewBlob = id };
        }

        try
        {
            var content = UntrustedFile.Read(file.FullName, AttributionOptions.LargestFile) ?? [];
            var id = names.Of(content);
            source.Add(id, FileLines.Of(content));
            return change with { NewBlob = id };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            source.Add("unreadable", FileLines.Left(SkipReason.Missing));
            return change with { NewBlob = "unreadable" };
        }
    }

    private static ImmutableDictionary<string, FileState> Apply(
        ImmutableDictionary<string, FileState> state, IReadOnlyList<KeyValuePair<string, FileState?>> files)
    {
        if (files.Count == 0)
            return state;
        var builder = state.ToBuilder();
        foreach (var (path, file) in files)
        {
            if (file is null)
                builder.Remove(path);
            else
                builder[path] = file;
        }

        return builder.ToImmutable();
    }

    private static TreeAttribution Resolve(string? head, ImmutableDictionary<string, FileState> state, OwnerTable owners, ClaimTrust trust)
    {
        var resolved = new LineOwner[owners.Count];
        for (var i = 0; i < resolved.Length; i++)
            resolved[i] = trust.Resolve(owners[i]);
        var (files, skipped) = (new List<AttributedFile>(), new List<SkippedFile>());
        foreach (var (path, file) in state.OrderBy(static f => f.Key, StringComparer.Ordinal))
        {
            if (file.Skipped is { } reason)
            {
                skipped.Add(new SkippedFile(path, reason));
                continue;
            }

            var runs = new List<LineRun>();
            var line = 1;
            foreach (var run in file.Runs)
            {
                if (runs.Count > 0 && runs[^1].Owner == resolved[run.Owner])
                    runs[^1] = runs[^1] with { Count = runs[^1].Count + run.Count };
                else
                    runs.Add(new LineRun(line, run.Count, resolved[run.Owner]));
                line += run.Count;
            }

            files.Add(new AttributedFile(path, line - 1, runs));
        }

        return new TreeAttribution(head, files, skipped);
    }
}
