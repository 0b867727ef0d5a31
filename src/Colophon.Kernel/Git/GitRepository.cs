using Colophon.Kernel.Errors;

namespace Colophon.Kernel.Git;

/// <summary>A repository with a working tree: where it lies and what is checked out.</summary>
/// <param name="Root">The top of the working tree, absolute.</param>
/// <param name="GitDirectory">This worktree's own git directory, absolute.</param>
/// <param name="CommonDirectory">The git directory that all worktrees share, absolute.</param>
public sealed record GitRepository(string Root, string GitDirectory, string CommonDirectory)
{
    /// <summary>Runs commands at the top of the working tree.</summary>
    public GitRunner Git { get; } = new(Root);

    /// <summary>Whether it names its objects by SHA-256, and not by SHA-1 as most do.</summary>
    public bool IsSha256 { get; init; }

    /// <summary>The id of the tree without files.</summary>
    public string EmptyTree => IsSha256 ? "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321" : "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

    /// <summary>Where Colophon keeps what must not travel with the tree: spool, locks, last trusted heads.</summary>
    public string PrivateDirectory => Path.Combine(CommonDirectory, "colophon");

    /// <summary>Finds the repository around a directory.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.NotARepository"/> or <see cref="KernelError.GitMissing"/>.</exception>
    public static async Task<GitRepository> DiscoverAsync(string directory, CancellationToken cancellationToken)
    {
        var (repository, said) = await LookAsync(directory, cancellationToken).ConfigureAwait(false);
        return repository ?? throw (said.Contains("dubious ownership", StringComparison.Ordinal)
            ? new KernelException(KernelError.NotARepository, $"git refuses the repository around '{directory}': it belongs to another user.", "If you trust it: git config --global --add safe.directory <its top folder>")
            : said.Contains("must be run in a work tree", StringComparison.Ordinal)
                ? new KernelException(KernelError.NotARepository, $"The git repository around '{directory}' has no working tree, or this is its own folder.", "Go to a clone with a working tree, or make one: `git worktree add`.")
                : new KernelException(KernelError.NotARepository, $"'{directory}' is not inside a git repository with a working tree.", "Run `git init` there, or go to your project's folder."));
    }

    /// <summary>Finds the repository around a directory, or null where there is none.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.GitMissing"/>.</exception>
    public static async Task<GitRepository?> TryDiscoverAsync(string directory, CancellationToken cancellationToken) =>
        (await LookAsync(directory, cancellationToken).ConfigureAwait(false)).Repository;

    /// <summary>
    /// Whether this is a partial clone: git then fetches what is missing when it is asked for, which is never allowed here, so nothing may be asked that needs it. A number that changes whenever
    /// objects were fetched; null for any other repository.
    /// </summary>
    public string? Partial
    {
        get
        {
            var packs = Path.Combine(CommonDirectory, "objects", "pack");
            return Directory.Exists(packs) && Directory.GetFiles(packs, "*.promisor") is { Length: > 0 } promised ? string.Join(' ', promised.Select(static p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal)) : null;
        }
    }

    private static async Task<(GitRepository? Repository, string Said)> LookAsync(string directory, CancellationToken cancellationToken)
    {
        string[] query = ["rev-parse", "--path-format=absolute", "--show-toplevel", "--git-dir", "--git-common-dir", "--show-object-format"];
        var result = await new GitRunner(directory).TryRunAsync(query, default, cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0 && result.Text.Split('\n') is [var root, var own, var common, var format] ? (new GitRepository(root, own, common) { IsSha256 = format == "sha256" }, "") : (null, result.Error);
    }

    /// <summary>The commit that is checked out, or null before the first commit.</summary>
    public async Task<string?> HeadAsync(CancellationToken cancellationToken)
    {
        var result = await Git.TryRunAsync(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], default, cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0 ? result.Text : null;
    }

    /// <summary>The branch that is checked out, or null on a detached HEAD.</summary>
    public async Task<string?> BranchAsync(CancellationToken cancellationToken)
    {
        var result = await Git.TryRunAsync(["symbolic-ref", "--short", "--quiet", "HEAD"], default, cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0 ? result.Text : null;
    }
}
