using System.Text;
using Colophon.Specs.Layout;
using Colophon.Specs.Ordering;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Stores;

/// <summary>A store this machine knows.</summary>
internal sealed record RegisteredStore(string Id, string Root, string? Remote, string? Branch)
{
    /// <summary>Whether both are one checkout, whatever its remote.</summary>
    internal bool IsSameCheckout(RegisteredStore other) => StoreRegistry.Comparable(Root) == StoreRegistry.Comparable(other.Root) && Branch == other.Branch;
}

/// <summary>The machine's list of stores, <c>stores/registry.yaml</c> below the person's data.</summary>
internal sealed class StoreRegistry(Session session)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    internal string Path { get; } = $"{UserFolders.Data(session)}/stores/registry.yaml";

    /// <summary>A path as two are compared: links resolved.</summary>
    internal static string Comparable(string path) => RealPaths.Of(System.IO.Path.GetFullPath(path));

    /// <summary>The stores by id; null where there is no list.</summary>
    /// <exception cref="OpenSpecFailure">The list is broken.</exception>
    internal List<RegisteredStore>? Read()
    {
        if (!File.Exists(Path))
            return null;
        var state = new StoreState("store registry state", "invalid_store_registry", "store.registry", $"Repair or remove {Path}.");
        var map = state.Read(Path, Check);
        var stores = new List<RegisteredStore>();
        foreach (var (id, entry) in map["stores"] as Dictionary<string, object?> ?? [])
        {
            if (!KebabName.Is(id))
                throw new OpenSpecFailure($"Invalid store id: '{id}': {StoreId.Rule}", "invalid_store_registry", $"Repair or remove {Path}.", "store.registry");
            var backend = (entry as Dictionary<string, object?>)?["backend"] as Dictionary<string, object?> ?? [];
            stores.Add(new RegisteredStore(id, backend["local_path"] as string ?? "", backend.GetValueOrDefault("remote") as string, backend.GetValueOrDefault("branch") as string));
        }

        stores.Sort(static (a, b) => RootOrder.Compare(a.Id, b.Id));
        return stores;
    }

    internal List<RegisteredStore> ReadOrEmpty() => Read() ?? [];

    /// <summary>Refuses an id or a folder that is another store's.</summary>
    internal static void RefuseConflict(List<RegisteredStore> stores, string id, string root)
    {
        var path = Comparable(root);
        foreach (var store in stores)
        {
            var same = Comparable(store.Root) == path;
            if (store.Id == id && !same)
            {
                throw new OpenSpecFailure(
                    $"Store '{id}' is already registered at {store.Root}. One checkout per store id is supported on this machine.",
                    "store_id_conflict",
                    $"Use the existing registration, or run openspec store unregister {id} first to switch this id to a different checkout.",
                    "store.id");
            }

            if (store.Id != id && same)
            {
                throw new OpenSpecFailure(
                    $"Store path is already registered as '{store.Id}'.", "store_path_conflict", $"Use the existing '{store.Id}' registration or choose a different path.", "store.root");
            }
        }
    }

    /// <summary>Adds a store or replaces it.</summary>
    internal void Put(RegisteredStore store) => Update(stores =>
    {
        RefuseConflict(stores, store.Id, store.Root);
        stores.RemoveAll(other => other.Id == store.Id);
        stores.Add(store);
    });

    /// <summary>Takes a store away, once nothing objects.</summary>
    internal void Remove(string id, Action<RegisteredStore, List<RegisteredStore>>? check = null) => Update(stores =>
    {
        var store = stores.Find(other => other.Id == id) ?? throw Unknown(id);
        stores.Remove(store);
        check?.Invoke(store, stores);
    });

    internal static OpenSpecFailure Unknown(string id) => new($"Unknown store '{id}'", "store_not_found", "Run openspec store list to see registered stores.", "store.id");

    private static void Check(Dictionary<string, object?> map, ShapeCheck check)
    {
        StoreState.Literal(map, "version", 1d, "1", check);
        check.Member<Dictionary<string, object?>>(map, "stores", "record", required: true, stores =>
        {
            foreach (var id in stores.Keys)
            {
                check.Member<Dictionary<string, object?>>(stores, id, "object", required: true, store =>
                {
                    check.Member<Dictionary<string, object?>>(store, "backend", "object", required: true, backend =>
                    {
                        StoreState.Literal(backend, "type", "git", "\"git\"", check);
                        check.Member<string>(backend, "local_path", "string", required: true, path => check.NotEmpty(path));
                        StoreState.Optional(backend, "remote", check);
                        StoreState.Optional(backend, "branch", check);
                        StoreState.NoOther(backend, ["type", "local_path", "remote", "branch"], check);
                    });
                    StoreState.NoOther(store, ["backend"], check);
                });
            }
        });
        StoreState.NoOther(map, ["version", "stores", "repos"], check);
    }

    private void Update(Action<List<RegisteredStore>> change) =>
        new StateLock(Path, "the registry lock file", "Store registry is busy.", "store_registry_busy", "store.registry").Run(() =>
        {
            var stores = ReadOrEmpty();
            change(stores);
            UserFile.Write(Path, Text(stores), Private);
        });

    private static string Text(List<RegisteredStore> stores)
    {
        var text = new StringBuilder("version: 1\nstores:");
        if (stores.Count == 0)
            return text.Append(" {}\n").ToString();
        text.Append('\n');
        const int behindPath = 12;
        const int indent = 8;
        foreach (var store in stores.OrderBy(static store => store.Id, Comparer<string>.Create(RootOrder.Compare)))
        {
            text.Append($"  {YamlScalar.Write(store.Id)}:\n    backend:\n      type: git\n      local_path: {YamlScalar.Write(store.Root, behindPath, indent)}\n");
            if (store.Remote is not null)
                text.Append($"      remote: {YamlScalar.Write(store.Remote, "remote: ".Length, indent)}\n");
            if (store.Branch is not null)
                text.Append($"      branch: {YamlScalar.Write(store.Branch, "branch: ".Length, indent)}\n");
        }

        return text.ToString();
    }
}
