using Colophon.Specs.Ordering;
using Colophon.Specs.Validating;

namespace Colophon.Specs;

/// <summary>Whether an item of a report is a change or a main spec.</summary>
public enum ItemKind
{
    /// <summary>A change.</summary>
    Change,

    /// <summary>A main spec.</summary>
    Spec,
}

/// <summary>One finding of the validation, in OpenSpec's words.</summary>
/// <param name="Level">How much it weighs.</param>
/// <param name="Path">Where: a file relative to the item, <c>file</c>, or a place in the spec such as <c>requirements[0]</c>.</param>
/// <param name="Line">The line, counted from 1, where the finding has one.</param>
/// <param name="Message">OpenSpec's message, word for word.</param>
/// <param name="Code">Our stable name of the rule, such as <c>delta-duplicate</c>; not part of OpenSpec's output.</param>
public sealed record ValidationIssue(IssueLevel Level, string Path, int? Line, string Message, string Code)
{
    /// <summary>The line where it stands, also where OpenSpec does not tell it; 0 where it concerns the whole file.</summary>
    internal int At { get; init; }
}

/// <summary>The findings about one change or spec.</summary>
public sealed record ValidationItem
{
    /// <summary>The change's name or the spec's id.</summary>
    public required string Id { get; init; }

    /// <summary>What the item is.</summary>
    public required ItemKind Kind { get; init; }

    /// <summary>No errors; in strict mode no warnings either.</summary>
    public required bool Valid { get; init; }

    /// <summary>The findings in OpenSpec's order.</summary>
    public required IReadOnlyList<ValidationIssue> Issues { get; init; }

    /// <summary>How long the item took, in whole milliseconds.</summary>
    public long DurationMilliseconds { get; init; }
}

/// <summary>The outcome of a validation.</summary>
/// <param name="Items">The items in OpenSpec's order.</param>
/// <param name="Kinds">The kinds that were asked for; OpenSpec's summary has a line for each.</param>
public sealed record ValidationReport(IReadOnlyList<ValidationItem> Items, IReadOnlyList<ItemKind> Kinds)
{
    /// <summary>Whether every item is valid.</summary>
    public bool Valid => Items.All(static item => item.Valid);
}

/// <summary>OpenSpec's validation: same rules, levels, order and words.</summary>
public static class Validation
{
    /// <summary>Validates one change.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.ChangeNotFound"/>.</exception>
    public static ValidationReport Change(SpecTree tree, string name, bool strict = false)
    {
        if (!tree.IsActive(name))
            _ = tree.Change(name);
        return new ValidationReport([new ValidationRun(tree, strict).Change(name)], [ItemKind.Change]);
    }

    /// <summary>Validates one main spec.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.SpecNotFound"/>.</exception>
    public static ValidationReport Spec(SpecTree tree, string id, bool strict = false)
    {
        if (!tree.Specs.Contains(id))
            _ = tree.Spec(id);
        return new ValidationReport([new ValidationRun(tree, strict).Spec(id)], [ItemKind.Spec]);
    }

    /// <summary>Validates every active change and every main spec. What cannot be read is a finding about its item.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>: a folder of the tree itself cannot be listed.</exception>
    public static ValidationReport All(SpecTree tree, bool strict = false) => Bulk(tree, tree.Changes, tree.Specs, strict, [ItemKind.Change, ItemKind.Spec]);

    /// <summary>Validates every active change.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    public static ValidationReport Changes(SpecTree tree, bool strict = false) => Bulk(tree, tree.Changes, [], strict, [ItemKind.Change]);

    /// <summary>Validates every main spec.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    public static ValidationReport Specs(SpecTree tree, bool strict = false) => Bulk(tree, [], tree.Specs, strict, [ItemKind.Spec]);

    private static ValidationReport Bulk(SpecTree tree, IReadOnlyList<string> changes, IReadOnlyList<string> specs, bool strict, IReadOnlyList<ItemKind> kinds)
    {
        var run = new ValidationRun(tree, strict);
        var items = new ValidationItem[changes.Count + specs.Count];
        for (var i = 0; i < changes.Count; i++)
            items[i] = run.Change(changes[i]);
        for (var i = 0; i < specs.Count; i++)
            items[changes.Count + i] = run.Spec(specs[i]);
        var order = items.OrderBy(static item => item.Id, Comparer<string>.Create(RootOrder.Compare)).ToArray();
        return new ValidationReport(order, kinds);
    }
}
