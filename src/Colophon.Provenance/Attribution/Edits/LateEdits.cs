using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution.Edits;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Attribution;

/// <summary>A file that is about to be committed.</summary>
/// <param name="Path">Relative to the repository's root.</param>
/// <param name="Head">Its blob in the commit that is checked out; null where it has none there.</param>
/// <param name="Staged">Its staged blob; null where it is deleted.</param>
public sealed record StagedFile(string Path, string? Head, string? Staged);

/// <summary>A commit that is about to be made, and the entries it or those before it bring.</summary>
public sealed record StagedCommit
{
    /// <summary>The commit that is checked out; null before the first.</summary>
    public required string? Head { get; init; }

    /// <summary>What is staged otherwise than <see cref="Head"/> has it.</summary>
    public required IReadOnlyList<StagedFile> Files { get; init; }

    /// <summary>The entries that no commit holds yet.</summary>
    public required IReadOnlyList<Entry> Fresh { get; init; }

    /// <summary>The entries that are committed, but not yet in one of <see cref="Bases"/>.</summary>
    public IReadOnlyList<Entry> Committed { get; init; } = [];

    /// <summary>Trees on which all of this may become one commit: the main branch's by a squash, the parent's by an amended commit.</summary>
    public IReadOnlyList<string> Bases { get; init; } = [];

    /// <summary>The tree that git put together by itself, where a merge or a cherry-pick waits to be committed; else null. A file that is so was edited by nobody.</summary>
    public string? Merged { get; init; }
}

/// <summary>What was found of edits after acceptance.</summary>
/// <param name="Change">The change whose entries they follow.</param>
/// <param name="Edits">The edits, ready to be recorded as a person's.</param>
/// <param name="Partial">Those of their paths of which only a part is staged, while the working tree has all that was accepted.</param>
public sealed record LateEdits(string Change, IReadOnlyList<FileChange> Edits, IReadOnlyList<string> Partial)
{
    /// <summary>
    /// Compares what is staged with what the entries say was accepted. The accepted content is replayed as line keys from a content that git holds, so it need not have been kept.
    /// </summary>
    /// <param name="repository">The repository.</param>
    /// <param name="commit">What is about to be committed.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <returns>One result for each change that has something to say.</returns>
    /// <exception cref="Kernel.Errors.KernelException">git failed.</exception>
    public static async Task<IReadOnlyList<LateEdits>> FindAsync(GitRepository repository, StagedCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var names = new ContentNames(repository);
        var named = commit with { Fresh = await names.OfAsync(commit.Fresh, cancellationToken).ConfigureAwait(false), Committed = await names.OfAsync(commit.Committed, cancellationToken).ConfigureAwait(false) };
        var search = await LateEditSearch.OpenAsync(repository, named, cancellationToken).ConfigureAwait(false);
        if (search is null)
            return [];
        await using (search.ConfigureAwait(false))
        {
            await search.RunAsync(cancellationToken).ConfigureAwait(false);
            return [.. search.Found.GroupBy(static f => f.Change, StringComparer.Ordinal).Select(static g => new LateEdits(g.Key, [.. g.Select(static f => f.Edit)], [.. g.Where(static f => f.IsPart).Select(static f => f.Edit.Path)]))];
        }
    }
}
