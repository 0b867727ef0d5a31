using Colophon.Specs.OpenSpec.Stores;

namespace Colophon.Specs.OpenSpec.Commands.Stores;

/// <summary><c>store unregister</c> and <c>store remove</c>: a store is forgotten, with or without its files.</summary>
internal static class StoreRemoval
{
    internal static void Unregister(Session session)
    {
        var id = StoreId.Check(session.Command.Arguments[0]);
        var registry = new StoreRegistry(session);
        var store = registry.ReadOrEmpty().Find(other => other.Id == id) ?? throw StoreRegistry.Unknown(id);
        registry.Remove(id);
        Answer(session, "Unregistered store", store, deleted: false, left: store.Root, []);
    }

    internal static void Remove(Session session)
    {
        var id = StoreId.Check(session.Command.Arguments[0]);
        var registry = new StoreRegistry(session);
        var store = registry.ReadOrEmpty().Find(other => other.Id == id) ?? throw StoreRegistry.Unknown(id);
        Confirm(session, id, store.Root);
        var exists = true;
        // The entry goes first: files that stay are found again, an entry without files is not.
        registry.Remove(id, (entry, others) =>
        {
            exists = IsSafeToDelete(entry.Root, id);
            if (exists)
                RefuseNested(entry.Root, id, others);
        });
        if (!exists)
        {
            Answer(session, "Removed store", store, deleted: false, left: null, [new Diagnostic("warning", "store_root_missing", "Store files were already missing.", "store.root")]);
            return;
        }

        try
        {
            Directory.Delete(store.Root, recursive: true);
            Answer(session, "Removed store", store, deleted: true, left: null, []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var problem = new Diagnostic(
                "warning", "store_files_left_on_disk", $"The registration was removed, but deleting {store.Root} failed ({NodeError.Describe(e, "rm", store.Root)}).", "store.root",
                $"Delete the folder manually: {store.Root}");
            Answer(session, "Removed store", store, deleted: false, left: null, [problem]);
        }
    }

    private static void Confirm(Session session, string id, string root)
    {
        if (session.Command.Has("--yes"))
            return;
        if (session.Json || !session.HasSomebodyToAsk)
        {
            throw new OpenSpecFailure(
                "Pass --yes to delete store files non-interactively.", "store_remove_confirmation_required", $"openspec store remove {id} --yes", "store.root");
        }

        if (Prompt.Confirm(session, $"Delete local store folder {StoreOutput.Short(session, root)}?", false) is not true)
        {
            throw new OpenSpecFailure(
                "Store remove cancelled.", "store_remove_cancelled", "Run \"openspec store unregister <id>\" if you only want to forget the local registration.", "store.root");
        }
    }

    private static bool IsSafeToDelete(string root, string id)
    {
        const string forget = "Run \"openspec store unregister <id>\" if you only want to forget this local registry entry.";
        if (!Path.Exists(root))
            return false;
        if (!Directory.Exists(root))
            throw new OpenSpecFailure($"Store path is not a directory: {root}", "store_remove_path_not_directory", forget, "store.root");
        var metadata = StoreMetadata.ReadForChange(root)
            ?? throw new OpenSpecFailure("Store remove refuses to delete a folder without store metadata.", "store_remove_metadata_missing", forget, "store.metadata");
        return metadata.Id == id ? true : throw new OpenSpecFailure(
            $"Store metadata id '{metadata.Id}' does not match requested id '{id}'.", "store_metadata_id_mismatch",
            "Repair the registry or run store unregister instead of deleting this folder.", "store.metadata");
    }

    private static void RefuseNested(string root, string id, List<RegisteredStore> others)
    {
        var folder = StoreRegistry.Comparable(root) + "/";
        var nested = others.FindAll(other => StoreRegistry.Comparable(other.Root).StartsWith(folder, StringComparison.Ordinal));
        if (nested.Count == 0)
            return;
        var one = nested.Count == 1;
        throw new OpenSpecFailure(
            $"Store remove refuses to delete {root}: it contains {(one ? "another registered store" : "other registered stores")}: {string.Join(", ", nested.Select(static other => $"'{other.Id}' ({other.Root})"))}.",
            "store_remove_contains_registered_store",
            $"Unregister or remove {(one ? "that store" : "those stores")} first ({string.Join(", then ", nested.Select(static other => $"openspec store unregister {other.Id}"))}), "
            + $"or run \"openspec store unregister {id}\" to forget '{id}' without deleting files.",
            "store.root");
    }

    private static void Answer(Session session, string title, RegisteredStore store, bool deleted, string? left, List<Diagnostic> status)
    {
        if (!session.Json)
        {
            session.Line($"{title}: {store.Id}");
            session.Line(deleted ? $"Deleted: {StoreOutput.Short(session, store.Root)}"
                : left is not null ? $"Files kept at: {StoreOutput.Short(session, left)}"
                : $"Files were already missing: {StoreOutput.Short(session, store.Root)}");
            StoreOutput.Notes(session, status);
            return;
        }

        session.WriteJson(json =>
        {
            json.BeginObject();
            json.Name("store");
            json.BeginObject();
            StoreOutput.WriteStore(json, store.Id, store.Root, withMetadata: true);
            json.EndObject();
            json.Name("registry");
            json.BeginObject();
            json.Text("path", new StoreRegistry(session).Path);
            json.Flag("removed", true);
            json.EndObject();
            json.Name("files");
            json.BeginObject();
            json.Flag("deleted", deleted);
            foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("deleted_path", deleted ? store.Root : null), ("left_on_disk", left)])
            {
                if (value is null)
                    json.Null(name);
                else
                    json.Text(name, value);
            }

            json.EndObject();
            Diagnostic.Write(json, "status", status);
            json.EndObject();
        });
    }
}
