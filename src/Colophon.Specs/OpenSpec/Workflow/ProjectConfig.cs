using System.Globalization;
using System.Text;
using Colophon.Specs.Layout;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Workflow;

/// <summary>A store that a project draws on.</summary>
internal sealed record StoreReference(string Id, string? Remote);

/// <summary>The project's <c>openspec/config.yaml</c>. A field that is wrong is left out, with a warning.</summary>
internal sealed class ProjectConfig
{
    internal const int MostContext = 50 * 1024;

    private readonly Action<string> _warn;

    private ProjectConfig(Action<string> warn) => _warn = warn;

    internal string? Schema { get; private set; }

    internal string? Context { get; private set; }

    /// <summary>Rules by artifact.</summary>
    internal Dictionary<string, List<string>> Rules { get; } = new(StringComparer.Ordinal);

    /// <summary>Guidance by operation.</summary>
    internal Dictionary<string, List<string>> Guidance { get; } = new(StringComparer.Ordinal);

    /// <summary>The stores referred to, each once, with where they are cloned from.</summary>
    internal List<StoreReference> References { get; } = [];

    /// <summary>Whether GitHub's own agent is wanted; null where nobody decided.</summary>
    internal bool? CloudAgent { get; private set; }

    /// <summary>Reads the file; an empty configuration where there is none.</summary>
    internal static ProjectConfig Read(string root, Action<string> warn)
    {
        var config = new ProjectConfig(warn);
        var path = $"{root}/openspec/config.yaml";
        if (!Path.Exists(path))
            path = $"{root}/openspec/config.yml";
        var file = FileText.Read(path);
        if (file.Missing)
            return config;
        if (file.Text is not { } text)
            warn($"Warning: could not parse {path} ({SystemError.Describe(file.Failure ?? "", path)}); ignoring it.");
        else if (!Yaml.TryRead(text, out var value))
            warn($"Warning: could not parse {path} ({YamlError.Describe(text).Split('\n')[0]}); ignoring it.");
        else if (value is Dictionary<string, object?> map)
            config.Read(map, path);
        else if (value is not List<object?>)
            warn("openspec/config.yaml is not a valid YAML object");
        return config;
    }

    private void Read(Dictionary<string, object?> map, string path)
    {
        if (map.TryGetValue("schema", out var schema))
        {
            if (schema is string { Length: > 0 } name)
                Schema = name;
            else
                _warn("Invalid 'schema' field in config (must be non-empty string)");
        }

        if (map.TryGetValue("context", out var context))
            ReadContext(context);
        if (map.TryGetValue("rules", out var rules))
            ReadRules(rules);
        if (map.TryGetValue("operations", out var operations))
            ReadOperations(operations);
        if (map.TryGetValue("references", out var references))
            ReadReferences(references);
        if (map.TryGetValue("store", out var store) && store is not string)
            _warn($"Warning: ignoring invalid store: field in {path} (must be a single store id string).");
        if (!map.TryGetValue("githubCopilot", out var copilot))
            return;
        if (copilot is not Dictionary<string, object?> fields)
            _warn("Invalid 'githubCopilot' field in config (must be an object)");
        else if (fields.TryGetValue("cloudAgent", out var agent))
            ReadCloudAgent(agent);
    }

    private void ReadCloudAgent(object? value)
    {
        CloudAgent = value as bool?;
        if (value is not bool)
            _warn("Invalid 'githubCopilot.cloudAgent' field in config (must be a boolean)");
    }

    private void ReadContext(object? value)
    {
        if (value is not string text)
        {
            _warn("Invalid 'context' field in config (must be string)");
            return;
        }

        var size = Encoding.UTF8.GetByteCount(text);
        if (size <= MostContext)
        {
            Context = text;
            return;
        }

        _warn(string.Create(CultureInfo.InvariantCulture, $"Context too large ({size / 1024.0:F1}KB, limit: {MostContext / 1024}KB)"));
        _warn("Ignoring context field");
    }

    private void ReadRules(object? value)
    {
        if (value is not Dictionary<string, object?> map)
        {
            _warn("Invalid 'rules' field in config (must be object)");
            return;
        }

        foreach (var (artifact, rules) in map)
        {
            if (Texts(rules) is not { } texts)
            {
                _warn($"Rules for '{artifact}' must be an array of strings, ignoring this artifact's rules");
                continue;
            }

            var kept = texts.FindAll(static rule => rule.Length > 0);
            if (kept.Count > 0)
                Rules[artifact] = kept;
            if (kept.Count < texts.Count)
                _warn($"Some rules for '{artifact}' are empty strings, ignoring them");
        }
    }

    private void ReadOperations(object? value)
    {
        if (value is not Dictionary<string, object?> map)
        {
            _warn("Invalid 'operations' field in config (must be object)");
            return;
        }

        foreach (var (id, operation) in map)
        {
            if (id is not ("apply" or "archive"))
                _warn($"Unknown operation ID '{id}' in config. Supported operation IDs: apply, archive");
            else if (operation is not Dictionary<string, object?> fields)
                _warn($"Invalid 'operations.{id}' field in config (must be object), ignoring this operation");
            else
                ReadOperation(id, fields);
        }
    }

    private void ReadOperation(string id, Dictionary<string, object?> fields)
    {
        var unknown = fields.Keys.Where(static key => key != "guidance").ToList();
        if (unknown.Count > 0)
            _warn($"Unknown field(s) in 'operations.{id}': {string.Join(", ", unknown)}. Supported fields: guidance");
        if (!fields.TryGetValue("guidance", out var value))
            return;
        if (Texts(value) is not { } guidance)
        {
            _warn($"Guidance for operation '{id}' must be an array of strings, ignoring this operation's guidance");
            return;
        }

        var kept = guidance.FindAll(static entry => entry.Length > 0);
        if (kept.Count < guidance.Count)
            _warn($"Some guidance for operation '{id}' are empty strings, ignoring them");
        if (kept.Count > 0)
            Guidance[id] = kept;
    }

    private void ReadReferences(object? value)
    {
        if (value is not List<object?> list)
        {
            _warn("Invalid 'references' field in config (must be an array of store ids)");
            return;
        }

        var (dropped, remotes) = (false, false);
        foreach (var entry in list)
        {
            var map = entry as Dictionary<string, object?>;
            if (entry is not string && map?.GetValueOrDefault("id") is not string)
            {
                dropped = true;
                continue;
            }

            var remote = map?.GetValueOrDefault("remote") as string;
            Refer(entry as string ?? map?["id"] as string ?? "", string.IsNullOrEmpty(remote) ? null : remote);
            remotes |= string.IsNullOrEmpty(remote) && map?.ContainsKey("remote") == true;
        }

        if (dropped)
            _warn("Some 'references' entries are invalid, ignoring them");
        if (remotes)
            _warn("Some 'references' remotes are not non-empty strings; the ids are kept without a clone source");
    }

    private void Refer(string id, string? remote)
    {
        var at = References.FindIndex(reference => reference.Id == id);
        if (at < 0)
            References.Add(new StoreReference(id, remote));
        else if (References[at].Remote is null)
            References[at] = new StoreReference(id, remote);
    }

    private static List<string>? Texts(object? value)
    {
        if (value is not List<object?> list)
            return null;
        var texts = new List<string>(list.Count);
        foreach (var entry in list)
        {
            if (entry is not string text)
                return null;
            texts.Add(text);
        }

        return texts;
    }
}
