using System.Buffers;
using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.Json;

/// <summary>The answer of <c>show</c> for a main spec.</summary>
internal static class ShowSpecJson
{
    internal static bool Write(SpecTree tree, string id, IBufferWriter<byte> output)
    {
        var path = $"{tree.SpecsPath}/{id}/{SpecFiles.FileName}";
        if (!tree.Specs.Contains(id))
            return ErrorJson.Write(output, "show_error", $"Spec '{id}' not found at {path}");
        var file = FileText.Read(path);
        if (file.Text is not { } text)
            return ErrorJson.Write(output, "show_error", SystemError.Describe(file.Failure ?? "", path));
        var spec = MainSpec.Read(text);
        if (spec.Refusal is { } refusal || spec.Requirements is not { } section)
            return ErrorJson.Write(output, "show_error", spec.Refusal ?? MainSpec.NoRequirements);
        var json = new JsonText(output);
        json.BeginObject();
        json.Text("id", id);
        json.Text("title", id);
        json.Text("overview", spec.Purpose);
        json.Number("requirementCount", section.Children.Count);
        json.Name("requirements");
        json.BeginArray();
        foreach (var child in section.Children)
            WriteRequirement(json, child.RequirementText(), child);
        json.EndArray();
        json.Name("metadata");
        json.BeginObject();
        json.Text("version", "1.0.0");
        json.Text("format", "openspec");
        json.EndObject();
        ErrorJson.EndWithRoot(json, tree);
        return true;
    }

    /// <summary>A requirement as the CLI shows it: its text and the bodies of its scenarios.</summary>
    internal static void WriteRequirement(JsonText json, string text, Section section)
    {
        json.BeginObject();
        json.Text("text", text);
        json.Name("scenarios");
        json.BeginArray();
        foreach (var scenario in section.Children)
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
