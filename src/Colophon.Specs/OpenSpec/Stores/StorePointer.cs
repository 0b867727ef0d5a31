using Colophon.Specs.Layout;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Stores;

/// <summary>The <c>store:</c> line of a configuration: where the planning of this project lives instead.</summary>
/// <param name="File">The configuration; null where there is none.</param>
/// <param name="Value">The id it names.</param>
/// <param name="Problem">Why the line cannot be used.</param>
internal sealed record StorePointer(string? File, string? Value, string? Problem)
{
    internal const string Unparsed = "the config file could not be read as YAML";

    internal static StorePointer Read(string root)
    {
        var path = $"{root}/openspec/config.yaml";
        if (!Path.Exists(path))
            path = $"{root}/openspec/config.yml";
        var content = FileText.Read(path);
        if (content.Missing)
            return new StorePointer(null, null, null);
        if (content.Text is not { } text || !Yaml.TryRead(text, out var parsed))
            return new StorePointer(path, null, Unparsed);
        if (parsed is not Dictionary<string, object?> map || !map.TryGetValue("store", out var store))
            return new StorePointer(path, null, null);
        return store is string value ? new StorePointer(path, value, null) : new StorePointer(path, null, "the store key must be a single store id string");
    }

    /// <summary>Whether a folder plans for itself, whatever its configuration points to.</summary>
    internal static bool HasPlanning(string root) => IsPlanning($"{root}/openspec/specs") || IsPlanning($"{root}/openspec/changes");

    /// <summary>A store that is called <c>specs</c> or <c>changes</c> is no planning of the folder around it.</summary>
    private static bool IsPlanning(string folder) => Directory.Exists(folder) && !Path.Exists(StoreMetadata.PathOf(folder));
}
