using Colophon.Specs.Ordering;

namespace Colophon.Specs.Incremental;

/// <summary>The items of a tree in the order of OpenSpec's report, and which changes touch which main spec.</summary>
internal sealed class ItemTable
{
    private static readonly Comparer<ValidatedItem> s_order = Comparer<ValidatedItem>.Create(static (a, b) =>
        RootOrder.Compare(a.Id, b.Id) is not 0 and var order ? order
        : a.Kind != b.Kind ? a.Kind.CompareTo(b.Kind)
        : string.CompareOrdinal(a.Id, b.Id));

    private readonly Dictionary<string, ValidatedItem> _changes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ValidatedItem> _specs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<ValidatedItem>> _touching = new(StringComparer.Ordinal);
    private readonly List<ValidatedItem> _ordered = [];

    /// <summary>Every item in the report's order.</summary>
    internal IReadOnlyList<ValidatedItem> Ordered => _ordered;

    internal IEnumerable<ValidatedItem> Changes => _changes.Values;

    internal IEnumerable<ValidatedItem> Specs => _specs.Values;

    internal ValidatedItem? Find(ItemKind kind, string id) => Of(kind).GetValueOrDefault(id);

    internal ValidatedItem Add(ItemKind kind, string id)
    {
        if (Find(kind, id) is { } known)
            return known;
        var item = new ValidatedItem(id, kind);
        Of(kind).Add(id, item);
        var at = _ordered.BinarySearch(item, s_order);
        _ordered.Insert(at < 0 ? ~at : at, item);
        return item;
    }

    internal ValidatedItem? Remove(ItemKind kind, string id)
    {
        if (!Of(kind).Remove(id, out var item))
            return null;
        _ordered.RemoveAt(_ordered.BinarySearch(item, s_order));
        SetTargets(item, []);
        return item;
    }

    /// <summary>Adds many at once: sorted in the end instead of one by one.</summary>
    internal List<ValidatedItem> AddAll(ItemKind kind, IEnumerable<string> ids)
    {
        var added = new List<ValidatedItem>();
        foreach (var id in ids)
        {
            var item = new ValidatedItem(id, kind);
            if (Of(kind).TryAdd(id, item))
                added.Add(item);
        }

        _ordered.AddRange(added);
        _ordered.Sort(s_order);
        return added;
    }

    internal void SetTargets(ValidatedItem change, IReadOnlyList<string> targets)
    {
        foreach (var id in change.Targets)
        {
            if (_touching.TryGetValue(id, out var items) && items.Remove(change) && items.Count == 0)
                _touching.Remove(id);
        }

        change.Targets = targets;
        foreach (var id in targets)
        {
            if (!_touching.TryGetValue(id, out var items))
                _touching.Add(id, items = []);
            items.Add(change);
        }
    }

    /// <summary>The changes that touch a main spec, whether it exists or not.</summary>
    internal IEnumerable<ValidatedItem> Touching(string id) => _touching.TryGetValue(id, out var items) ? items : [];

    /// <summary>The ids that changes touch, at or below a folder of <c>specs/</c>.</summary>
    internal List<string> TouchedBelow(string folder) => [.. _touching.Keys.Where(id => IsBelow(id, folder))];

    /// <summary>The ids of main specs at or below a folder of <c>specs/</c>.</summary>
    internal List<string> SpecsBelow(string folder) => [.. _specs.Keys.Where(id => IsBelow(id, folder))];

    internal static bool IsBelow(string id, string folder) =>
        id.StartsWith(folder, StringComparison.Ordinal) && (id.Length == folder.Length || id[folder.Length] == '/');

    private Dictionary<string, ValidatedItem> Of(ItemKind kind) => kind == ItemKind.Change ? _changes : _specs;
}
