using Colophon.Specs.Incremental;

namespace Colophon.Specs.Watching;

/// <summary>Changes that were read whole, as far as they fit.</summary>
internal sealed class ReadChanges(SpecTree tree, long limit)
{
    private readonly BoundedCache<Change> _cache = new(limit);
    private readonly Lock _lock = new();
    private long _edits;

    internal Change Read(string name)
    {
        long edits;
        lock (_lock)
        {
            if (_cache.Find(name) is { } known)
                return known;
            edits = _edits;
        }

        var change = tree.Change(name);
        lock (_lock)
        {
            // What was edited while it was read may be the old text. Archived changes are not told of.
            if (edits == _edits && !change.IsArchived)
                _cache.Keep(name, change, Bytes(change));
        }

        return change;
    }

    internal void Forget(string name)
    {
        lock (_lock)
        {
            _edits++;
            _cache.Remove(name);
        }
    }

    private static long Bytes(Change change) =>
        1024 + 2L * ((change.Proposal?.Text.Length ?? 0) + (change.Design?.Length ?? 0) + change.Tasks.Items.Sum(static task => task.Text.Length + 100) + change.Deltas.Sum(static delta => 3 * delta.Markdown.Length));
}
