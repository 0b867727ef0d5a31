namespace Colophon.Specs.Watching.Signals;

/// <summary>Which folders of a project are looked at: the root for its <c>openspec</c> entry alone, the archive for its names alone, no dot folders.</summary>
internal static class WatchedFolders
{
    internal const string OpenSpec = "openspec";

    private const int MaximumDepth = 64;

    /// <summary>Whether an entry of a watched folder matters.</summary>
    internal static bool Matters(string folder, string name) => folder.Length > 0 || name == OpenSpec;

    /// <summary>Whether a folder in a watched folder is looked into.</summary>
    internal static bool Enters(string folder, string name) => folder switch
    {
        "" => name == OpenSpec,
        OpenSpec => name is "changes" or "specs" or "schemas",
        "openspec/changes/archive" => false,
        _ => name[0] != '.' && folder.AsSpan().Count('/') < MaximumDepth,
    };

    /// <summary>Whether a folder may be a symbolic link: those that are named by the layout are read through one.</summary>
    internal static bool MayBeLink(string folder) => folder is "" or OpenSpec or "openspec/changes" or "openspec/specs" or "openspec/schemas" or "openspec/changes/archive";

    internal static string Join(string folder, string name) => folder.Length == 0 ? name : name.Length == 0 ? folder : $"{folder}/{name}";
}
