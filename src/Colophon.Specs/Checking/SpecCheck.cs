using Colophon.Specs.Layout;

namespace Colophon.Specs.Checking;

/// <summary>What is checked of a tree.</summary>
public sealed record CheckOptions
{
    /// <summary>The changes, or null for every open one.</summary>
    public IReadOnlyList<string>? Changes { get; init; }

    /// <summary>The main specs, or null for all.</summary>
    public IReadOnlyList<string>? Specs { get; init; }

    /// <summary>Whether warnings make an item invalid.</summary>
    public bool Strict { get; init; }
}

/// <summary>What was found about one change or main spec.</summary>
/// <param name="Id">The change's name or the spec's id.</param>
/// <param name="Kind">Which of them it is.</param>
/// <param name="Valid">No errors; in strict mode no warnings either.</param>
/// <param name="Findings">The findings, by file and line.</param>
public sealed record CheckedItem(string Id, ItemKind Kind, bool Valid, IReadOnlyList<SpecFinding> Findings);

/// <summary>What was found in a tree.</summary>
/// <param name="Items">The changes and main specs in order.</param>
public sealed record CheckReport(IReadOnlyList<CheckedItem> Items)
{
    /// <summary>Whether every item is valid.</summary>
    public bool Valid => Items.All(static item => item.Valid);

    /// <summary>The same report with more findings about some items.</summary>
    /// <param name="more">The findings by the change they are about.</param>
    /// <param name="strict">Whether warnings make an item invalid.</param>
    public CheckReport With(IReadOnlyDictionary<string, IReadOnlyList<SpecFinding>> more, bool strict)
    {
        ArgumentNullException.ThrowIfNull(more);
        return new CheckReport([.. Items.Select(item => item.Kind == ItemKind.Change && more.TryGetValue(item.Id, out var extra) && extra.Count > 0
            ? SpecCheck.Item(item.Id, item.Kind, [.. item.Findings.Concat(extra).OrderBy(static f => f.Path, StringComparer.Ordinal).ThenBy(static f => f.Line)], strict)
            : item)]);
    }
}

/// <summary>Colophon's own validation: OpenSpec's rules, what OpenSpec lets through, and what archive would refuse; each with code, place and hint.</summary>
public static class SpecCheck
{
    /// <summary>Checks a tree.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.ChangeNotFound"/>, <see cref="SpecError.SpecNotFound"/>, or <see cref="SpecError.Unreadable"/>: a folder of the tree itself cannot be listed.</exception>
    public static CheckReport Run(SpecTree tree, CheckOptions options)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(options);
        var run = new CheckRun(tree, FileText.Read);
        var items = new List<CheckedItem>();
        foreach (var name in options.Changes ?? tree.Changes)
        {
            if (!tree.IsActive(name))
            {
                try
                {
                    _ = tree.Change(name);
                }
                catch (SpecException e) when (options.Changes is null && e.Error == SpecError.Unreadable)
                {
                    items.Add(Unreadable(name, ItemKind.Change, $"openspec/changes/{name}", e.Message, e.Hint, options.Strict));
                    continue;
                }
            }

            items.Add(Item(name, ItemKind.Change, run.Change(name), options.Strict));
        }

        var known = options.Specs is null ? null : tree.Specs;
        foreach (var id in options.Specs ?? tree.Specs)
        {
            if (known is not null && !known.Contains(id))
                _ = tree.Spec(id);
            items.Add(Item(id, ItemKind.Spec, run.Spec(id), options.Strict));
        }

        return new CheckReport(items);
    }

    /// <summary>An item of which nothing can be said but that it cannot be read.</summary>
    public static CheckedItem Unreadable(string id, ItemKind kind, string path, string message, string? hint, bool strict)
    {
        var found = new List<SpecFinding>();
        new FileFindings(path, null, found).Add(SpecRule.ItemUnreadable, IssueLevel.Error, 0, message, hint ?? RuleTable.HintOf(SpecRule.ItemUnreadable));
        return Item(id, kind, found, strict);
    }

    internal static CheckedItem Item(string id, ItemKind kind, IReadOnlyList<SpecFinding> findings, bool strict) =>
        new(id, kind, !findings.Any(finding => finding.Level == IssueLevel.Error || (strict && finding.Level == IssueLevel.Warning)), findings);
}
