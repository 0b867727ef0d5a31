using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands.Schema;

/// <summary>Something wrong with a schema.</summary>
internal sealed record SchemaIssue(string Level, string Path, string Message);

/// <summary>Checks a schema's folder: its file, its graph, its templates.</summary>
internal static class SchemaCheck
{
    /// <summary>The issues; a schema without errors is valid.</summary>
    /// <param name="folder">The schema's folder.</param>
    /// <param name="say">Is told each step.</param>
    internal static List<SchemaIssue> Run(string folder, Action<string>? say = null)
    {
        var issues = new List<SchemaIssue>();
        var path = $"{folder}/schema.yaml";
        say?.Invoke("  Checking schema.yaml exists...");
        var file = FileText.Read(path);
        if (file.Missing)
            return [new SchemaIssue("error", "schema.yaml", "schema.yaml not found")];
        say?.Invoke("  Parsing YAML...");
        if (file.Text is not { } text)
            return [new SchemaIssue("error", "schema.yaml", $"Failed to read file: {SystemError.Describe(file.Failure ?? "", path)}")];
        say?.Invoke("  Validating schema structure...");
        var (schema, problem) = Parse(text);
        if (schema is null)
            return [new SchemaIssue("error", "schema.yaml", problem ?? "")];
        say?.Invoke("  Checking template files...");
        foreach (var artifact in schema.Artifacts)
        {
            var templates = $"{folder}/templates";
            var template = $"{templates}/{artifact.Template}";
            if (!SchemaPlaces.Exists(template))
                issues.Add(new SchemaIssue("error", $"artifacts.{artifact.Id}.template", $"Template file '{artifact.Template}' not found for artifact '{artifact.Id}'"));
            else if (!SchemaPlaces.IsWithin(templates, template))
                issues.Add(new SchemaIssue("error", $"artifacts.{artifact.Id}.template", $"Template file '{artifact.Template}' points outside the schema templates directory"));
        }

        say?.Invoke("  Dependency graph validation passed (via parseSchema)");
        if (TracksWarning(schema) is { } warning)
            issues.Add(new SchemaIssue("warning", "apply.tracks", warning));
        return issues;
    }

    /// <summary>The schema, or what is wrong with its text.</summary>
    internal static (WorkflowSchema? Schema, string? Problem) Parse(string text)
    {
        if (!Yaml.TryRead(text, out _))
            return (null, $"Parse error: {YamlError.Describe(text)}");
        return WorkflowSchema.Read(text);
    }

    private static string? TracksWarning(WorkflowSchema schema)
    {
        if (schema.Tracks is not { } tracks || schema.Artifacts.Any(artifact => artifact.Generates == tracks))
            return null;
        return $"apply.tracks '{tracks}' does not exactly match any artifact's generates value "
            + $"(generates: {string.Join(", ", schema.Artifacts.Select(static artifact => artifact.Generates))}), "
            + "so OpenSpec cannot tell which artifact's progress it tracks. "
            + "Apply still reads that file as written, but list and status count tasks.md instead. "
            + "Make apply.tracks exactly equal one of those generates values, "
            + "or confirm that file is maintained outside the artifact graph.";
    }
}
