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
    public static async Task<IReadOnlyList<AddedFiles>> ListAsync(GitRepository repository, string tip, IReadOnlyList<string> folders, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "log", "--full-history", "--topo-order", "--no-renames", "--diff-merges=first-parent", "--diff-filter=A", "--name-only", "-z",
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
