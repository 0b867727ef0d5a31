using Colophon.Kernel.Git;

namespace Colophon.Generation.Scratch;

/// <summary>Finds the content a file had when the scratch tree was filled, although no second copy of the tree was made.</summary>
/// <param name="repository">The user's repository.</param>
/// <param name="snapshot">What was copied.</param>
/// <param name="kept">The folder that holds the files git does not have.</param>
internal sealed class Originals(GitRepository repository, Snapshot snapshot, string kept)
{
    /// <summary>The state recorded in <paramref name="entry"/>, or null where the user changed the file since and no copy is left.</summary>
    public async Task<FileState?> FindAsync(SnapshotEntry entry, CancellationToken cancellationToken)
    {
        if (FileState.Read(Path.Combine(repository.Root, entry.Path.Value)) is { } current && Fits(current, entry))
            return current with { Mode = entry.Mode };
        if (FileState.Read(Path.Combine(kept, entry.Path.Value)) is { } copy && Fits(copy, entry))
            return copy with { Mode = entry.Mode };

        // A clean file: git gives back what a checkout would write, line ends converted.
        string[] show = entry.IsLink ? ["cat-file", "blob", $"{snapshot.Commit}:{entry.Path.Value}"] : ["cat-file", "--filters", $"{snapshot.Commit}:{entry.Path.Value}"];
        var output = await repository.Git.TryRunAsync(show, default, cancellationToken).ConfigureAwait(false);
        var committed = new FileState(output.Output, entry.Mode, entry.IsLink);
        return output.ExitCode == 0 && Fits(committed, entry) ? committed : null;
    }

    private static bool Fits(FileState state, SnapshotEntry entry) => state.IsLink == entry.IsLink && state.Sha256 == entry.Sha256;
}
