using Colophon.Specs.Parsing;

namespace Colophon.Specs.Validating;

/// <summary>The requirements of a spec while a delta is applied: by name, and by folded name in insertion order for near misses.</summary>
internal sealed class MergeTable
{
    private readonly record struct Row(RequirementBlock Block, string Name, string Fold);

    private readonly Dictionary<string, Row> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _byFold = new(StringComparer.Ordinal);

    internal MergeTable(List<RequirementBlock> blocks)
    {
        // A later block of the same name takes the place of the first, as in the CLI's map.
        foreach (var block in blocks)
            Add(block);
    }

    internal bool Contains(string key) => _byKey.ContainsKey(key);

    internal RequirementBlock? Find(string key) => _byKey.TryGetValue(key, out var row) ? row.Block : null;

    internal void Add(RequirementBlock block) => Set(block.Key, block, block.Name);

    internal void Replace(string key, RequirementBlock block) => Set(key, block, block.Name);

    internal void Rename(string from, string to)
    {
        if (!_byKey.TryGetValue(from, out var row))
            return;
        Remove(from);
        Set(to, row.Block, to);
    }

    internal bool Remove(string key)
    {
        if (!_byKey.Remove(key, out var row))
            return false;
        _byFold[row.Fold].Remove(key);
        return true;
    }

    /// <summary>The name of the first requirement, other than <paramref name="except"/>, that equals <paramref name="key"/> when folded.</summary>
    internal string? NearMiss(string key, string? except = null)
    {
        if (!_byFold.TryGetValue(NameFold.Of(key), out var keys))
            return null;
        foreach (var candidate in keys)
        {
            if (candidate != except)
                return _byKey[candidate].Name;
        }

        return null;
    }

    private void Set(string key, RequirementBlock block, string name)
    {
        if (_byKey.TryGetValue(key, out var old))
        {
            _byKey[key] = old with { Block = block, Name = name };
            return;
        }

        var fold = NameFold.Of(key);
        _byKey.Add(key, new Row(block, name, fold));
        if (!_byFold.TryGetValue(fold, out var keys))
            _byFold.Add(fold, keys = []);
        keys.Add(key);
    }
}
