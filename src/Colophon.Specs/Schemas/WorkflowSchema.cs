namespace Colophon.Specs.Schemas;

/// <summary>One document a workflow produces.</summary>
/// <param name="Id">Its name in the schema.</param>
/// <param name="Generates">The file or glob inside the change.</param>
/// <param name="Requires">The documents that come before.</param>
internal sealed record Artifact(string Id, string Generates, IReadOnlyList<string> Requires)
{
    internal string Description { get; init; } = "";

    /// <summary>The template's file below the schema's <c>templates/</c>.</summary>
    internal string Template { get; init; } = "";

    /// <summary>How to write it, or null.</summary>
    internal string? Instruction { get; init; }

    /// <summary>Whether it lives below <c>specs/</c>, which is what <c>skip_specs</c> skips.</summary>
    internal bool IsSpecs
    {
        get
        {
            var path = Path.GetFullPath("/" + Generates);
            return path.StartsWith("/specs/", StringComparison.Ordinal);
        }
    }
}

/// <summary>A <c>schema.yaml</c>: which documents a change has, and which of them holds its tasks.</summary>
/// <param name="Artifacts">The documents in the order of the file.</param>
/// <param name="Tracks">The file or glob that holds the tasks, where the schema names it.</param>
internal sealed record WorkflowSchema(IReadOnlyList<Artifact> Artifacts, string? Tracks)
{
    /// <summary>The schema a tree has without asking for one; its texts are read only where they are shown.</summary>
    internal static WorkflowSchema SpecDriven { get; } = new(
        [
            new Artifact("proposal", "proposal.md", []),
            new Artifact("specs", "specs/**/*.md", ["proposal"]),
            new Artifact("design", "design.md", ["proposal"]),
            new Artifact("tasks", "tasks.md", ["specs", "design"]),
        ],
        "tasks.md")
    {
        ApplyRequires = ["tasks"],
        ApplyInstruction = "Read context files, work through pending tasks, mark complete as you go.\nPause if you hit blockers or need clarification.\n",
    };

    internal string Description { get; init; } = "";

    /// <summary>The documents that must be there before the work starts; null where the schema has no apply phase.</summary>
    internal IReadOnlyList<string>? ApplyRequires { get; init; }

    internal string? ApplyInstruction { get; init; }

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

    internal Artifact? Find(string id) => Artifacts.FirstOrDefault(artifact => artifact.Id == id);

    /// <summary>Reads a schema file.</summary>
    /// <returns>The schema, or why it does not load.</returns>
    internal static (WorkflowSchema? Schema, string? Problem) Read(string text)
    {
        if (!Yaml.TryRead(text, out var value))
            return (null, "the file is not valid YAML");
        var faults = SchemaRules.Check(value);
        if (faults.Count > 0 || value is not Dictionary<string, object?> map)
            return (null, $"Invalid schema: {string.Join(", ", faults.Select(static fault => fault.Line))}");
        var artifacts = new List<Artifact>();
        foreach (var entry in (List<object?>?)map["artifacts"] ?? [])
        {
            if (entry is Dictionary<string, object?> artifact)
                artifacts.Add(ReadArtifact(artifact));
        }

        var apply = map.GetValueOrDefault("apply") as Dictionary<string, object?>;
        var schema = new WorkflowSchema(artifacts, apply?.GetValueOrDefault("tracks") as string)
        {
            Description = map.GetValueOrDefault("description") as string ?? "",
            ApplyRequires = apply is null ? null : Texts(apply, "requires"),
            ApplyInstruction = apply?.GetValueOrDefault("instruction") as string,
        };
        return CheckGraph(schema) is { } problem ? (null, problem) : (schema, null);
    }

    private static Artifact ReadArtifact(Dictionary<string, object?> map) =>
        new(map["id"] as string ?? "", map["generates"] as string ?? "", Texts(map, "requires"))
        {
            Description = map["description"] as string ?? "",
            Template = map["template"] as string ?? "",
            Instruction = map.GetValueOrDefault("instruction") as string,
        };

    private static List<string> Texts(Dictionary<string, object?> map, string key) =>
        map.GetValueOrDefault(key) is List<object?> list ? [.. list.OfType<string>()] : [];

    private static string? CheckGraph(WorkflowSchema schema)
    {
        var byId = new Dictionary<string, Artifact>(StringComparer.Ordinal);
        foreach (var artifact in schema.Artifacts)
        {
            if (!byId.TryAdd(artifact.Id, artifact))
                return $"Duplicate artifact ID: {artifact.Id}";
        }

        foreach (var artifact in schema.Artifacts)
        {
            foreach (var required in artifact.Requires)
            {
                if (!byId.ContainsKey(required))
                    return $"Invalid dependency reference in artifact '{artifact.Id}': '{required}' does not exist";
            }
        }

        foreach (var id in schema.ApplyRequires ?? [])
        {
            if (!byId.ContainsKey(id))
                return $"Invalid apply.requires reference: '{id}' does not exist (artifacts: {string.Join(", ", schema.Artifacts.Select(static artifact => artifact.Id))})";
        }

        return SchemaCycles.Find(schema.Artifacts, byId) is { } cycle ? $"Cyclic dependency detected: {cycle}" : null;
    }
}
