using System.Globalization;

namespace Colophon.Specs.Schemas;

/// <summary>One document a workflow produces.</summary>
internal sealed record Artifact(string Id, string Generates, IReadOnlyList<string> Requires);

/// <summary>A <c>schema.yaml</c>: which documents a change has, and which of them holds its tasks.</summary>
internal sealed record WorkflowSchema(IReadOnlyList<Artifact> Artifacts, string? Tracks)
{
    /// <summary>The schema a tree has without asking for one.</summary>
    internal static WorkflowSchema SpecDriven { get; } = new(
        [
            new Artifact("proposal", "proposal.md", []),
            new Artifact("specs", "specs/**/*.md", ["proposal"]),
            new Artifact("design", "design.md", ["proposal"]),
            new Artifact("tasks", "tasks.md", ["specs", "design"]),
        ],
        "tasks.md");

    /// <summary>The file or glob that holds the tasks, or null where the schema names none.</summary>
    internal string? TaskOutput
    {
        get
        {
            foreach (var artifact in Artifacts)
            {
                if (Tracks is null ? artifact.Id == "tasks" : artifact.Generates == Tracks)
                    return artifact.Generates;
            }

            return null;
        }
    }

    /// <summary>Reads a schema file.</summary>
    /// <returns>The schema, or why it does not load.</returns>
    internal static (WorkflowSchema? Schema, string? Problem) Read(string text)
    {
        if (!Yaml.TryRead(text, out var value))
            return (null, "the file is not valid YAML");
        if (value is not Dictionary<string, object?> map)
            return (null, "Invalid schema: : Invalid input: expected object, received null");
        if (map.GetValueOrDefault("name") is not string { Length: > 0 })
            return (null, "Invalid schema: name: Schema name is required");
        if (map.GetValueOrDefault("version") is not double version || version <= 0 || version != Math.Floor(version))
            return (null, "Invalid schema: version: Version must be a positive integer");
        if (map.GetValueOrDefault("artifacts") is not List<object?> { Count: > 0 and <= 1000 } list)
            return (null, "Invalid schema: artifacts: At least one artifact required");
        var artifacts = new List<Artifact>();
        foreach (var entry in list)
        {
            if (ReadArtifact(entry) is not { } artifact)
                return (null, string.Create(CultureInfo.InvariantCulture, $"Invalid schema: artifacts.{artifacts.Count}: Invalid input"));
            artifacts.Add(artifact);
        }

        if (map.TryGetValue("apply", out var phase) && !IsApplyPhase(phase))
            return (null, "Invalid schema: apply: Invalid input");
        var apply = phase as Dictionary<string, object?>;
        return CheckGraph(artifacts, apply) is { } problem
            ? (null, problem)
            : (new WorkflowSchema(artifacts, apply?.GetValueOrDefault("tracks") as string), null);
    }

    private static Artifact? ReadArtifact(object? entry)
    {
        if (entry is not Dictionary<string, object?> map || map.GetValueOrDefault("id") is not string { Length: > 0 } id
            || map.GetValueOrDefault("generates") is not string { Length: > 0 } generates || !StaysInside(generates)
            || map.GetValueOrDefault("description") is not string || map.GetValueOrDefault("template") is not string { Length: > 0 } template || !StaysInside(template))
            return null;
        var requires = new List<string>();
        if (map.TryGetValue("requires", out var value))
        {
            if (value is not List<object?> names)
                return null;
            foreach (var name in names)
            {
                if (name is not string required)
                    return null;
                requires.Add(required);
            }
        }

        return new Artifact(id, generates, requires);
    }

    private static bool IsApplyPhase(object? phase) =>
        phase is Dictionary<string, object?> map
        && map.GetValueOrDefault("requires") is List<object?> { Count: > 0 } requires && requires.TrueForAll(static name => name is string)
        && map.GetValueOrDefault("tracks", null) is null or string { Length: > 0 } && (map.GetValueOrDefault("tracks") is not string tracks || StaysInside(tracks));

    private static bool StaysInside(string path) =>
        path[0] is not ('/' or '\\') && !path.Contains('\0') && !(path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]))
        && Array.IndexOf(path.Split('/', '\\'), "..") < 0;

    private static string? CheckGraph(List<Artifact> artifacts, Dictionary<string, object?>? apply)
    {
        var byId = new Dictionary<string, Artifact>(StringComparer.Ordinal);
        foreach (var artifact in artifacts)
        {
            if (!byId.TryAdd(artifact.Id, artifact))
                return $"Duplicate artifact ID: {artifact.Id}";
        }

        foreach (var artifact in artifacts)
        {
            foreach (var required in artifact.Requires)
            {
                if (!byId.ContainsKey(required))
                    return $"Invalid dependency reference in artifact '{artifact.Id}': '{required}' does not exist";
            }
        }

        if (apply?.GetValueOrDefault("requires") is List<object?> needed)
        {
            foreach (var name in needed)
            {
                if (name is string id && !byId.ContainsKey(id))
                    return $"Invalid apply.requires reference: '{id}' does not exist (artifacts: {string.Join(", ", byId.Keys)})";
            }
        }

        return SchemaCycles.Find(artifacts, byId) is { } cycle ? $"Cyclic dependency detected: {cycle}" : null;
    }
}
