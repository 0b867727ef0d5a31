namespace Colophon.Specs.Incremental;

/// <summary>What was found out about an item.</summary>
/// <param name="Findings">The findings; null before the first validation.</param>
/// <param name="Tasks">A change's tasks in short.</param>
/// <param name="Text">A main spec's text, as a hash; 0 where it cannot be read.</param>
internal readonly record struct ItemState(ValidationItem? Findings, TaskMarks Tasks, int Text);

/// <summary>One change or main spec, its latest findings, and what they hang on.</summary>
internal sealed class ValidatedItem(string id, ItemKind kind)
{
    internal string Id { get; } = id;

    internal ItemKind Kind { get; } = kind;

    internal ItemState State { get; set; } = new(null, TaskMarks.None, 0);

    /// <summary>The main specs that a change touches.</summary>
    internal IReadOnlyList<string> Targets { get; set; } = [];

    /// <summary>The change's folder holds symbolic links, so a file anywhere may be one of its own.</summary>
    internal bool HasLinks { get; set; }
}

/// <summary>A finished validation of one item, beside the one before.</summary>
/// <param name="Item">The item as it is now.</param>
/// <param name="Before">What was known before; without findings where the item is new.</param>
/// <param name="Gone">The item is there no longer.</param>
internal readonly record struct ItemUpdate(ValidatedItem Item, ItemState Before, bool Gone);
