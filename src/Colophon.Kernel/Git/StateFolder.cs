using Colophon.Kernel.Errors;

namespace Colophon.Kernel.Git;

/// <summary>
/// <c>.colophon/state</c>: what this machine made in a project and can make again. It is never committed, so what git tracks there is somebody else's: it would be believed as our own work,
/// or lead our writing and deleting out of the project by a link.
/// </summary>
public static class StateFolder
{
    private const string Project = ".colophon";
    private const string Name = ".colophon/state";

    /// <summary>The folder, which need not exist; null where git tracks it, a part of it, or a link in its place.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.GitFailed"/> or <see cref="KernelError.GitMissing"/>.</exception>
    public static async Task<string?> TryFindAsync(GitRepository repository, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var folder = Path.Combine(repository.Root, Name);
        if (!Path.Exists(folder) && new DirectoryInfo(folder).LinkTarget is null && new DirectoryInfo(Path.Combine(repository.Root, Project)).LinkTarget is null)
            return folder;
        var tracked = await repository.Git.RunAsync(["ls-files", "-z", "--", Project], cancellationToken: cancellationToken).ConfigureAwait(false);
        return tracked.NulSeparated.Any(static p => p is Project or Name || p.StartsWith(Name + "/", StringComparison.Ordinal)) ? null : folder;
    }

    /// <summary>The folder, for what cannot do without.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.StateTracked"/>; <see cref="KernelError.GitFailed"/> or <see cref="KernelError.GitMissing"/>.</exception>
    public static async Task<string> FindAsync(GitRepository repository, CancellationToken cancellationToken) =>
        await TryFindAsync(repository, cancellationToken).ConfigureAwait(false) ?? throw new KernelException(
            KernelError.StateTracked,
            $"git tracks '{Name}', or a link in its place: what lies there was not made on this machine.",
            $"Look at it, then `git rm -r --cached {Name}` (or of the link) and delete it; .colophon/.gitignore keeps it out.");
}
