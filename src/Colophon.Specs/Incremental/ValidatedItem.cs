namespace Colophon.Specs.Incremental;

/// <summary>One change or main spec, its latest findings, and what they hang on.</summary>
internal sealed class ValidatedItem(string id, ItemKind kind)
{
    internal string Id { get; } = id;

    internal ItemKind Kind { get; } = kind;

    /// <summary>The findings; null before the first validation.</summary>
    internal ValidationItem? Findings { get; set; }

    /// <summary>A change's tasks in short.</summary>
    internal TaskMarks Tasks { get; set; } = TaskMarks.None;

    /// <summary>The main specs that a change touches.</summary>
    internal IReadOnlyList<string> Targets { get; set; } = [];

    /// <summary>The change's folder holds symbolic links, so a file anywhere may be one of its own.</summary>
    internal bool HasLinks { get; set; }
}

/// <summary>A finished validation of one item, beside the one before.</summary>
/// <param name="Item">The item as it is now.</param>
/// <param name="Before">The findings before; null where the item is new.</param>
/// <param name="TasksBefore">The tasks before.</param>
/// <param name="Gone">The item is there no longer.</param>
internal readonly record struct ItemUpdate(ValidatedItem Item, ValidationItem? Before, TaskMarks TasksBefore, bool Gone);
