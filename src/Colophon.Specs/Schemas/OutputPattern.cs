using Colophon.Specs.Layout;

namespace Colophon.Specs.Schemas;

/// <summary>What a schema's <c>generates</c> names inside a change: a file, or a glob with <c>*</c>, <c>**</c>, <c>?</c>, <c>[…]</c> and <c>{a,b}</c>.</summary>
internal static class OutputPattern
{
    private const int MaximumAlternatives = 256;
    private const int MaximumDepth = 32;

    /// <summary>The existing files, relative to the change and ordered; dot entries never match.</summary>
    internal static List<string> Find(string directory, string pattern)
    {
        var files = new List<string>();
        if (!pattern.AsSpan().ContainsAny("*?[{"))
        {
            if (File.Exists($"{directory}/{pattern}"))
                files.Add(pattern);
            return files;
        }

        var alternatives = new List<string>();
        Expand(pattern, alternatives);
        var split = alternatives.ConvertAll(static alternative => alternative.Split('/', StringSplitOptions.RemoveEmptyEntries));
        Walk(directory, [], split, files, new Lazy<HashSet<string>>(() => new HashSet<string>(StringComparer.Ordinal) { RealPaths.Of(directory) }, isThreadSafe: false));
        files.Sort(string.CompareOrdinal);
        return files;
    }

    private static void Walk(string directory, List<string> path, List<string[]> patterns, List<string> files, Lazy<HashSet<string>> visited)
    {
        if (path.Count > MaximumDepth)
            return;
        foreach (var (name, kind) in Listing.Read(directory))
        {
            if (name[0] == '.')
                continue;
            path.Add(name);
            var absolute = $"{directory}/{name}";
            if (kind == EntryKind.Directory || (kind == EntryKind.Link && Directory.Exists(absolute)))
            {
                // Links to folders are followed as the CLI does, but no target twice: a few links to an ancestor would make a walk without end.
                if (kind == EntryKind.Directory || visited.Value.Add(RealPaths.Of(absolute)))
                    Walk(absolute, path, patterns, files, visited);
            }
            else if (patterns.Exists(pattern => Matches(pattern, path)))
                files.Add(string.Join('/', path));
            path.RemoveAt(path.Count - 1);
        }
    }

    private static bool Matches(string[] pattern, List<string> path)
    {
        // The classic two-row table over segments: ** may take none or more.
        var row = new bool[path.Count + 1];
        row[0] = true;
        foreach (var segment in pattern)
        {
            var next = new bool[row.Length];
            for (var i = 0; i < row.Length; i++)
            {
                if (segment == "**")
                    next[i] = row[i] || (i > 0 && next[i - 1]);
                else
                    next[i] = i > 0 && row[i - 1] && GlobSegment.Matches(segment, path[i - 1]);
            }

            row = next;
        }

        return row[^1];
    }

    private static void Expand(string pattern, List<string> alternatives)
    {
        if (alternatives.Count >= MaximumAlternatives)
            return;
        var open = pattern.IndexOf('{');
        var close = open < 0 ? -1 : pattern.IndexOf('}', open);
        if (close < 0)
        {
            alternatives.Add(pattern);
            return;
        }

        foreach (var choice in pattern[(open + 1)..close].Split(','))
            Expand($"{pattern[..open]}{choice}{pattern[(close + 1)..]}", alternatives);
    }
}
