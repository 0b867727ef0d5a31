namespace Colophon.Generation.Context;

/// <summary>Finds files by the ways people and programs name them.</summary>
internal sealed class FileIndex
{
    private readonly HashSet<string> _files;
    private readonly ILookup<string, string> _byName;
    private readonly ILookup<string, string> _byStem;

    internal FileIndex(IEnumerable<string> files)
    {
        _files = new HashSet<string>(files, StringComparer.Ordinal);
        _byName = _files.ToLookup(NameOf, StringComparer.Ordinal);
        _byStem = _files.ToLookup(static f => StemOf(f), StringComparer.Ordinal);
    }

    internal bool Contains(string path) => _files.Contains(path);

    /// <summary>The file with this path, or the only one whose path ends in it.</summary>
    internal string? ByPath(string path)
    {
        if (_files.Contains(path))
            return path;
        var tail = "/" + path;
        return Only(_byName[NameOf(path)].Where(f => f.EndsWith(tail, StringComparison.Ordinal)));
    }

    /// <summary>The only file with this stem (and extension, where one is given).</summary>
    internal string? ByStem(string stem, string? extension = null) =>
        Only(_byStem[stem].Where(f => extension is null || f.EndsWith(extension, StringComparison.Ordinal)));

    /// <summary>The files directly in a folder that a path's end names, where only one folder does.</summary>
    internal IReadOnlyList<string> InFolder(string folder, string extension)
    {
        var tail = "/" + folder;
        var folders = _files.Where(f => f.EndsWith(extension, StringComparison.Ordinal))
            .GroupBy(FolderOf, StringComparer.Ordinal)
            .Where(g => g.Key == folder || ("/" + g.Key).EndsWith(tail, StringComparison.Ordinal))
            .ToList();
        return folders.Count == 1 ? [.. folders[0].Order(StringComparer.Ordinal)] : [];
    }

    internal static string FolderOf(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";

    internal static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    internal static string StemOf(string path)
    {
        var name = NameOf(path);
        return name.LastIndexOf('.') is var dot and > 0 ? name[..dot] : name;
    }

    private static string? Only(IEnumerable<string> files)
    {
        string? found = null;
        foreach (var file in files)
        {
            if (found is not null)
                return null;
            found = file;
        }

        return found;
    }
}
