namespace Colophon.Specs.Incremental;

/// <summary>Keeps what was read while it fits into so many bytes; what was not asked for the longest goes first. Not safe for several threads.</summary>
internal sealed class BoundedCache<TValue>(long limit)
    where TValue : class
{
    private readonly Dictionary<string, LinkedListNode<(string Key, TValue Value, long Bytes)>> _nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, TValue Value, long Bytes)> _recent = new();

    /// <summary>What is kept, in bytes.</summary>
    internal long Bytes { get; private set; }

    internal TValue? Find(string key)
    {
        if (!_nodes.TryGetValue(key, out var node))
            return null;
        _recent.Remove(node);
        _recent.AddFirst(node);
        return node.Value.Value;
    }

    /// <summary>Keeps a value, or takes note of another size of one that is kept.</summary>
    internal void Keep(string key, TValue value, long bytes)
    {
        Remove(key);
        _nodes.Add(key, _recent.AddFirst((key, value, bytes)));
        Bytes += bytes;
        // The newest stays even where it alone is too big: it is in use.
        while (Bytes > limit && _recent.Last is { } last && last != _recent.First)
            Remove(last.Value.Key);
    }

    internal void Remove(string key)
    {
        if (!_nodes.Remove(key, out var node))
            return;
        _recent.Remove(node);
        Bytes -= node.Value.Bytes;
    }

    internal void Clear()
    {
        _nodes.Clear();
        _recent.Clear();
        Bytes = 0;
    }
}
