using Colophon.Generation.Errors;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;

namespace Colophon.Generation.Scratch;

/// <summary>
/// A copy of the user's tree, uncommitted work included, in which a project's tests may write what they like. It is kept between runs: what git ignores stays, so that
/// a build begins where the last one ended.
/// </summary>
public static class TestCopy
{
    /// <summary>Makes the copy equal to the user's tree, and makes it where there is none.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="directory">The folder that holds the copy, absolute.</param>
    /// <param name="cancellationToken">Cancels it; the next call mends what is half done.</param>
    /// <returns>The top of the copy, absolute.</returns>
    /// <exception cref="KernelException"><see cref="KernelError.NoCommits"/>, or git failed.</exception>
    /// <exception cref="GenerationException"><see cref="GenerationError.ScratchFailed"/>.</exception>
    public static async Task<string> RefreshAsync(GitRepository repository, string directory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var kept = new ProtectedPaths("openspec", "");
        if (ScratchTree.TryOpen(repository, directory, kept) is { } tree)
        {
            await tree.RefreshAsync(cancellationToken).ConfigureAwait(false);
            return tree.Root;
        }

        await ScratchTree.RemoveAsync(repository, directory, cancellationToken).ConfigureAwait(false);
        return (await ScratchTree.CreateAsync(repository, directory, kept, cancellationToken).ConfigureAwait(false)).Root;
    }
}
