namespace Colophon.Specs.Schemas;

/// <summary>Finds a cycle among a schema's artifacts.</summary>
internal static class SchemaCycles
{
    /// <summary>The first cycle depth-first search meets, as <c>a → b → a</c>, or null.</summary>
    internal static string? Find(IReadOnlyList<Artifact> artifacts, Dictionary<string, Artifact> byId)
    {
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        foreach (var artifact in artifacts)
        {
            if (!visited.Contains(artifact.Id) && Visit(artifact, byId, visited, path) is { } cycle)
                return cycle;
        }

        return null;
    }

    private static string? Visit(Artifact artifact, Dictionary<string, Artifact> byId, HashSet<string> visited, List<string> path)
    {
        visited.Add(artifact.Id);
        path.Add(artifact.Id);
        foreach (var required in artifact.Requires)
        {
            if (!visited.Contains(required))
            {
                if (Visit(byId[required], byId, visited, path) is { } cycle)
                    return cycle;
            }
            else if (path.IndexOf(required) is >= 0 and var from)
            {
                return string.Join(" → ", path.Skip(from).Append(required));
            }
        }

        path.RemoveAt(path.Count - 1);
        return null;
    }
}
