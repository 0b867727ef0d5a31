using System.Text;
using Colophon.Specs.Json;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary><c>new change</c>: a folder with its metadata.</summary>
internal static class NewChangeCommand
{
    internal static void Run(Session session)
    {
        try
        {
            Create(session);
        }
        catch (Exception e) when (session.Json && e is OpenSpecFailure or SpecException or IOException or UnauthorizedAccessException)
        {
            session.FailJson(OpenSpecFailure.From(e), "change_error", static json => json.Null("change"));
        }
    }

    private static void Create(Session session)
    {
        var command = session.Command;
        var name = command.Argument(0) ?? "";
        if (ChangeNames.Problem(name) is { } problem)
            throw new OpenSpecFailure(problem);
        if (command.Has("--initiative"))
        {
            throw new OpenSpecFailure(
                "--initiative is no longer supported. Normal changes no longer attach to initiatives; --store <id> selects the OpenSpec root.",
                "initiative_option_removed",
                target: "change.options");
        }

        if (command.Has("--areas"))
            throw new OpenSpecFailure("--areas is no longer supported. Workspace affected areas are not part of the normal OpenSpec root path.", "areas_option_removed", target: "change.options");
        if (RootSelection.TryResolve(session, payload: static json => json.Null("change")) is not { } tree)
            return;
        var schemas = new SchemaLibrary(tree.Root, UserFolders.Data(session));
        var asked = command.Value("--schema") is { Length: > 0 } given ? given : null;
        ChangeLookup.CheckSchema(asked, schemas);
        session.Waiting($"Creating change '{name}' with schema '{asked ?? SchemaLibrary.BuiltIn}'...");
        var schemaName = asked ?? ProjectConfig.Read(tree.Root, session.ErrorLine).Schema ?? SchemaLibrary.BuiltIn;
        if (!schemas.Names.Contains(schemaName))
            throw new OpenSpecFailure($"Unknown schema '{schemaName}'. Available: {string.Join(", ", schemas.Names)}");
        var directory = $"{tree.ChangesPath}/{name}";
        if (Directory.Exists(directory))
            throw new OpenSpecFailure($"Change '{name}' already exists at {directory}");
        var (schema, why) = schemas.Resolve(schemaName);
        Scaffold(session, tree, directory, schemaName, schema ?? throw new OpenSpecFailure(why ?? ""));
        if (command.Value("--description") is { Length: > 0 } description)
            Write($"{directory}/README.md", $"# {name}\n\n{description}\n");
        Answer(session, tree, name, directory, schemaName);
    }

    private static void Scaffold(Session session, SpecTree tree, string directory, string schemaName, WorkflowSchema schema)
    {
        Directory.CreateDirectory(directory);
        Directory.CreateDirectory(tree.SpecsPath);
        Directory.CreateDirectory(tree.ArchivePath);
        if (!Path.Exists($"{tree.Root}/openspec/config.yaml") && !Path.Exists($"{tree.Root}/openspec/config.yml"))
            Write($"{tree.Root}/openspec/config.yaml", $"schema: {SchemaLibrary.BuiltIn}\n");
        var today = TimeZoneInfo.ConvertTime(session.Host.Time.GetUtcNow(), session.Host.Time.LocalTimeZone);
        var metadata = new StringBuilder($"schema: {YamlScalar.Write(schemaName)}\ncreated: {today:yyyy-MM-dd}\n");
        if (session.Command.Value("--goal") is { Length: > 0 } goal)
            metadata.Append("goal: ").Append(YamlScalar.Write(goal, "goal: ".Length)).Append('\n');
        if (!schema.Artifacts.Any(static artifact => artifact.IsSpecs))
            metadata.Append("skip_specs: true\n");
        Write($"{directory}/{ChangeMetadata.FileName}", metadata.ToString());
    }

    private static void Answer(Session session, SpecTree tree, string name, string directory, string schema)
    {
        if (session.Json)
        {
            session.WriteJson(json =>
            {
                json.BeginObject();
                json.Name("change");
                json.BeginObject();
                json.Text("id", name);
                json.Text("path", directory);
                json.Text("metadataPath", $"{directory}/{ChangeMetadata.FileName}");
                json.Text("schema", schema);
                json.EndObject();
                ErrorJson.WriteRoot(json, tree);
                json.EndObject();
            });
            return;
        }

        session.Line($"Created change '{name}' at {(tree.StoreId is null && tree.Root == session.Directory ? $"openspec/changes/{name}" : directory)}/");
        session.Line($"Schema: {schema}");
        session.Line($"Next: {session.Hint($"openspec status --change {name}")}");
        if (tree.Source != "implicit")
            return;
        session.Line();
        session.Line(session.Paint(Color.Dim, "Note: no OpenSpec root was found here, so one was created at openspec/."));
        session.Line(session.Paint(Color.Dim, "Run `openspec init` to finish setting this project up, or delete that directory if you meant a different project."));
    }

    private static void Write(string path, string text) => File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
}
