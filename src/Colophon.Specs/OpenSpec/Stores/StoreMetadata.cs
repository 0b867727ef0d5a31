using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Stores;

/// <summary>A store's own <c>.openspec-store/store.yaml</c>: who it is, and where it is cloned from.</summary>
internal sealed record StoreMetadata(string Id, string? Remote)
{
    internal const string Folder = ".openspec-store";
    internal const string RelativePath = $"{Folder}/store.yaml";

    private static readonly StoreState s_state = new("store metadata state", "invalid_store_metadata", "store.metadata", "Repair .openspec-store/store.yaml.");

    internal static string PathOf(string root) => $"{root}/{RelativePath}";

    /// <summary>Reads it; null where there is none.</summary>
    /// <exception cref="OpenSpecFailure">It is broken.</exception>
    internal static StoreMetadata? Read(string root)
    {
        var path = PathOf(root);
        if (!File.Exists(path))
            return null;
        var map = s_state.Read(path, static (map, check) =>
        {
            StoreState.Literal(map, "version", 1d, "1", check);
            check.Member<string>(map, "id", "string", required: true);
            StoreState.Optional(map, "remote", check);
            StoreState.NoOther(map, ["version", "id", "remote"], check);
        });
        return new StoreMetadata(StoreId.Check(map["id"] as string ?? ""), map.GetValueOrDefault("remote") as string);
    }

    /// <summary>Reads it; a broken one names its file in the advice.</summary>
    internal static StoreMetadata? ReadForChange(string root)
    {
        try
        {
            return Read(root);
        }
        catch (OpenSpecFailure e)
        {
            throw new OpenSpecFailure(e.Message, "invalid_store_metadata", $"Repair {PathOf(root)}.", "store.metadata");
        }
    }

    internal void Write(string root)
    {
        const int behindRemote = 8;
        UserFile.Write(PathOf(root), $"version: 1\nid: {YamlScalar.Write(Id)}\n{(Remote is null ? "" : $"remote: {YamlScalar.Write(Remote, behindRemote)}\n")}");
    }
}
