using System.Text;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance.Log;

namespace Colophon.Engine;

/// <summary>The commit that brought an entry.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Blobs">The entry's files that stand in the commit just as the entry left them, with their blobs.</param>
internal sealed record EntryCommit(string Id, IReadOnlySet<string> Blobs);

/// <summary>Finds the commits that entries travelled in.</summary>
internal static class EntryCommits
{
    private const string Streams = ".openspec/audit/v1/s";

    /// <summary>The commit of each entry that one of the checked-out history brought, by leaf.</summary>
    /// <exception cref="KernelException">git failed.</exception>
    internal static async Task<IReadOnlyDictionary<string, EntryCommit>> OfAsync(GitRepository repository, IReadOnlyList<Entry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0 || await repository.HeadAsync(cancellationToken).ConfigureAwait(false) is not { } head)
            return new Dictionary<string, EntryCommit>();
        entries = await new ContentNames(repository).OfAsync(entries, cancellationToken).ConfigureAwait(false);
        var commits = new Dictionary<string, string>(StringComparer.Ordinal);
        // Children come before their parents: of several commits that brought a file, the first one counts.
        foreach (var added in await AddedFiles.ListAsync(repository, head, [Streams], cancellationToken).ConfigureAwait(false))
        {
            foreach (var path in added.Paths)
                commits[path] = added.Commit;
        }

        var found = entries.Select(e => (Entry: e, Commit: commits.GetValueOrDefault(PathOf(e)))).Where(static f => f.Commit is not null).ToArray();
        var blobs = await BlobsAsync(repository, [.. found.SelectMany(static f => f.Entry.Predicate.Files.Select(file => $"{f.Commit}:{file.Path}")).Distinct(StringComparer.Ordinal)], cancellationToken).ConfigureAwait(false);
        return found.DistinctBy(static f => f.Entry.Leaf).ToDictionary(
            static f => f.Entry.Leaf,
            f => new EntryCommit(f.Commit ?? "", f.Entry.Predicate.Files.Where(file => file.After is { } after && blobs.GetValueOrDefault($"{f.Commit}:{file.Path}") == after.Blob).Select(static file => file.Path).ToHashSet(StringComparer.Ordinal)),
            StringComparer.Ordinal);
    }

    private static string PathOf(Entry entry)
    {
        var said = entry.Predicate;
        return $"{Streams}/{said.Change}/{said.Stream}/{said.Seq:D8}-{entry.Leaf[..12]}.json";
    }

    private static async Task<Dictionary<string, string>> BlobsAsync(GitRepository repository, IReadOnlyList<string> places, CancellationToken cancellationToken)
    {
        var blobs = new Dictionary<string, string>(StringComparer.Ordinal);
        // A name with a line end cannot be asked for on a line.
        var asked = places.Where(static p => !p.Contains('\n', StringComparison.Ordinal)).ToArray();
        if (asked.Length == 0)
            return blobs;
        var input = Encoding.UTF8.GetBytes(string.Join('\n', asked) + "\n");
        var answers = (await repository.Git.RunAsync(["cat-file", "--batch-check"], input, cancellationToken).ConfigureAwait(false)).Text.Split('\n');
        for (var i = 0; i < asked.Length && i < answers.Length; i++)
        {
            if (answers[i].Split(' ') is [var id, "blob", _])
                blobs[asked[i]] = id;
        }

        return blobs;
    }
}
