using Colophon.Kernel.Errors;

namespace Colophon.Kernel.Git;

/// <summary>A commit and the files it added below the folders that were asked for.</summary>
/// <param name="Commit">Its id.</param>
/// <param name="Parents">Its parents' ids, in order.</param>
/// <param name="Paths">The added files; for a merge those that its first parent does not have.</param>
public sealed record AddedFiles(string Commit, IReadOnlyList<string> Parents, IReadOnlyList<string> Paths)
{
    private const char Mark = '\u0001';

    /// <summary>Every commit that leads to a tip and added a file below some folders, side branches included, children before their parents.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.GitFailed"/>, also where an object is missing.</exception>
    public static Task<IReadOnlyList<AddedFiles>> ListAsync(GitRepository repository, string tip, IReadOnlyList<string> folders, CancellationToken cancellationToken) =>
        ListAsync(repository, tip, folders, "--diff-filter=A", cancellationToken);

    /// <summary>The files below some folders that the commits of a range added, changed or took away.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="range">The commits, as <c>git log</c> takes them; no option.</param>
    /// <param name="folders">Relative to the repository's root.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <exception cref="KernelException"><see cref="KernelError.GitFailed"/>, also where an object is missing.</exception>
    public static async Task<IReadOnlySet<string>> TouchedAsync(GitRepository repository, string range, IReadOnlyList<string> folders, CancellationToken cancellationToken) =>
        (await ListAsync(repository, range, folders, "--diff-filter=ADMT", cancellationToken).ConfigureAwait(false)).SelectMany(static c => c.Paths).ToHashSet(StringComparer.Ordinal);

    private static async Task<IReadOnlyList<AddedFiles>> ListAsync(GitRepository repository, string tip, IReadOnlyList<string> folders, string filter, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "log", "--full-history", "--topo-order", "--no-renames", "--diff-merges=first-parent", filter, "--name-only", "-z",
            $"--format={Mark}%H %P", tip, "--", .. folders,
        ];
        var output = await repository.Git.RunAsync(arguments, default, cancellationToken).ConfigureAwait(false);
        var commits = new List<AddedFiles>();
        List<string> paths = [];
        foreach (var token in output.NulSeparated)
        {
            var text = token.TrimStart('\n');
            if (text is [Mark, ..])
            {
                var ids = text[1..].TrimEnd('\n').Split(' ', StringSplitOptions.RemoveEmptyEntries);
                commits.Add(new AddedFiles(ids[0], ids[1..], paths = []));
            }
            else if (text.Length > 0)
            {
                paths.Add(text);
            }
        }

        return commits;
    }
}
