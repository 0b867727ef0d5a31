using Colophon.Specs;

namespace Colophon.Engine;

/// <summary>The trees below a folder, for whoever stands at the top of a monorepo.</summary>
internal static class NestedTrees
{
    private const int Deepest = 4;
    private const int MostFolders = 2000;
    private const int MostNamed = 6;

    private static readonly string[] s_passedOver = ["node_modules", "vendor", "target", "bin", "obj", "dist", "build", "artifacts"];

    /// <summary>Opens the tree of exactly this folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="standing">Where the user stands: what is suggested is named from there. The folder itself where null.</param>
    /// <exception cref="SpecException"><see cref="SpecError.NoTree"/>, with the trees below as a hint, or <see cref="SpecError.TreeMalformed"/>.</exception>
    internal static SpecTree OpenOrSuggest(string directory, string? standing = null)
    {
        try
        {
            return SpecTree.Open(directory);
        }
        catch (SpecException e) when (e.Error == SpecError.NoTree && Below(directory, standing ?? directory) is [var first, ..] found)
        {
            var names = string.Join(", ", found.Take(MostNamed)) + (found.Count > MostNamed ? ", …" : "");
            throw new SpecException(SpecError.NoTree, e.Message, $"There {(found.Count == 1 ? "is one" : "are some")} below: {names}. Go there, or name one: --root {first}", e);
        }
    }

    /// <summary>The folders below that have a tree, nearest first: bounded in depth and number, links and output folders passed over.</summary>
    private static List<string> Below(string directory, string standing)
    {
        var found = new List<string>();
        var queue = new Queue<(string Path, int Depth)>([(directory, 0)]);
        for (var looked = 0; looked < MostFolders && queue.TryDequeue(out var at); looked++)
        {
            try
            {
                foreach (var folder in Directory.EnumerateDirectories(at.Path).Order(StringComparer.Ordinal))
                {
                    var name = Path.GetFileName(folder);
                    if (name[0] == '.' || s_passedOver.Contains(name) || new DirectoryInfo(folder).LinkTarget is not null)
                        continue;
                    if (SpecTree.IsAt(folder))
                        found.Add(Path.GetRelativePath(standing, folder));
                    else if (at.Depth + 1 < Deepest)
                        queue.Enqueue((folder, at.Depth + 1));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // What cannot be listed has nothing to suggest.
            }
        }

        return found;
    }
}
