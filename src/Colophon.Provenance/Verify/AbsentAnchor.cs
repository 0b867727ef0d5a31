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
    /// <summary>Why the tag does not count; and, where that is more than a note, what it is.</summary>
    internal async Task<(string Fault, Finding? Finding)> JudgeAsync(AnchorTag tag, CancellationToken cancellationToken)
    {
        if (await OtherwiseAsync(tag, cancellationToken).ConfigureAwait(false) is { } head)
            return Found("the log here contradicts it", EntryStatus.CheckpointMismatch, $"It anchors {head.Size} entries of the stream '{head.Key}' that are not those here: the stream was rewritten or forked.");
        if (await CommitHolders.OfAsync(repository, tag.Commit, cancellationToken).ConfigureAwait(false) is { } holder)
            return ($"it lies on another branch ({holder})", null);
        var drop = $"Who dropped it on purpose takes the anchor back as well: `git tag -d {tag.Name}`, and where it was pushed to.";
        return await CommitHolders.WasHereAsync(repository, tag.Commit, cancellationToken).ConfigureAwait(false)
            ? Found("this branch does not hold its commit any more", EntryStatus.Truncated, $"It anchors entries that this branch held and that are not here: the log was cut or rewritten since. {drop}")
            : Found("no branch holds its commit", EntryStatus.Gap, $"No branch holds the commit that it anchors: that was dropped, or its branch was not fetched. {drop}");

        (string, Finding?) Found(string fault, EntryStatus status, string message) => (fault, new Finding(status, $"refs/tags/{tag.Name}", message));
    }

    /// <summary>The first head that the anchor's notes vouch for and that the entries here contradict.</summary>
    private async Task<StreamHead?> OtherwiseAsync(AnchorTag tag, CancellationToken cancellationToken)
    {
        var notes = await NotesAsync(tag.Commit, cancellationToken).ConfigureAwait(false);
        var pending = new Stack<string>(tag.Statement.Heads);
        var vouched = new List<StreamHead>();
        while (pending.TryPop(out var hash))
        {
            // What lies here is judged with the heads.
            if (heads.StateOf(hash) is not null || !notes.Remove(hash, out var note))
                continue;
            vouched.AddRange(note.Moved);
            foreach (var prior in note.Priors)
                pending.Push(prior);
        }

        foreach (var stream in vouched.GroupBy(static h => h.Key, StringComparer.Ordinal).OrderBy(static s => s.Key, StringComparer.Ordinal))
        {
            if (!streams.TryGetValue(stream.Key, out var here))
                continue;
            var roots = StreamCheck.Roots(here.Entries, [.. stream.Select(static h => h.Size)]);
            if (stream.OrderBy(static h => h.Size).FirstOrDefault(h => roots.TryGetValue(h.Size, out var root) && root != h.Root) is { } other)
                return other;
        }

        return null;
    }

    /// <summary>The notes of a commit that are not here, by the hash that an anchor names them with; none where the commit is not here.</summary>
    private async Task<Dictionary<string, HeadsNote>> NotesAsync(string commit, CancellationToken cancellationToken)
    {
        var notes = new Dictionary<string, HeadsNote>(StringComparer.Ordinal);
        var folder = Path.GetRelativePath(repository.Root, layout.Heads).Replace('\\', '/') + "/";
        var listed = await repository.Git.TryRunAsync(["ls-tree", "-z", "--full-tree", commit, "--", folder], default, cancellationToken).ConfigureAwait(false);
        if (listed.ExitCode != 0)
            return notes;
        var blobs = new BlobReader(repository);
        await using var closing = blobs.ConfigureAwait(false);
        try
        {
            foreach (var line in listed.NulSeparated)
            {
                if (line.Split('\t') is not [var about, var path] || about.Split(' ') is not [_, "blob", var id] || File.Exists(Path.Combine(repository.Root, path)))
                    continue;
                if (await blobs.ReadAsync(id, cancellationToken).ConfigureAwait(false) is { } bytes && HeadsNote.TryParse(bytes.Span, out var note))
                    notes[note.Hash] = note;
            }
        }
        catch (KernelException e) when (e.Error == KernelError.GitFailed)
        {
            // An incomplete clone: what can be read of them is judged.
        }

        return notes;
    }
}
