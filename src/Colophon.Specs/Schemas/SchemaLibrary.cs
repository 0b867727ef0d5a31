using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Ordering;

namespace Colophon.Specs.Schemas;

/// <summary>
/// The workflow schemas a tree can use: its own <c>openspec/schemas/</c>, the user's <c>$XDG_DATA_HOME/openspec/schemas</c>, and the built-in one. Each is
/// read at most once.
/// </summary>
/// <param name="root">The folder that holds <c>openspec/</c>.</param>
/// <param name="userData">OpenSpec's folder of a person's data; null for the one of this process's environment.</param>
internal sealed class SchemaLibrary(string root, string? userData = null)
{
    internal const string BuiltIn = "spec-driven";

    private readonly Dictionary<string, (WorkflowSchema? Schema, string? Problem)> _loaded = new(StringComparer.Ordinal);
    private readonly string[] _folders = Array.FindAll([$"{root}/openspec/schemas", userData is null ? UserFolder() : $"{userData}/schemas"], Directory.Exists);
    private string? _configured;
    private bool _configurationRead;

    /// <summary>The schema a change uses.</summary>
    /// <returns>Null where its metadata is broken, the name is unknown or the schema does not load.</returns>
    internal (string Name, WorkflowSchema? Schema) For(ChangeMetadata metadata)
    {
        if (metadata.Exists && (!metadata.Valid || !IsKnown(metadata.Schema ?? "")))
            return ("", null);
        var name = metadata.Schema ?? Configured() ?? BuiltIn;
        return (name, Load(WithoutExtension(name)).Schema);
    }

    /// <summary>Whether a schema's name, without an extension, leads to the built-in one.</summary>
    internal bool IsBuiltIn(string name) => WithoutExtension(name) == BuiltIn && FolderOf(BuiltIn) is null;

    /// <summary>Why a marker that depends on this schema cannot be honoured, or null.</summary>
    internal string? WhyUnusable(string name) =>
        IsKnown(name) ? Load(WithoutExtension(name)).Problem : $"schema: unknown schema '{name}'";

    /// <summary>The names of all schemas, ordered by code unit.</summary>
    internal IReadOnlyList<string> Names
    {
        get
        {
            var names = new SortedSet<string>(StringComparer.Ordinal) { BuiltIn };
            foreach (var folder in _folders)
                names.UnionWith(NamesIn(folder));
            return [.. names];
        }
    }

    /// <summary>Every schema that loads, with where it is from: <c>project</c>, <c>user</c> or <c>package</c>; ordered as people sort.</summary>
    internal List<(string Name, string Source, WorkflowSchema Schema)> All()
    {
        var all = new Dictionary<string, (string Name, string Source, WorkflowSchema Schema)>(StringComparer.Ordinal);
        foreach (var folder in _folders)
        {
            foreach (var name in NamesIn(folder))
            {
                if (Read($"{folder}/{name}/schema.yaml").Schema is { } schema)
                    all.TryAdd(name, (name, folder == ProjectFolder ? "project" : "user", schema));
            }
        }

        all.TryAdd(BuiltIn, (BuiltIn, "package", WorkflowSchema.SpecDriven));
        return [.. all.Values.OrderBy(static schema => schema.Name, Comparer<string>.Create(RootOrder.Compare))];
    }

    /// <summary>The folder of a schema, null for the built-in one, and whether there is such a schema.</summary>
    internal (bool Known, string? Folder) Locate(string name) => FolderOf(name) is { } folder ? (true, folder) : (name == BuiltIn, null);

    /// <summary>Whether a schema's folder is the project's own.</summary>
    internal bool IsProjects(string folder) => folder.StartsWith(ProjectFolder + "/", StringComparison.Ordinal);

    /// <summary>A schema by its name, with or without an extension.</summary>
    /// <returns>The schema, or why there is none.</returns>
    internal (WorkflowSchema? Schema, string? Problem) Resolve(string name)
    {
        var plain = WithoutExtension(name);
        return IsKnown(plain) ? Load(plain) : (null, $"Schema '{plain}' not found. Available schemas: {string.Join(", ", Names)}");
    }

    private string ProjectFolder => $"{root}/openspec/schemas";

    internal static IEnumerable<string> NamesIn(string folder)
    {
        foreach (var (name, kind) in Listing.Read(folder))
        {
            var transient = name.StartsWith(".fork-staging-", StringComparison.Ordinal) || name.Contains(".fork-backup-", StringComparison.Ordinal)
                || name.StartsWith(".init-staging-", StringComparison.Ordinal) || name.Contains(".init-backup-", StringComparison.Ordinal);
            if (!transient && kind != EntryKind.File && Path.Exists($"{folder}/{name}/schema.yaml"))
                yield return name;
        }
    }

    private static string UserFolder()
    {
        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        if (string.IsNullOrEmpty(data))
            data = $"{Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)}/.local/share";
        return $"{data}/openspec/schemas";
    }

    private static string WithoutExtension(string name) =>
        name.EndsWith(".yaml", StringComparison.Ordinal) ? name[..^5] : name.EndsWith(".yml", StringComparison.Ordinal) ? name[..^4] : name;

    private bool IsKnown(string name) => name == BuiltIn || FolderOf(name) is not null;

    private string? FolderOf(string name)
    {
        if (_folders.Length == 0 || name.Length == 0 || name is "." or ".." || name.AsSpan().ContainsAny("/\\\0"))
            return null;
        foreach (var folder in _folders)
        {
            if (File.Exists($"{folder}/{name}/schema.yaml"))
                return $"{folder}/{name}";
        }

        return null;
    }

    private (WorkflowSchema? Schema, string? Problem) Load(string name)
    {
        if (_loaded.TryGetValue(name, out var known))
            return known;
        var loaded = FolderOf(name) is { } folder ? Read($"{folder}/schema.yaml")
            : name == BuiltIn ? (WorkflowSchema.SpecDriven, null)
            : (null, $"Schema '{name}' not found");
        _loaded.Add(name, loaded);
        return loaded;
    }

    private static (WorkflowSchema? Schema, string? Problem) Read(string path)
    {
        var file = FileText.Read(path);
        if (file.Text is not { } text)
            return (null, $"Failed to read schema at '{path}': {file.Failure ?? "missing"}");
        if (!Yaml.TryRead(text, out _))
            return (null, $"Failed to parse schema at '{path}': {YamlError.Describe(text)}");
        var (schema, problem) = WorkflowSchema.Read(text);
        return (schema, problem is null ? null : $"Invalid schema at '{path}': {problem}");
    }

    private string? Configured()
    {
        if (_configurationRead)
            return _configured;
        _configurationRead = true;
        foreach (var name in (ReadOnlySpan<string>)["config.yaml", "config.yml"])
        {
            var file = FileText.Read($"{root}/openspec/{name}");
            if (file.Missing)
                continue;
            if (file.Text is { } text && Yaml.TryRead(text, out var value) && value is Dictionary<string, object?> map)
                _configured = map.GetValueOrDefault("schema") is string { Length: > 0 } schema ? schema : null;
            break;
        }

        return _configured;
    }
}
