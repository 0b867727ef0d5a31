namespace Colophon.Specs.Layout;

/// <summary>A <c>spec.md</c> and the id its folders make.</summary>
internal readonly record struct SpecFile(string Id, string Path)
{
    /// <summary>It is a symbolic link.</summary>
    internal bool IsLink { get; init; }
}

/// <summary>Finds spec files the way the CLI does: any depth, dot entries skipped, linked folders not followed, a file in the root ignored.</summary>
internal static class SpecFiles
{
    internal const string FileName = "spec.md";

    // Deeper than any real tree, and shallow enough for the stack.
    private const int MaximumDepth = 64;

    /// <summary>The specs below <paramref name="root"/> ordered by id.</summary>
    /// <param name="root">A <c>specs/</c> folder; a missing one holds nothing.</param>
    /// <param name="others">Receives every other entry that is no folder, as (path relative to the root, absolute path, kind).</param>
    internal static List<SpecFile> Find(string root, List<(string Relative, string Absolute, EntryKind Kind)>? others = null)
    {
        var found = new List<SpecFile>();
        Walk(root, "", 0, found, others);
        found.Sort(static (a, b) => string.CompareOrdinal(a.Id, b.Id));
        return found;
    }

    /// <summary>The specs below one folder of <paramref name="root"/>, as <see cref="Find"/> finds them from above.</summary>
    internal static List<SpecFile> FindBelow(string root, string folder)
    {
        var found = new List<SpecFile>();
        var path = $"{root}/{folder}";
        if (folder[0] != '.' && new DirectoryInfo(path) is { Exists: true, LinkTarget: null })
            Walk(path, folder, 1, found, null);
        found.Sort(static (a, b) => string.CompareOrdinal(a.Id, b.Id));
        return found;
    }

    /// <summary>The specs below a folder, and what stands in the way of one.</summary>
    internal static (List<SpecFile> Found, List<SpecProblem> Problems) Look(string root, string shown)
    {
        var (found, problems) = (new List<SpecFile>(), new List<SpecProblem>());
        Look(root, "", shown, 0, found, problems);
        found.Sort(static (a, b) => string.CompareOrdinal(a.Id, b.Id));
        return (found, problems);
    }

    private static void Look(string directory, string id, string shown, int depth, List<SpecFile> found, List<SpecProblem> problems)
    {
        if (depth > MaximumDepth)
            return;
        List<Entry> entries;
        try
        {
            entries = Listing.Read(directory);
        }
        catch (SpecException e)
        {
            problems.Add(SpecProblem.Of(id, $"{shown}/{id}".TrimEnd('/'), e));
            return;
        }

        foreach (var (name, kind) in entries)
        {
            if (name[0] == '.')
                continue;
            var path = $"{directory}/{name}";
            var isSpec = name == FileName && id.Length > 0;
            if (isSpec && (kind == EntryKind.File || (kind == EntryKind.Link && IsFile(path))))
                found.Add(new SpecFile(id, path) { IsLink = kind == EntryKind.Link });
            else if (isSpec)
                problems.Add(SpecProblem.Of(id, $"{shown}/{id}/{name}", FileText.Unreadable($"{shown}/{id}/{name}", kind == EntryKind.Directory ? "it is a folder" : "it is a link that leads to no file of its folder")));
            if (kind == EntryKind.Directory)
                Look(path, id.Length == 0 ? name : $"{id}/{name}", shown, depth + 1, found, problems);
        }
    }

    private static void Walk(string directory, string id, int depth, List<SpecFile> found, List<(string, string, EntryKind)>? others)
    {
        if (depth > MaximumDepth)
            return;
        foreach (var (name, kind) in Listing.Read(directory))
        {
            if (name[0] == '.')
                continue;
            var path = $"{directory}/{name}";
            var relative = id.Length == 0 ? name : $"{id}/{name}";
            if (kind == EntryKind.Directory)
                Walk(path, relative, depth + 1, found, others);
            else if (name == FileName && id.Length > 0 && (kind == EntryKind.File || IsFile(path)))
                found.Add(new SpecFile(id, path) { IsLink = kind == EntryKind.Link });
            else
                others?.Add((relative, path, kind));
        }
    }

    private static bool IsFile(string link)
    {
        try
        {
            // A link may not lead out of its capability's folder: what is validated is what is merged.
            if (!File.Exists(link) || new FileInfo(link).ResolveLinkTarget(returnFinalTarget: true) is not { } target)
                return false;
            var folder = Path.GetDirectoryName(link) ?? "/";
            var real = new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder;
            return target.FullName.StartsWith(real + "/", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It leads back to itself.
            return false;
        }
    }
}
