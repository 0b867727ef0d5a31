namespace Colophon.Specs.Incremental;

/// <summary>Which part of a tree a path belongs to.</summary>
internal enum TreePart
{
    /// <summary>No file that a validation reads.</summary>
    Elsewhere,

    /// <summary>A folder whose coming and going concerns everything.</summary>
    Everything,

    /// <summary>The configuration or the project's schemas.</summary>
    Configuration,

    /// <summary>A change, or a file of one.</summary>
    Change,

    /// <summary>A capability's folder below <c>specs/</c>, or a file of one.</summary>
    Spec,

    /// <summary>An archived change, or a file of one.</summary>
    Archive,
}

/// <summary>A path of a tree, sorted.</summary>
/// <param name="Part">The part.</param>
/// <param name="Name">The change's name, or the first folder below <c>specs/</c>; empty elsewhere.</param>
/// <param name="Rest">The path below that, empty where the path ends there.</param>
internal readonly record struct TreePlace(TreePart Part, string Name, string Rest)
{
    /// <summary>Sorts a path.</summary>
    /// <param name="path">Relative to the root, with <c>/</c> between its parts.</param>
    internal static TreePlace Of(string path)
    {
        if (path is "openspec" or "openspec/changes" or "openspec/specs" or "")
            return new TreePlace(TreePart.Everything, "", "");
        if (path is "openspec/config.yaml" or "openspec/config.yml" or "openspec/schemas" || path.StartsWith("openspec/schemas/", StringComparison.Ordinal))
            return new TreePlace(TreePart.Configuration, "", "");
        if (Below(path, "openspec/changes/archive/") is { } archived)
            return Cut(TreePart.Archive, archived);
        if (path == "openspec/changes/archive")
            return new TreePlace(TreePart.Archive, "", "");
        if (Below(path, "openspec/changes/") is { } change)
            return Cut(TreePart.Change, change);
        return Below(path, "openspec/specs/") is { } spec ? Cut(TreePart.Spec, spec) : new TreePlace(TreePart.Elsewhere, "", "");
    }

    private static string? Below(string path, string folder) => path.StartsWith(folder, StringComparison.Ordinal) ? path[folder.Length..] : null;

    private static TreePlace Cut(TreePart part, string path)
    {
        var slash = path.IndexOf('/');
        return slash < 0 ? new TreePlace(part, path, "") : new TreePlace(part, path[..slash], path[(slash + 1)..]);
    }
}
