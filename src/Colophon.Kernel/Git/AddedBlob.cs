using System.Runtime.CompilerServices;
using Colophon.Kernel.Errors;

namespace Colophon.Kernel.Git;

/// <summary>A file that a commit added.</summary>
/// <param name="Commit">The commit; a merge adds what its first parent does not have.</param>
/// <param name="Path">The file.</param>
/// <param name="Blob">Its content there.</param>
public readonly record struct AddedBlob(string Commit, string Path, string Blob)
{
    private const char Mark = '\u0001';

    /// <summary>Every file below some folders that a commit leading to one of the tips added, children before their parents. A file that came several times comes several times.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.GitFailed"/>, also where a commit or a tree is missing.</exception>
    public static async IAsyncEnumerable<AddedBlob> ListAsync(
        GitRepository repository, IReadOnlyList<string> tips, IReadOnlyList<string> folders, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "log", "--full-history", "--topo-order", "--no-renames", "--diff-merges=first-parent", "--diff-filter=A", "--raw", "--no-abbrev", "-z",
            $"--format={Mark}%H", .. tips, "--", .. folders,
        ];
        var stream = new GitStream(repository.Git, arguments);
        await using var closing = stream.ConfigureAwait(false);
        var (commit, blob) = ("", "");
        while (await stream.ReadTextToAsync(0, cancellationToken).ConfigureAwait(false) is { } token)
        {
            var text = token.TrimStart('\n');
            if (text is [Mark, ..])
            {
                commit = text[1..].TrimEnd('\n');
            }
            else if (text is [':', ..] && text.Split(' ') is [_, _, _, var id, _])
            {
                blob = id;
            }
            else if (text.Length > 0 && blob.Length > 0)
            {
                yield return new AddedBlob(commit, text, blob);
                blob = "";
            }
        }

        await stream.FinishAsync(cancellationToken).ConfigureAwait(false);
    }
}
