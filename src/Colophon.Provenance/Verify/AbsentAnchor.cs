using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance.Anchors;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Verify;

/// <summary>
/// What an anchor tag by a trusted key means whose heads are not here and whose commit does not lead to the one checked out. Tags are every branch's: it may lie on another one. But a stream
/// that it knows with other entries was rewritten or forked, whichever branch it lies on; and where no branch holds its commit, what it anchors was dropped, or was never fetched.
/// </summary>
internal sealed class AbsentAnchor(GitRepository repository, AuditLayout layout, HeadsCheck heads, IReadOnlyDictionary<string, StreamFacts> streams)
{
    private readonly Dictionary<string, HeadsNote> _notes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StreamHead> _contradicted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _holders = new(StringComparer.Ordinal);

    /// <summary>Why the tag does not count; and, where that is more than a note, what it is.</summary>
    internal async Task<(string Fault, Finding? Finding)> JudgeAsync(AnchorTag tag, CancellationToken cancellationToken)
    {
        if (await OtherwiseAsync(tag, cancellationToken).ConfigureAwait(false) is { } head)
            return Found("the log here contradicts it", EntryStatus.CheckpointMismatch, $"It anchors {head.Size} entries of the stream '{head.Key}' that are not those here: the stream was rewritten or forked.");
        if (await HolderAsync(tag, cancellationToken).ConfigureAwait(false) is { } holder)
            return ($"it lies on another branch ({holder})", null);
        var drop = $"Who dropped it on purpose takes the anchor back as well: `git tag -d {tag.Name}`, and where it was pushed to.";
        return await CommitHolders.WasHereAsync(repository, tag.Commit, cancellationToken).ConfigureAwait(false)
            ? Found("this branch does not hold its commit any more", EntryStatus.Truncated, $"It anchors entries that this branch held and that are not here: the log was cut or rewritten since. {drop}")
            : Found("no branch holds its commit", EntryStatus.Gap, $"No branch holds the commit that it anchors: that was dropped, or its branch was not fetched. {drop}");

        (string, Finding?) Found(string fault, EntryStatus status, string message) => (fault, new Finding(status, $"refs/tags/{tag.Name}", message));
    }

    // A branch that holds one anchored commit mostly holds many.
    private async Task<string?> HolderAsync(AnchorTag tag, CancellationToken cancellationToken)
    {
        if (_holders.TryGetValue(tag.Name, out var known) || await CommitHolders.OfAsync(repository, tag.Commit, cancellationToken).ConfigureAwait(false) is not { } holder)
            return known;
        foreach (var name in await AnchorTag.LeadingToAsync(repository, holder, cancellationToken).ConfigureAwait(false))
            _holders.TryAdd(name, holder);
        return holder;
    }

    /// <summary>The first head that the anchor's notes vouch for and that the entries here contradict.</summary>
    private async Task<StreamHead?> OtherwiseAsync(AnchorTag tag, CancellationToken cancellationToken)
    {
        if (tag.Statement.Heads.Any(h => heads.StateOf(h) is null && !_notes.ContainsKey(h)))
            Compare(await NotesAsync(tag.Commit, cancellationToken).ConfigureAwait(false));
        if (_contradicted.Count == 0)
            return null;
        var pending = new Stack<string>(tag.Statement.Heads);
        var met = new HashSet<string>(StringComparer.Ordinal);
        while (pending.TryPop(out var hash))
        {
            if (!met.Add(hash) || !_notes.TryGetValue(hash, out var note))
                continue;
            if (_contradicted.TryGetValue(hash, out var head))
                return head;
            foreach (var prior in note.Priors)
                pending.Push(prior);
        }

        return null;
    }

    private void Compare(List<HeadsNote> fresh)
    {
        foreach (var stream in fresh.SelectMany(static n => n.Moved.Select(m => (Note: n.Hash, Head: m))).GroupBy(static v => v.Head.Key, StringComparer.Ordinal))
        {
            if (!streams.TryGetValue(stream.Key, out var here))
                continue;
            var roots = StreamCheck.Roots(here.Entries, [.. stream.Select(static v => v.Head.Size)]);
            foreach (var (note, head) in stream.Where(v => roots.TryGetValue(v.Head.Size, out var root) && root != v.Head.Root))
                _contradicted.TryAdd(note, head);
        }
    }

    /// <summary>The notes of a commit that are neither here, where they are judged with the heads, nor known yet; none where the commit is not here.</summary>
    private async Task<List<HeadsNote>> NotesAsync(string commit, CancellationToken cancellationToken)
    {
        var fresh = new List<HeadsNote>();
        var folder = Path.GetRelativePath(repository.Root, layout.Heads).Replace('\\', '/') + "/";
        var listed = await repository.Git.TryRunAsync(["ls-tree", "-z", "--full-tree", commit, "--", folder], default, cancellationToken).ConfigureAwait(false);
        if (listed.ExitCode != 0)
            return fresh;
        var blobs = new BlobReader(repository);
        await using var closing = blobs.ConfigureAwait(false);
        try
        {
            foreach (var line in listed.NulSeparated)
            {
                if (line.Split('\t') is not [var about, var path] || about.Split(' ') is not [_, "blob", var id] || File.Exists(Path.Combine(repository.Root, path)))
                    continue;
                if (await blobs.ReadAsync(id, cancellationToken).ConfigureAwait(false) is { } bytes && HeadsNote.TryParse(bytes.Span, out var note) && heads.StateOf(note.Hash) is null && _notes.TryAdd(note.Hash, note))
                    fresh.Add(note);
            }
        }
        catch (KernelException e) when (e.Error == KernelError.GitFailed)
        {
            // An incomplete clone: what can be read of them is judged.
        }

        return fresh;
    }
}
