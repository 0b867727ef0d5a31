using Colophon.Kernel.Git;

namespace Colophon.Engine.Composition;

/// <summary>The branch that others look at before anything comes on it: the remote's own, else the usual names.</summary>
/// <param name="Commit">The commit it stands at, as this clone knows.</param>
/// <param name="Name">Its name without a remote's.</param>
internal sealed record MainBranch(string Commit, string Name)
{
    private const string Remote = "refs/remotes/origin/";
    private const string Local = "refs/heads/";

    /// <summary>Where it may be, the first that is there counts.</summary>
    internal static IReadOnlyList<string> References { get; } = [Remote + "HEAD", Remote + "main", Remote + "master", Local + "main", Local + "master"];

    /// <summary>The first of its references among those that are there; null where none is.</summary>
    internal static string? Of(IEnumerable<string> present)
    {
        var there = present.ToHashSet(StringComparer.Ordinal);
        return References.FirstOrDefault(there.Contains);
    }

    /// <summary>Finds it; null where no reference of these names is here.</summary>
    internal static async Task<MainBranch?> FindAsync(GitRepository repository, CancellationToken cancellationToken)
    {
        var listed = await repository.Git.TryRunAsync(["for-each-ref", "--format=%(refname) %(objectname) %(symref)", .. References], default, cancellationToken).ConfigureAwait(false);
        var found = listed.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => l.Split(' ')).Where(static p => p.Length == 3).ToDictionary(static p => p[0], StringComparer.Ordinal);
        if (Of(found.Keys) is not { } reference || found[reference] is not [_, var commit, var target])
            return null;
        var name = target.Length > 0 ? target : reference;
        return new MainBranch(commit, name.StartsWith(Remote, StringComparison.Ordinal) ? name[Remote.Length..] : name[Local.Length..]);
    }
}
