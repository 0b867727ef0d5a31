using Colophon.Specs.Parsing;

namespace Colophon.Specs.Merging;

/// <summary>A requirement as the merge holds it: a block of a file, under another header where it was renamed.</summary>
internal sealed record MergedBlock(RequirementBlock Source, string Name, string? Header = null)
{
    /// <summary>The text that is written.</summary>
    internal string Raw
    {
        get
        {
            if (Header is null)
                return Source.Raw;
            var raw = Source.RawSpan;
            var end = raw.IndexOf('\n');
            return end < 0 ? Header : $"{Header}{raw[end..]}";
        }
    }

    /// <summary>Whether the text is the same as a delta's.</summary>
    internal bool SameAs(RequirementBlock block) =>
        Header is null ? Source.RawSpan.SequenceEqual(block.RawSpan) : Js.TrimEnd(Raw).SequenceEqual(block.RawSpan);
}

/// <summary>The requirements of a spec while a delta is applied: by name in insertion order, and by folded name for near misses.</summary>
internal sealed class MergeTable
{
    private sealed class Row(MergedBlock block, string fold, long order)
    {
        internal MergedBlock Block { get; set; } = block;

        internal string Fold { get; } = fold;

        internal long Order { get; } = order;
    }

    private readonly Dictionary<string, Row> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _byFold = new(StringComparer.Ordinal);
    private long _order;

    internal MergeTable(List<RequirementBlock> blocks)
    {
        // A later block of the same name takes the place of the first, as in the CLI's map.
        foreach (var block in blocks)
            Set(block.Key, new MergedBlock(block, block.Name));
    }

    /// <summary>The names with their blocks, in the order in which the names came.</summary>
    internal IEnumerable<KeyValuePair<string, MergedBlock>> InOrder =>
        _byKey.OrderBy(static pair => pair.Value.Order).Select(static pair => KeyValuePair.Create(pair.Key, pair.Value.Block));

    internal bool Contains(string key) => _byKey.ContainsKey(key);

    internal MergedBlock? Find(string key) => _byKey.TryGetValue(key, out var row) ? row.Block : null;

    internal void Set(string key, RequirementBlock block) => Set(key, new MergedBlock(block, block.Name));

    internal void Rename(string from, string to)
    {
        if (!_byKey.TryGetValue(from, out var row))
            return;
        Remove(from);
        Set(to, new MergedBlock(row.Block.Source, to, row.Block.Source.HeaderFor(to)));
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
                return _byKey[candidate].Block.Name;
        }

        return null;
    }

    private void Set(string key, MergedBlock block)
    {
        if (_byKey.TryGetValue(key, out var old))
        {
            old.Block = block;
            return;
        }

        var fold = NameFold.Of(key);
        _byKey.Add(key, new Row(block, fold, _order++));
        if (!_byFold.TryGetValue(fold, out var keys))
            _byFold.Add(fold, keys = []);
        keys.Add(key);
    }
}
