using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;
using Colophon.Specs.Validating;

namespace Colophon.Specs.Checking.Conflicts;

/// <summary>Conflicts between the open changes of a tree.</summary>
public static class SpecConflicts
{
    /// <summary>Finds them.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>: the folder of changes cannot be listed.</exception>
    public static ConflictReport Find(SpecTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var schemas = new SchemaLibrary(tree.Root);
        var specs = new MainSpecs(tree, FileText.Read);
        var changes = new List<ChangeDeltas>();
        foreach (var name in tree.Changes)
        {
            if (Read(tree, name, schemas) is { Plans.Count: > 0 } deltas)
                changes.Add(deltas);
        }

        return new ConflictSearch(changes, id => specs.Find(id).Spec).Run();
    }

    private static ChangeDeltas? Read(SpecTree tree, string name, SchemaLibrary schemas)
    {
        try
        {
            var folder = new ChangeFolder($"{tree.ChangesPath}/{name}", FileText.Read, tree.Keywords);
            var plans = new SortedDictionary<string, DeltaPlan>(StringComparer.Ordinal);
            foreach (var (id, path) in folder.Deltas)
            {
                if (folder.Plan(path) is { Operations: > 0 } plan)
                    plans.Add(id, plan);
            }

            return new ChangeDeltas(name, folder.Metadata.Marker("retire_capabilities", schemas).Declared, plans);
        }
        catch (SpecException)
        {
            // Validation tells what cannot be read.
            return null;
        }
    }
}
