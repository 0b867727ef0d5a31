using Colophon.Kernel.Git;

namespace Colophon.Provenance.Attribution.Lines;

/// <summary>The lines of blobs, read once and kept while they fit; the least recently used go first.</summary>
internal sealed class LineSource(GitRepository repository) : IAsyncDisposable
{
    private const int MaxKept = 3_000_000;

    private readonly BlobReader _blobs = new(repository);
    private readonly Dictionary<string, LinkedListNode<(string Id, FileLines Lines)>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Id, FileLines Lines)> _recent = new();
    private int _kept;

    /// <summary>A content that was asked for and is not here; null where there is none.</summary>
    public string? Missing { get; private set; }

    public async ValueTask<FileLines> ReadAsync(string blob, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(blob, out var node))
        {
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Lines;
        }

        var content = await _blobs.ReadAsync(blob, cancellationToken).ConfigureAwait(false);
        var lines = content is { } bytes ? FileLines.Of(bytes.Span) : FileLines.Left(SkipReason.Missing);
        Add(blob, lines);
        return lines;
    }

    /// <summary>Makes lines known that git does not hold yet.</summary>
    public void Add(string blob, FileLines lines)
    {
        if (lines.Skipped == SkipReason.Missing)
            Missing = blob;
        if (_known.ContainsKey(blob))
            return;
        _known[blob] = _recent.AddFirst((blob, lines));
        _kept += lines.Keys.Length + 16;
        while (_kept > MaxKept && _recent.Last is { } last && _recent.Count > 1)
        {
            _recent.RemoveLast();
            _known.Remove(last.Value.Id);
            _kept -= last.Value.Lines.Keys.Length + 16;
        }
    }

    public ValueTask DisposeAsync() => _blobs.DisposeAsync();
}
