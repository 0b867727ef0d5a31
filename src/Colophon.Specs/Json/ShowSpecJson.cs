using System.Buffers;
using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.Json;

/// <summary>The answer of <c>show</c> for a main spec.</summary>
internal static class ShowSpecJson
{
    internal static bool Write(SpecTree tree, string id, IBufferWriter<byte> output) =>
        TryWrite(tree, id, new ShownParts(), output) is not { } refusal || ErrorJson.Write(output, "show_error", refusal);

    /// <summary>Writes a spec or some of it, or says why it cannot be shown.</summary>
    internal static string? TryWrite(SpecTree tree, string id, ShownParts parts, IBufferWriter<byte> output)
    {
        var path = $"{tree.SpecsPath}/{id}/{SpecFiles.FileName}";
        var file = FileText.Read(path);
        if (file.Missing)
            return $"Spec '{id}' not found at {path}";
        if (parts is { RequirementsOnly: true, Requirement: not null })
            return "Options --requirements and --requirement cannot be used together";
        if (file.Text is not { } text)
            return SystemError.Describe(file.Failure ?? "", path);
        var spec = MainSpec.Read(text, tree.Keywords);
        if (spec.Refusal is { } refusal || spec.Requirements is not { } section)
            return spec.Refusal ?? MainSpec.NoRequirements;
        var shown = section.Children;
        if (parts.Requirement is { Length: > 0 } number)
        {
            if (JsNumber.ParseInteger(number) is not (>= 1 and var index) || index > shown.Count)
                return $"Requirement {number} not found";
            shown = [shown[(int)index - 1]];
        }

        var json = new JsonText(output);
        json.BeginObject();
        json.Text("id", id);
        json.Text("title", id);
        json.Text("overview", spec.Purpose);
        json.Number("requirementCount", shown.Count);
        json.Name("requirements");
        json.BeginArray();
        foreach (var child in shown)
            WriteRequirement(json, child.RequirementText(), child, parts.Scenarios && !parts.RequirementsOnly);
        json.EndArray();
        json.Name("metadata");
        json.BeginObject();
        json.Text("version", "1.0.0");
        json.Text("format", "openspec");
        json.EndObject();
        ErrorJson.EndWithRoot(json, tree);
        return null;
    }

    /// <summary>A requirement as the CLI shows it: its text and the bodies of its scenarios.</summary>
    internal static void WriteRequirement(JsonText json, string text, Section section, bool scenarios = true)
    {
        json.BeginObject();
        json.Text("text", text);
        json.Name("scenarios");
        json.BeginArray();
        foreach (var scenario in scenarios ? section.Children : [])
        {
            var content = scenario.Content;
            if (content.IsEmpty)
                continue;
            json.BeginObject();
            json.Text("rawText", content.ToString());
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
    }
}

/// <summary>What of a spec is shown.</summary>
/// <param name="RequirementsOnly">Leave the scenarios out.</param>
/// <param name="Scenarios">Show the scenarios.</param>
/// <param name="Requirement">Only the requirement with this number, counted from 1.</param>
internal readonly record struct ShownParts(bool RequirementsOnly = false, bool Scenarios = true, string? Requirement = null)
{
    public ShownParts()
        : this(false)
    {
    }
}
