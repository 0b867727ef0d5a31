using Colophon.Kernel.Git;
using Colophon.Provenance.Anchors;

namespace Colophon.Provenance.Verify;

/// <summary>
/// Whether anything still holds a commit. The tag of an anchor does not count: it says what must not be lost, and keeps nothing.
/// </summary>
internal static class CommitHolders
{
    private const int MostMoves = 1000;

    /// <summary>A branch, tag, stash or other ref that leads to a commit; null where none does.</summary>
    internal static async Task<string?> OfAsync(GitRepository repository, string commit, CancellationToken cancellationToken)
    {
        var refs = await repository.Git.TryRunAsync(["for-each-ref", "--format=%(refname)", "--contains", commit], default, cancellationToken).ConfigureAwait(false);
        return refs.ExitCode != 0 ? null : refs.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(static r => !r.StartsWith(AnchorTag.Prefix, StringComparison.Ordinal));
    }

    /// <summary>Whether any branch, tag or stash ever held a file.</summary>
    internal static async Task<bool> EverHeldAsync(GitRepository repository, string path, CancellationToken cancellationToken)
    {
        var found = await repository.Git.TryRunAsync(["log", $"--exclude={AnchorTag.Prefix}*", "--all", "-1", "--format=%H", "--", Path.GetRelativePath(repository.Root, path)], default, cancellationToken).ConfigureAwait(false);
        return found.ExitCode == 0 && found.Text.Length > 0;
    }

    /// <summary>Whether the branch that is checked out, or the one that it follows, led to a commit before it was moved: their reflogs tell.</summary>
    internal static async Task<bool> WasHereAsync(GitRepository repository, string commit, CancellationToken cancellationToken)
    {
        var before = new List<string>();
        foreach (var name in (string[])["HEAD", "@{upstream}"])
        {
            var branch = await repository.Git.TryRunAsync(["rev-parse", "--symbolic-full-name", name], default, cancellationToken).ConfigureAwait(false);
            if (branch.ExitCode != 0 || !branch.Text.StartsWith("refs/", StringComparison.Ordinal))
                continue;
            var moves = await repository.Git.TryRunAsync(["log", "--walk-reflogs", $"--max-count={MostMoves}", "--format=^%H", branch.Text, "--"], default, cancellationToken).ConfigureAwait(false);
            if (moves.ExitCode == 0)
                before.AddRange(moves.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        if (before.Count == 0)
            return false;
        var missed = await repository.Git.TryRunAsync(["rev-list", "--max-count=1", "--stdin"], System.Text.Encoding.ASCII.GetBytes(string.Join('\n', before.Append(commit)) + "\n"), cancellationToken).ConfigureAwait(false);
        return missed.ExitCode == 0 && missed.Text.Length == 0;
    }
}
