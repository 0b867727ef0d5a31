using Colophon.Specs.Layout;

namespace Colophon.Specs.OpenSpec.Stores;

/// <summary>Finds the tree of a registered store.</summary>
internal static class StoreRoot
{
    /// <summary>What a store's folder turned out to be.</summary>
    /// <param name="Kind">Empty where it is usable, else <c>metadata error</c>, <c>metadata missing</c>, <c>metadata id mismatch</c> or <c>unhealthy root</c>.</param>
    /// <param name="Root">The folder without links, where it is usable.</param>
    /// <param name="Failure">Why it is not.</param>
    internal readonly record struct Finding(string Kind, string Root, OpenSpecFailure? Failure);

    /// <summary>The tree of the store with an id.</summary>
    /// <exception cref="OpenSpecFailure">There is no such store, or it cannot be used.</exception>
    internal static SpecTree Resolve(Session session, string id, string source)
    {
        StoreId.Check(id);
        var stores = new StoreRegistry(session).ReadOrEmpty();
        if (stores.Find(store => store.Id == id) is not { } entry)
        {
            throw stores.Count == 0
                ? new OpenSpecFailure(
                    $"Unknown store '{id}'. No stores are registered.", "no_registered_stores", $"Run openspec store setup {id} or openspec store register <path> first.", "store.id")
                : new OpenSpecFailure(
                    $"Unknown store '{id}'. Registered stores: {string.Join(", ", stores.Select(static store => store.Id))}.",
                    "unknown_store", "Pass a registered store id, or run openspec store list.", "store.id");
        }

        var finding = Inspect(entry);
        return finding.Failure is { } failure ? throw failure : SpecTree.At(finding.Root, source, id);
    }

    /// <summary>Looks at a registered store: who it says it is comes before how complete it is.</summary>
    internal static Finding Inspect(RegisteredStore entry)
    {
        var fix = $"Run openspec store doctor {entry.Id} to inspect it.";
        StoreMetadata? metadata;
        try
        {
            metadata = StoreMetadata.Read(entry.Root);
        }
        catch (OpenSpecFailure e)
        {
            return new Finding("metadata error", "", e);
        }

        if (metadata is null)
        {
            return new Finding("metadata missing", "", new OpenSpecFailure(
                $"Store '{entry.Id}' is missing identity metadata at {StoreMetadata.PathOf(entry.Root)}. {fix}", "store_identity_mismatch", fix, "store.metadata"));
        }

        if (metadata.Id != entry.Id)
        {
            return new Finding("metadata id mismatch", "", new OpenSpecFailure(
                $"Store '{entry.Id}' metadata id '{metadata.Id}' does not match its registered id. {fix}", "store_identity_mismatch", fix, "store.metadata"));
        }

        var inspection = TreeInspection.Of(entry.Root);
        return inspection.IsHealthy
            ? new Finding("", RealPaths.Of(entry.Root), null)
            : new Finding("unhealthy root", "", new OpenSpecFailure(
                $"Store '{entry.Id}' does not have a healthy OpenSpec root at {entry.Root}: {inspection.Problems ?? "OpenSpec root is missing or incomplete."} {fix}",
                "unhealthy_store_root", fix, "openspec.root"));
    }
}
