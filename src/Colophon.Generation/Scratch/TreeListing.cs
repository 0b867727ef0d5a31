using Colophon.Kernel.Files;
using Colophon.Kernel.Git;

namespace Colophon.Generation.Scratch;

/// <summary>Asks git which files a tree holds: tracked ones and those that are new and not ignored.</summary>
internal static class TreeListing
{
    private static readonly string[] Query = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];

    /// <summary>The user's files. Names that no workspace path can hold are left out.</summary>
    internal static async Task<IReadOnlyCollection<string>> OfUserAsync(GitRepository repository, CancellationToken cancellationToken)
    {
        var output = await repository.Git.RunAsync(Query, default, cancellationToken).ConfigureAwait(false);
        return Whole(output);
    }

    /// <summary>The files of a scratch tree. The <c>.git</c> file inside it is not trusted: git gets both directories by hand.</summary>
    internal static async Task<IReadOnlyCollection<string>> OfScratchAsync(string gitDirectory, string tree, CancellationToken cancellationToken)
    {
        string[] arguments = [$"--git-dir={gitDirectory}", $"--work-tree={tree}", .. Query];
        var output = await new GitRunner(tree).RunAsync(arguments, default, cancellationToken).ConfigureAwait(false);
        return Whole(output);
    }

    /// <summary>The user's files that differ from the commit: changed, staged or new. Only these cannot be had from git again.</summary>
    internal static async Task<IReadOnlySet<string>> DirtyAsync(GitRepository repository, CancellationToken cancellationToken)
    {
        string[] status = ["status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames"];
        var output = await repository.Git.RunAsync(status, default, cancellationToken).ConfigureAwait(false);
        return output.NulSeparated.Where(static line => line.Length > 3).Select(static line => line[3..]).ToHashSet(StringComparer.Ordinal);
    }

    // What a killed write left behind is nobody's file.
    private static SortedSet<string> Whole(GitOutput output) =>
        new(output.NulSeparated.Where(static n => !n.EndsWith(AtomicFile.TemporarySuffix, StringComparison.Ordinal)), StringComparer.Ordinal);
}
