namespace Colophon.Provenance.Attribution;

/// <summary>Which paths are code, and so have lines to attribute.</summary>
internal static class CodePaths
{
    /// <summary>Where the log lies.</summary>
    public const string Audit = ".openspec/audit/";

    private const string Project = ".colophon/";
    private const string Specs = "openspec/";
    private const string Below = "/openspec/";

    /// <summary>Whether a path is attributed at all: the log and Colophon's own folder are not.</summary>
    public static bool IsAttributed(string path) =>
        !path.StartsWith(Audit, StringComparison.Ordinal) && !path.StartsWith(Project, StringComparison.Ordinal);

    /// <summary>
    /// Folders of specifications, with a slash at the end, which coverage leaves out unless asked: <c>openspec/</c> at the root, and any below that holds what such a folder holds. Code may lie in a
    /// folder of that name as well.
    /// </summary>
    public static IReadOnlySet<string> SpecificationRoots(IEnumerable<string> paths)
    {
        var roots = new HashSet<string>(StringComparer.Ordinal) { Specs };
        foreach (var path in paths)
        {
            for (var at = path.IndexOf(Below, StringComparison.Ordinal); at >= 0; at = path.IndexOf(Below, at + 1, StringComparison.Ordinal))
            {
                var rest = path.AsSpan(at + Below.Length);
                if (rest.StartsWith("specs/") || rest.StartsWith("changes/") || rest is "project.md" or "config.yaml" or "config.yml")
                    roots.Add(path[..(at + Below.Length)]);
            }
        }

        return roots;
    }

    /// <summary>Whether a path lies in one of these folders.</summary>
    public static bool IsSpecification(string path, IReadOnlySet<string> roots)
    {
        if (path.StartsWith(Specs, StringComparison.Ordinal))
            return true;
        for (var at = path.IndexOf(Below, StringComparison.Ordinal); at >= 0; at = path.IndexOf(Below, at + 1, StringComparison.Ordinal))
        {
            if (roots.Contains(path[..(at + Below.Length)]))
                return true;
        }

        return false;
    }
}
