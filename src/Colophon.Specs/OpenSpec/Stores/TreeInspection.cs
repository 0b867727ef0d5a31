using Colophon.Specs.Json;

namespace Colophon.Specs.OpenSpec.Stores;

/// <summary>Whether a folder holds a complete OpenSpec tree, part by part.</summary>
internal sealed class TreeInspection
{
    private enum Kind
    {
        Missing,
        Folder,
        File,
    }

    private bool? _present;
    private bool? _config;
    private string? _configPath;
    private bool? _specs;
    private bool? _changes;
    private bool? _archive;

    internal List<Diagnostic> Diagnostics { get; } = [];

    internal bool? IsPresent => _present;

    internal bool IsHealthy => _present == true && _config == true && Diagnostics.Count == 0;

    /// <summary>What is wrong, in one line.</summary>
    internal string? Problems => Diagnostics.Count == 0 ? null : string.Join(' ', Diagnostics.Select(static diagnostic => diagnostic.Message));

    internal static TreeInspection Of(string root)
    {
        var inspection = new TreeInspection();
        inspection.Look(root);
        return inspection;
    }

    internal void Write(JsonText json)
    {
        Nullable(json, "present", _present);
        json.Name("config");
        json.BeginObject();
        Nullable(json, "present", _config);
        if (_configPath is not null)
            json.Text("path", _configPath);
        json.EndObject();
        foreach (var (name, present) in (ReadOnlySpan<(string, bool?)>)[("specs", _specs), ("changes", _changes), ("archive", _archive)])
        {
            json.Name(name);
            json.BeginObject();
            Nullable(json, "present", present);
            json.EndObject();
        }

        json.Flag("healthy", IsHealthy);
        Diagnostic.Write(json, "status", Diagnostics);
    }

    internal static void Nullable(JsonText json, string name, bool? value)
    {
        if (value is { } known)
            json.Flag(name, known);
        else
            json.Null(name);
    }

    private static Kind KindOf(string path) => Directory.Exists(path) ? Kind.Folder : File.Exists(path) ? Kind.File : Kind.Missing;

    private void Look(string root)
    {
        var kind = KindOf(root);
        if (kind != Kind.Folder)
        {
            Say(kind == Kind.Missing ? "openspec_store_root_missing" : "openspec_store_root_not_directory", kind == Kind.Missing ? "Store root does not exist." : "Store root is not a directory.", "store.root");
            return;
        }

        kind = KindOf($"{root}/openspec");
        _present = kind == Kind.Folder;
        if (kind != Kind.Folder)
        {
            Say(kind == Kind.Missing ? "openspec_root_missing" : "openspec_root_not_directory", kind == Kind.Missing ? "Missing openspec/ directory." : "openspec/ exists but is not a directory.", "openspec.root");
            return;
        }

        LookAtConfiguration(root);
        _specs = Part(root, "openspec/specs", "specs") == Kind.Folder;
        _changes = Part(root, "openspec/changes", "changes") == Kind.Folder;
        _archive = _changes == true && Part(root, "openspec/changes/archive", "archive") == Kind.Folder;
    }

    private void LookAtConfiguration(string root)
    {
        var (yaml, yml) = (KindOf($"{root}/openspec/config.yaml"), KindOf($"{root}/openspec/config.yml"));
        _config = yaml == Kind.File || yml == Kind.File;
        _configPath = yaml == Kind.File ? "openspec/config.yaml" : yml == Kind.File ? "openspec/config.yml" : null;
        if (_config == true)
            return;
        if (yaml != Kind.Missing || yml != Kind.Missing)
            Say("openspec_config_not_file", "OpenSpec config path exists but is not a file.", "openspec.config");
        else
            Say("openspec_config_missing", "Missing openspec/config.yaml or openspec/config.yml.", "openspec.config");
    }

    private Kind Part(string root, string path, string name)
    {
        var kind = KindOf($"{root}/{path}");
        if (kind == Kind.File)
            Say($"openspec_{name}_not_directory", $"{path}/ exists but is not a directory.", $"openspec.{name}");
        return kind;
    }

    private void Say(string code, string message, string target) => Diagnostics.Add(new Diagnostic("error", code, message, target));
}
