using Colophon.Specs.OpenSpec.Stores;

namespace Colophon.Specs.OpenSpec.Commands.Stores;

/// <summary><c>store register</c>: a tree that is there becomes a store that this machine knows.</summary>
internal static class StoreRegister
{
    internal static void Run(Session session)
    {
        var path = session.Command.Argument(0);
        if (string.IsNullOrWhiteSpace(path))
            throw new OpenSpecFailure("Pass a store path.", "store_path_required", "openspec store register /path/to/store", "store.root");
        var root = StoreMutation.Resolve(session, path);
        CheckRoot(root);
        var metadata = StoreMetadata.ReadForChange(root);
        var asked = session.Command.Value("--id") is { } given ? StoreId.Check(given) : null;
        var registry = new StoreRegistry(session);
        if (metadata is not null && asked is not null && metadata.Id != asked)
            throw Mismatch(registry, metadata.Id, asked, root);
        var id = metadata?.Id ?? asked ?? StoreId.Check(Path.GetFileName(root));
        if (metadata is null)
            Confirm(session, id, root);
        var store = StoreMutation.Observe(id, root);
        StoreRegistry.RefuseConflict(registry.ReadOrEmpty(), id, store.Root);
        if (metadata is null)
            new StoreMetadata(id, null).Write(store.Root);
        var (registered, was) = StoreMutation.Register(session, store);
        new StoreMutation(store)
        {
            Registered = registered,
            WasRegistered = was,
            IsRepository = StoreGit.IsRepository(root),
            Created = metadata is null ? [StoreMetadata.RelativePath] : [],
            Canonical = metadata?.Remote,
        }.Answer(session, "Store registered");
    }

    private static void CheckRoot(string root)
    {
        if (!Directory.Exists(root))
        {
            throw File.Exists(root)
                ? new OpenSpecFailure($"Store path is not a directory: {root}", "store_path_not_directory", "Pass an existing store directory.", "store.root")
                : new OpenSpecFailure($"Store path does not exist: {root}", "store_path_missing", "Clone or create the store folder before registering it.", "store.root");
        }

        StoreMutation.RefusePointer(root);
        var inspection = TreeInspection.Of(root);
        if (inspection.IsHealthy)
            return;
        var isEmptyClone = StoreGit.IsRepository(root) && new StoreGit(root).HasCommits == false;
        throw new OpenSpecFailure(
            $"Store register requires an existing healthy OpenSpec root. {inspection.Problems ?? "The OpenSpec root is missing or incomplete."}"
            + (isEmptyClone ? " This folder is a Git repository with no commits — if it is a clone, the origin store needs an initial commit before the clone has any files." : ""),
            "store_register_root_unhealthy",
            isEmptyClone
                ? "If this is a store clone: commit and push the origin store, pull it into this clone, then rerun register."
                : "Run openspec store setup for a new store, or point register at a checkout whose openspec/ files are present.",
            "openspec.root");
    }

    private static OpenSpecFailure Mismatch(StoreRegistry registry, string id, string asked, string root)
    {
        var elsewhere = registry.ReadOrEmpty().Find(store => store.Id == id) is { } store && StoreRegistry.Comparable(store.Root) != StoreRegistry.Comparable(root);
        return new OpenSpecFailure(
            $"Store metadata id '{id}' does not match --id '{asked}'. The id comes from the store's committed .openspec-store/store.yaml.",
            "store_metadata_id_mismatch",
            elsewhere
                ? $"One checkout per store id is supported, and '{id}' is already registered. Run openspec store unregister {id} first to register this checkout instead."
                : $"Use --id {id} or register a different folder.",
            "store.id");
    }

    private static void Confirm(Session session, string id, string root)
    {
        if (session.Command.Has("--yes"))
            return;
        var question = $"Turn this OpenSpec root into store '{id}'?";
        if (session.Json || !session.HasSomebodyToAsk)
        {
            throw new OpenSpecFailure(
                question, "store_register_identity_confirmation_required", $"Run interactively or pass --yes to create {StoreMetadata.PathOf(root)}.", "store.metadata");
        }

        if (Prompt.Confirm(session, question, false) is not true)
            throw new OpenSpecFailure("Store register cancelled.", "store_register_cancelled", "Rerun register when you are ready to create store identity metadata.", "store.metadata");
    }
}
