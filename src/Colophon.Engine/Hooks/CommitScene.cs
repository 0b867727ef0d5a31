using Colophon.Engine.Composition;
using Colophon.Kernel.Git;

namespace Colophon.Engine.Hooks;

/// <summary>Where in git a commit is about to be made.</summary>
/// <param name="Head">The commit that is checked out; null before the first.</param>
/// <param name="Parents">It, and the others that a merge joins.</param>
/// <param name="Bases">The trees that all of the branch, or an amended commit, may come to lie on.</param>
/// <param name="Merged">The tree that git put together by itself, where a merge, a cherry-pick or a revert waits for a person.</param>
internal sealed record CommitScene(string? Head, IReadOnlyList<string> Parents, IReadOnlyList<string> Bases, string? Merged)
{
    // Git leaves AUTO_MERGE behind; only beside one of these it speaks of this commit.
    private static readonly string[] s_waiting = ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD"];

    /// <summary>Reads it.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="isAmended">Whether the commit that is checked out is made anew.</param>
    /// <param name="fixup">The commit that this one is to become a part of, as the person named it; null for none.</param>
    /// <param name="cancellationToken">Cancels asking git.</param>
    internal static async Task<CommitScene> ReadAsync(GitRepository repository, bool isAmended, string? fixup, CancellationToken cancellationToken)
    {
        var waits = Array.Exists(s_waiting, name => File.Exists(Path.Combine(repository.GitDirectory, name)));
        var (asked, main, branch) = (
            ObjectIds.OfAsync(repository, ["HEAD^{commit}", isAmended ? "HEAD^1^{commit}" : "", waits ? "AUTO_MERGE^{tree}" : "", fixup is null ? "" : $"{fixup}^{{commit}}", fixup is null ? "" : $"{fixup}^1^{{commit}}"], cancellationToken),
            MainBranch.FindAsync(repository, cancellationToken),
            repository.BranchAsync(cancellationToken));
        await Task.WhenAll(asked, main, branch).ConfigureAwait(false);
        if (await asked.ConfigureAwait(false) is not [{ } head, var before, var merged, var meant, var beforeMeant])
            return new CommitScene(null, [], [], null);
        var bases = new List<string>();
        // On the main branch itself nothing is squashed any more.
        if (await main.ConfigureAwait(false) is { } published && published.Name != await branch.ConfigureAwait(false))
            bases.Add(published.Commit);
        if (isAmended)
            bases.Add(before ?? repository.EmptyTree);
        if (meant is not null)
            bases.Add(beforeMeant ?? repository.EmptyTree);
        return new CommitScene(head, [head, .. Joined(repository)], bases, merged);
    }

    /// <summary>The files of the log that matter to the commit, and whether it is the first to hold them: those that no parent has, and those that one of the bases lacks.</summary>
    internal async Task<Dictionary<string, bool>> LogFilesAsync(GitRepository repository, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> parents = Parents.Count > 0 ? Parents : [repository.EmptyTree];
        var asked = parents.Concat(Bases).Select(tree => ListAsync(["diff-index", "--cached", "--no-renames", "--name-only", "--diff-filter=A", "-z", tree]));
        var others = ListAsync(["ls-files", "--others", "-z"]);
        var added = await Task.WhenAll(asked).ConfigureAwait(false);
        var fresh = added[0].Where(p => added.Take(parents.Count).All(a => a.Contains(p))).Concat(await others.ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        return added.Skip(parents.Count).SelectMany(static a => a).Concat(fresh).Distinct(StringComparer.Ordinal).ToDictionary(static p => p, fresh.Contains, StringComparer.Ordinal);

        async Task<HashSet<string>> ListAsync(string[] arguments) =>
            (await repository.Git.RunAsync([.. arguments, "--", ".openspec/audit/v1/s/"], default, cancellationToken).ConfigureAwait(false)).NulSeparated.ToHashSet(StringComparer.Ordinal);
    }

    private static string[] Joined(GitRepository repository)
    {
        var file = Path.Combine(repository.GitDirectory, "MERGE_HEAD");
        return File.Exists(file) ? [.. File.ReadLines(file).Where(static l => l.Length > 0)] : [];
    }
}
