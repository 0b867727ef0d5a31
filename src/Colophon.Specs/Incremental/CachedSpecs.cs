using Colophon.Specs.Layout;
using Colophon.Specs.Validating;

namespace Colophon.Specs.Incremental;

/// <summary>Main specs that stay parsed from one validation to the next, as far as they fit.</summary>
internal sealed class CachedSpecs(SpecTree tree, Func<string, FileText> read, long limit) : MainSpecs(tree, read)
{
    private readonly BoundedCache<Box> _cache = new(limit);
    private readonly Lock _lock = new();

    internal long Bytes
    {
        get
        {
            lock (_lock)
                return _cache.Bytes;
        }
    }

    internal override FoundSpec Find(string id)
    {
        // Read under the lock: several threads that need one spec would parse it several times otherwise.
        lock (_lock)
        {
            if (_cache.Find(id) is { } known)
                return known.Found;
            var found = Read(id);
            _cache.Keep(id, new Box(found), 256 + (found.Spec is { } spec ? spec.Lines.Bytes : 0));
            return found;
        }
    }

    internal void Forget(string id)
    {
        lock (_lock)
            _cache.Remove(id);
    }

    internal void Clear()
    {
        lock (_lock)
            _cache.Clear();
    }

    private sealed record Box(FoundSpec Found);
}
