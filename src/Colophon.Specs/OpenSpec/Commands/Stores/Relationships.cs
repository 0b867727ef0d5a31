using Colophon.Specs.OpenSpec.Stores;
using Colophon.Specs.OpenSpec.Workflow;

namespace Colophon.Specs.OpenSpec.Commands.Stores;

/// <summary>What a tree relates to: itself, the stores it refers to, and the list of stores; for <c>doctor</c> and <c>context</c>.</summary>
internal sealed record Relationships(SpecTree Tree, TreeInspection Inspection, List<ReferencedStore> References, int Declared, bool RegistryUnreadable)
{
    internal static Relationships Read(Session session, SpecTree tree)
    {
        var stores = OpenSpec.Stores.References.Snapshot(session);
        var config = ProjectConfig.Read(tree.Root, session.ErrorLine);
        var references = OpenSpec.Stores.References.Read(session, tree, config.References, stores, withSpecs: false);
        return new Relationships(tree, TreeInspection.Of(tree.Root), references, config.References.Count, stores is null);
    }

    /// <summary>The note about a list of stores that cannot be read.</summary>
    internal IEnumerable<Diagnostic> Status => RegistryUnreadable
        ? [new Diagnostic("warning", "relationship_registry_unreadable", "The store registry is unreadable; reference health cannot be checked.", "relationships", "Run: openspec store doctor")]
        : [];
}
