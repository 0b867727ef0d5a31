using Colophon.Specs.Json;
using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Stores;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary><c>instructions &lt;artifact&gt;</c>: the template, the rules and the place of one document.</summary>
internal static class ArtifactCommand
{
    private const string SkipWarning =
        "This change declares skip_specs: true in .openspec.yaml (no spec-level behavior changes), so this artifact is skipped.\n"
        + "Do not create spec files - they will conflict with that marker. If requirements now change, remove skip_specs from .openspec.yaml and rerun this command.";

    /// <summary>Everything that is said about one artifact.</summary>
    internal sealed record Instructions(ChangeContext Context, Artifact Artifact, string Template, string? ProjectContext, IReadOnlyList<string>? Rules, List<ReferencedStore> References)
    {
        internal bool Skipped => Context.IsSkipped(Artifact.Id);

        internal IEnumerable<string> Unlocks =>
            Context.Schema.Artifacts.Where(other => other.Requires.Contains(Artifact.Id)).Select(static other => other.Id);
    }

    internal static void Run(Session session, SpecTree tree, string? id)
    {
        var schemas = new SchemaLibrary(tree.Root, UserFolders.Data(session));
        var asked = session.Command.Value("--schema");
        var name = ChangeLookup.Check(tree, session.Command.Value("--change"), schemas);
        ChangeLookup.CheckSchema(asked, schemas);
        var config = InstructionsCommand.Configuration(session, tree);
        var references = InstructionsCommand.ReadReferences(session, tree, config);
        var context = ChangeContext.Load(tree, name, asked, schemas, () => config);
        var ids = string.Join("\n  ", context.Schema.Artifacts.Select(static artifact => artifact.Id));
        if (string.IsNullOrEmpty(id))
            throw new OpenSpecFailure($"Missing required argument <artifact>. Valid artifacts:\n  {ids}");
        if (context.Schema.Find(id) is not { } artifact)
            throw new OpenSpecFailure($"Artifact '{id}' not found in schema '{context.SchemaName}'. Valid artifacts:\n  {ids}");
        var (_, folder) = schemas.Locate(context.SchemaName);
        if (folder is null)
            artifact = PackageFiles.Schema.Find(id) ?? artifact;
        var template = Template(context.SchemaName, folder, artifact);
        WarnAboutRules(session, config, schemas);
        var text = config.Context is { } raw && !Js.IsBlank(raw) ? Js.Trim(raw).ToString() : null;
        var instructions = new Instructions(context, artifact, template, text, config.Rules.GetValueOrDefault(id), references);
        if (session.Json)
            session.WriteJson(json => Write(json, tree, instructions));
        else
            ArtifactText.Write(session, instructions, SkipWarning);
    }

    private static string Template(string schema, string? folder, Artifact artifact)
    {
        if (folder is null)
            return PackageFiles.Template(artifact.Template) ?? throw new OpenSpecFailure($"Schema '{schema}' not found");
        var path = $"{folder}/templates/{artifact.Template}";
        if (!RealPaths.Of(path).StartsWith(RealPaths.Of($"{folder}/templates") + "/", StringComparison.Ordinal))
            throw new OpenSpecFailure($"Path is outside the allowed directory: {path}");
        var file = FileText.Read(path);
        if (file.Missing)
            throw new OpenSpecFailure($"Template not found: {path}");
        return file.Text ?? throw new OpenSpecFailure($"Failed to read template: {SystemError.Describe(file.Failure ?? "", path)}");
    }

    private static void WarnAboutRules(Session session, ProjectConfig config, SchemaLibrary schemas)
    {
        if (config.Rules.Count == 0)
            return;
        var known = new SortedSet<string>(schemas.All().SelectMany(static entry => entry.Schema.Artifacts).Select(static artifact => artifact.Id), StringComparer.Ordinal);
        foreach (var id in config.Rules.Keys)
        {
            if (!known.Contains(id))
                session.ErrorLine($"Unknown artifact ID in rules: \"{id}\". It matches no artifact in any available schema. Known artifact IDs: {string.Join(", ", known)}");
        }
    }

    private static void Write(JsonText json, SpecTree tree, Instructions instructions)
    {
        var (context, artifact) = (instructions.Context, instructions.Artifact);
        json.BeginObject();
        json.Text("changeName", context.Name);
        json.Text("artifactId", artifact.Id);
        json.Text("schemaName", context.SchemaName);
        json.Text("changeDir", context.Directory);
        StatusJson.WriteHome(json, tree);
        json.Text("outputPath", artifact.Generates);
        json.Text("resolvedOutputPath", context.OutputPath(artifact.Generates));
        json.Texts("existingOutputPaths", context.Outputs(artifact));
        json.Text("description", artifact.Description);
        if (artifact.Instruction is { } instruction)
            json.Text("instruction", instruction);
        if (instructions.ProjectContext is { } text)
            json.Text("context", text);
        if (instructions.Rules is { } rules)
            json.Texts("rules", rules);
        if (instructions.References.Count > 0)
            References.Write(json, "references", instructions.References);
        if (instructions.Skipped)
        {
            json.Flag("skipped", true);
            json.Text("warning", SkipWarning);
        }

        json.Text("template", instructions.Template);
        json.Name("dependencies");
        json.BeginArray();
        foreach (var id in artifact.Requires)
            WriteDependency(json, context, id);
        json.EndArray();
        json.Texts("unlocks", instructions.Unlocks);
        ErrorJson.WriteRoot(json, tree);
        json.EndObject();
    }

    private static void WriteDependency(JsonText json, ChangeContext context, string id)
    {
        json.BeginObject();
        json.Text("id", id);
        json.Flag("done", context.IsDone(id));
        json.Text("path", context.Schema.Find(id)?.Generates ?? id);
        json.Text("description", DescriptionOf(context, id));
        if (context.IsSkipped(id))
            json.Flag("skipped", true);
        json.EndObject();
    }

    internal static string DescriptionOf(ChangeContext context, string id) =>
        (ReferenceEquals(context.Schema, WorkflowSchema.SpecDriven) ? PackageFiles.Schema : context.Schema).Find(id)?.Description ?? "";
}
