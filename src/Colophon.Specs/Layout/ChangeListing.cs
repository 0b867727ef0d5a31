using Colophon.Specs.Ordering;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.Layout;

/// <summary>A change as <c>list</c> shows it.</summary>
internal sealed record ListedChange(string Name, int Done, int All, DateTimeOffset Modified, NestedChange? Nested)
{
    /// <summary><c>No tasks</c>, <c>✓ Complete</c> or <c>1/5 tasks</c>.</summary>
    internal string Status => TaskStatus(Done, All);

    internal static string TaskStatus(int done, int all) => all == 0 ? "No tasks" : done == all ? "✓ Complete" : $"{done}/{all} tasks";
}

/// <summary>Lists changes the way the CLI does: dot folders too, though nothing else sees them.</summary>
internal static class ChangeListing
{
    /// <summary>The changes, the last modified first or by name.</summary>
    internal static List<ListedChange> Read(SpecTree tree, bool byName)
    {
        var schemas = new SchemaLibrary(tree.Root);
        var changes = new List<ListedChange>();
        foreach (var (name, kind) in Listing.Read(tree.ChangesPath))
        {
            if (kind != EntryKind.Directory || name == "archive")
                continue;
            var directory = $"{tree.ChangesPath}/{name}";
            var (done, all) = TaskFiles.Progress(directory, schemas);
            changes.Add(new ListedChange(name, done, all, LastModified.Of(directory), NestedChanges.Find(tree.ChangesPath, name, schemas)));
        }

        return byName
            ? [.. changes.OrderBy(static change => change.Name, Comparer<string>.Create(RootOrder.Compare))]
            : [.. changes.OrderByDescending(static change => change.Modified)];
    }
}

/// <summary>Lists main specs with the number of their requirements; one that cannot be read has none.</summary>
internal static class SpecListing
{
    internal static List<(string Id, int Requirements)> Read(SpecTree tree)
    {
        var specs = new List<(string Id, int Requirements)>();
        foreach (var file in SpecFiles.Find(tree.SpecsPath))
        {
            var spec = FileText.Read(file.Path).Text is { } text ? MainSpec.Read(text, tree.Keywords) : null;
            specs.Add((file.Id, spec is { Refusal: null, Requirements: { } section } ? section.Children.Count : 0));
        }

        specs.Sort(static (a, b) => RootOrder.Compare(a.Id, b.Id));
        return specs;
    }
}
