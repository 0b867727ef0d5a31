using Colophon.Kernel.Git;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Verify;

/// <summary>The files that a commit made or renamed, found by what they hold. Each is read at most once, however many are looked for.</summary>
internal sealed class MadeFiles
{
    private readonly Dictionary<string, TreeChange> _byBlob = new(StringComparer.Ordinal);
    private (HashSet<string> Texts, bool IsPart)? _normalised;

    internal MadeFiles(HistoryCommit commit)
    {
        Commit = commit;
        foreach (var made in commit.Changes[0].Where(static c => c.Status is 'A' or 'R' && c.IsFile))
            _byBlob.TryAdd(made.NewBlob, made);
    }

    internal HistoryCommit Commit { get; }

    /// <summary>The one that git's id says is a content, or the pointer to it.</summary>
    internal TreeChange? Named(FileDigest content, bool isSha256) =>
        _byBlob.GetValueOrDefault(content.Blob) ?? _byBlob.GetValueOrDefault(CommittedForm.PointerId(content, isSha256));

    /// <summary>SHA-256 of every one's content after each line end was made CR LF, and whether some are not here.</summary>
    internal async Task<(HashSet<string> Texts, bool IsPart)> NormalisedAsync(BlobReader blobs, CancellationToken cancellationToken)
    {
        if (_normalised is { } known)
            return known;
        var (texts, isPart) = (new HashSet<string>(StringComparer.Ordinal), false);
        foreach (var blob in _byBlob.Keys)
        {
            if (await blobs.ReadAsync(blob, cancellationToken).ConfigureAwait(false) is { } content)
                texts.Add(CommittedForm.Normalised(content.Span));
            else
                isPart = true;
        }

        return (_normalised = (texts, isPart)).Value;
    }
}
