using Colophon.Specs.Layout;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Workflow;

/// <summary>How far an artifact is.</summary>
internal enum ArtifactState
{
    Done,
    Skipped,
    Ready,
    Blocked,
}

/// <summary>A change with its schema and the artifacts that are there.</summary>
internal sealed class ChangeContext
{
    private readonly HashSet<string> _completed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _skipped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _outputs = new(StringComparer.Ordinal);

    private ChangeContext(SpecTree tree, string name, string schemaName, WorkflowSchema schema)
    {
        (Name, SchemaName, Schema, StoreId) = (name, schemaName, schema, tree.StoreId);
        Directory = RealPaths.Of($"{tree.ChangesPath}/{name}");
    }

    internal string Name { get; }

    /// <summary>The registered store that holds the change, where it was selected as one.</summary>
    internal string? StoreId { get; }

    internal string SchemaName { get; }

    internal WorkflowSchema Schema { get; }

    internal string Directory { get; }

    internal bool IsComplete => Schema.Artifacts.All(artifact => _completed.Contains(artifact.Id));

    /// <summary>Loads a change.</summary>
    /// <exception cref="OpenSpecFailure">Its metadata or its schema cannot be used.</exception>
    internal static ChangeContext Load(SpecTree tree, string name, string? schemaName, SchemaLibrary schemas, Func<ProjectConfig> config)
    {
        var directory = $"{tree.ChangesPath}/{name}";
        var metadata = ChangeMetadata.Read(directory);
        if (Problem(metadata, schemas, $"{directory}/{ChangeMetadata.FileName}") is { } problem)
            throw new OpenSpecFailure(problem);
        var resolved = string.IsNullOrEmpty(schemaName) ? metadata.Schema ?? config().Schema ?? SchemaLibrary.BuiltIn : schemaName;
        var (schema, why) = schemas.Resolve(resolved);
        var context = new ChangeContext(tree, name, resolved, schema ?? throw new OpenSpecFailure(why ?? ""));
        context.Look(metadata.IsSet("skip_specs"));
        return context;
    }

    /// <summary>The existing files of an artifact, absolute and without links.</summary>
    internal IReadOnlyList<string> Outputs(Artifact artifact) => _outputs[artifact.Id];

    /// <summary>The existing files of a pattern.</summary>
    /// <exception cref="OpenSpecFailure">A file stands where a folder should.</exception>
    internal List<string> Find(string generates)
    {
        for (var at = generates.IndexOf('/', StringComparison.Ordinal); at >= 0; at = generates.IndexOf('/', at + 1))
        {
            if (File.Exists($"{Directory}/{generates[..at]}"))
                throw new OpenSpecFailure($"ENOTDIR: not a directory, lstat '{OutputPath(generates)}'");
        }

        var found = OutputPattern.Find(Directory, generates).ConvertAll(path => RealPaths.Of($"{Directory}/{path}"));
        foreach (var path in found)
        {
            if (!path.StartsWith(Directory + "/", StringComparison.Ordinal))
                throw new OpenSpecFailure($"Path is outside the allowed directory: {path}");
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    internal string OutputPath(string generates) => Path.GetFullPath($"{Directory}/{generates}");

    internal bool IsSkipped(string id) => _skipped.Contains(id);

    internal bool IsDone(string id) => _completed.Contains(id);

    internal ArtifactState StateOf(Artifact artifact) =>
        IsSkipped(artifact.Id) ? ArtifactState.Skipped
        : IsDone(artifact.Id) ? ArtifactState.Done
        : artifact.Requires.All(IsDone) ? ArtifactState.Ready
        : ArtifactState.Blocked;

    /// <summary>The artifacts an artifact waits for, in the order of the schema.</summary>
    internal IEnumerable<string> Missing(Artifact artifact)
    {
        var order = Schema.Artifacts.Select(static other => other.Id).ToList();
        return artifact.Requires.Where(id => !IsDone(id)).OrderBy(id => order.IndexOf(id));
    }

    /// <summary>The artifacts in the order in which they can be made; those that wait longer come first where the schema names them first.</summary>
    internal List<Artifact> BuildOrder()
    {
        var waiting = Schema.Artifacts.ToDictionary(static artifact => artifact.Id, static artifact => artifact.Requires.Count, StringComparer.Ordinal);
        var order = new List<Artifact>(Schema.Artifacts.Count);
        while (order.Count < Schema.Artifacts.Count)
        {
            var next = Schema.Artifacts.FirstOrDefault(artifact => waiting[artifact.Id] == 0);
            if (next is null)
                break;
            waiting[next.Id] = -1;
            order.Add(next);
            foreach (var artifact in Schema.Artifacts)
                waiting[artifact.Id] -= artifact.Requires.Count(id => id == next.Id);
        }

        return order;
    }

    private static string? Problem(ChangeMetadata metadata, SchemaLibrary schemas, string path)
    {
        if (!metadata.Exists)
            return null;
        if (metadata.Failure is { } failure)
            return $"Failed to read metadata: {SystemError.Describe(failure, path)}";
        if (metadata.Unparsed is { } text)
            return $"Invalid YAML in metadata file: {YamlError.Describe(text)}";
        if (metadata.Issues.Count > 0)
            return $"Invalid metadata: {ShapeIssue.ToJson(metadata.Issues)}";
        var names = schemas.Names;
        return names.Contains(metadata.Schema ?? "") ? null : $"Unknown schema '{metadata.Schema}'. Available: {string.Join(", ", names)}";
    }

    private void Look(bool skipSpecs)
    {
        foreach (var artifact in Schema.Artifacts)
        {
            var outputs = Find(artifact.Generates);
            _outputs[artifact.Id] = outputs;
            if (outputs.Count > 0)
                _completed.Add(artifact.Id);
        }

        foreach (var artifact in Schema.Artifacts)
        {
            if (skipSpecs && artifact.IsSpecs && _completed.Add(artifact.Id))
                _skipped.Add(artifact.Id);
        }
    }
}
