using Colophon.Generation.Scratch;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;

namespace Colophon.Generation.Session;

/// <summary>Removes the folders of sessions that nobody will go on with. Only called under the apply lock, so none of them is at work.</summary>
internal static class Leftovers
{
    private static readonly EnumerationOptions s_noLinks = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Removes every session but the last interrupted one of each change.</summary>
    internal static async Task PruneAsync(GitRepository repository, SessionStore store, CancellationToken cancellationToken)
    {
        // What came with a branch is not ours to delete, nor is what a link leads to.
        if (await StateFolder.TryFindAsync(repository, cancellationToken).ConfigureAwait(false) is not null)
            await PruneOwnAsync(repository, store, cancellationToken).ConfigureAwait(false);
        SweepLog(repository);
    }

    private static async Task PruneOwnAsync(GitRepository repository, SessionStore store, CancellationToken cancellationToken)
    {
        var keep = store.All().Select(static s => s.Change).Distinct(StringComparer.Ordinal)
            .Select(store.Interrupted).OfType<SessionRecord>().Select(s => store.FolderOf(s.Id)).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in store.Folders().Where(f => !keep.Contains(f)))
            await RemoveAsync(repository, folder, cancellationToken).ConfigureAwait(false);
    }

    // What a killed process was writing into the log; a process that lives may still be at it.
    private static void SweepLog(GitRepository repository)
    {
        var log = Path.Combine(repository.Root, ".openspec", "audit");
        if (!Directory.Exists(log))
            return;
        foreach (var left in Directory.EnumerateFiles(log, $"*{AtomicFile.TemporarySuffix}", s_noLinks))
        {
            if (!AtomicFile.IsBeingWritten(left))
                File.Delete(left);
        }
    }

    /// <summary>Removes every session of a change: a later one came to a good end.</summary>
    internal static async Task ForgetAsync(GitRepository repository, SessionStore store, string change, CancellationToken cancellationToken)
    {
        foreach (var session in store.All().Where(s => s.Change == change))
            await RemoveAsync(repository, store.FolderOf(session.Id), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes one session's folder and git's knowledge of its worktree.</summary>
    internal static async Task RemoveAsync(GitRepository repository, string folder, CancellationToken cancellationToken)
    {
        await ScratchTree.RemoveAsync(repository, folder, cancellationToken).ConfigureAwait(false);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
