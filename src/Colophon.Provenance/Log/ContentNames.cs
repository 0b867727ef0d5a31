using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;

namespace Colophon.Provenance.Log;

/// <summary>
/// Finds by which ids a repository keeps the contents that entries are about. Entries name them by SHA-1, as most repositories do; where objects are named by SHA-256, only the bytes tell. Those
/// of the right length are read, each once.
/// </summary>
/// <param name="repository">The repository.</param>
public sealed class ContentNames(GitRepository repository)
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private readonly HashSet<long> _read = [];
    private ILookup<long, string>? _bySize;

    /// <summary>The entries with the ids that this repository has for what they are about; the same ones where it names objects as entries do.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.GitFailed"/> or <see cref="KernelError.GitMissing"/>.</exception>
    public async Task<IReadOnlyList<Entry>> OfAsync(IReadOnlyList<Entry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (!repository.IsSha256)
            return entries;
        await LearnAsync([.. entries.SelectMany(static e => e.Predicate.Files).SelectMany(static f => (FileDigest?[])[f.Before, f.After]).OfType<FileDigest>()], cancellationToken).ConfigureAwait(false);
        return [.. entries.Select(Named)];
    }

    /// <summary>The id that a content has, or would have, among those of <see cref="OfAsync"/>'s entries.</summary>
    internal string Of(ReadOnlySpan<byte> content)
    {
        var id = FileDigest.BlobId(content);
        return !repository.IsSha256 ? id : _ids.GetValueOrDefault(id) ?? (_wanted.Contains(id) ? id : FileDigest.BlobId(content, isSha256: true));
    }

    private Entry Named(Entry entry) => entry.Predicate.Files.Count == 0 ? entry : entry with { Predicate = entry.Predicate with { Files = [.. entry.Predicate.Files.Select(f => f with { Before = Named(f.Before), After = Named(f.After) })] } };

    private FileDigest? Named(FileDigest? content) => content is not null && _ids.TryGetValue(content.GitBlob, out var id) ? content with { Blob = id } : content;

    private async Task LearnAsync(IReadOnlyList<FileDigest> contents, CancellationToken cancellationToken)
    {
        _wanted.UnionWith(contents.Select(static c => c.GitBlob));
        var sizes = contents.Select(static c => c.Bytes).Where(_read.Add).ToArray();
        if (sizes.Length == 0)
            return;
        _bySize ??= (await ObjectIds.BlobsAsync(repository, cancellationToken).ConfigureAwait(false)).ToLookup(static b => b.Size, static b => b.Id);
        var blobs = new BlobReader(repository);
        await using var closing = blobs.ConfigureAwait(false);
        foreach (var some in sizes.SelectMany(s => _bySize[s]).Chunk(BlobReader.MostAhead))
        {
            await blobs.AskAsync(some, cancellationToken).ConfigureAwait(false);
            foreach (var id in some)
            {
                if (await blobs.ReadAsync(id, cancellationToken).ConfigureAwait(false) is { } content)
                    _ids.TryAdd(FileDigest.BlobId(content.Span), id);
            }
        }
    }
}
