using Colophon.Specs.Json;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary>The status of a change as JSON.</summary>
internal static class StatusJson
{
    internal static void WriteMembers(JsonText json, SpecTree tree, ChangeContext context)
    {
        var ordered = context.BuildOrder();
        json.Text("changeName", context.Name);
        json.Text("schemaName", context.SchemaName);
        WriteHome(json, tree);
        json.Text("changeRoot", context.Directory);
        json.Name("artifactPaths");
        json.BeginObject();
        foreach (var artifact in context.Schema.Artifacts)
        {
            json.Name(artifact.Id);
            json.BeginObject();
            json.Text("outputPath", artifact.Generates);
            json.Text("resolvedOutputPath", context.OutputPath(artifact.Generates));
            json.Texts("existingOutputPaths", context.Outputs(artifact));
            json.EndObject();
        }

        json.EndObject();
        json.Flag("isPlanningComplete", context.IsComplete);
        json.Flag("isComplete", context.IsComplete);
        json.Texts("applyRequires", context.Schema.ApplyRequires ?? [.. context.Schema.Artifacts.Select(static artifact => artifact.Id)]);
        json.Texts("nextSteps", StatusText.Next(context) is { } next ? [next.Sentence] : []);
        WriteActionContext(json, tree, ordered);
        json.Name("artifacts");
        json.BeginArray();
        foreach (var artifact in ordered)
            WriteArtifact(json, context, artifact);
        json.EndArray();
    }

    internal static void WriteHome(JsonText json, SpecTree tree)
    {
        json.Name("planningHome");
        json.BeginObject();
        json.Text("kind", "repo");
        json.Text("root", tree.Root);
        json.Text("changesDir", tree.ChangesPath);
        json.Text("defaultSchema", SchemaLibrary.BuiltIn);
        json.EndObject();
    }

    private static void WriteActionContext(JsonText json, SpecTree tree, List<Artifact> ordered)
    {
        json.Name("actionContext");
        json.BeginObject();
        json.Text("mode", "repo-local");
        json.Text("sourceOfTruth", "repo");
        json.Texts("planningArtifacts", ordered.Select(static artifact => artifact.Id));
        json.Texts("linkedContext", []);
        json.Texts("allowedEditRoots", [tree.Root]);
        json.Flag("requiresAffectedAreaSelection", false);
        json.Texts("constraints", ["Repo-local change artifacts and implementation edits are scoped to this project."]);
        json.EndObject();
    }

    private static void WriteArtifact(JsonText json, ChangeContext context, Artifact artifact)
    {
        var state = context.StateOf(artifact);
        json.BeginObject();
        json.Text("id", artifact.Id);
        json.Text("outputPath", artifact.Generates);
        json.Text("status", state switch { ArtifactState.Done => "done", ArtifactState.Skipped => "skipped", ArtifactState.Ready => "ready", _ => "blocked" });
        json.Texts("requires", artifact.Requires);
        if (state == ArtifactState.Blocked)
            json.Texts("missingDeps", context.Missing(artifact));
        json.EndObject();
    }
}
