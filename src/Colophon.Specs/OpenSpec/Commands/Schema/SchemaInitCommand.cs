using System.Text;
using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands.Schema;

/// <summary><c>schema init</c>: a new schema in the project.</summary>
internal static class SchemaInitCommand
{
    private static readonly Artifact[] s_artifacts =
    [
        new("proposal", "proposal.md", []) { Template = "proposal.md", Description = "High-level description of the change, its motivation, and scope" },
        new("specs", "specs/**/*.md", []) { Template = "specs/spec.md", Description = "Detailed specifications with requirements and scenarios" },
        new("design", "design.md", []) { Template = "design.md", Description = "Technical design decisions and implementation approach" },
        new("tasks", "tasks.md", []) { Template = "tasks.md", Description = "Implementation checklist with trackable tasks" },
    ];

    internal static void Run(Session session)
    {
        try
        {
            Create(session, session.Command.Arguments[0]);
        }
        catch (Exception e) when (e is OpenSpecFailure or SpecException or IOException or UnauthorizedAccessException)
        {
            session.Done(false, "Creation failed");
            var message = OpenSpecFailure.From(e).Message;
            SchemaCommand.Refuse(session, "created", message, [$"Error: {message}"]);
        }
    }

    private static void Create(Session session, string name)
    {
        if (!SchemaCommand.IsName(name))
        {
            SchemaCommand.Refuse(
                session, "created", $"Invalid schema name '{name}'. Use kebab-case (e.g., my-workflow)",
                [$"Error: Invalid schema name '{name}'", "Schema names must be kebab-case (e.g., my-workflow)"]);
            return;
        }

        var schemas = new SchemaPlaces(session).ProjectFolder;
        var folder = $"{schemas}/{name}";
        if (Path.Exists(folder) && !session.Command.Has("--force"))
        {
            const string hint = "Use --force to overwrite or \"openspec schema fork\" to copy";
            SchemaCommand.Refuse(
                session, "created", $"Schema '{name}' already exists", [$"Error: Schema '{name}' already exists at {folder}", hint], static json => json.Text("suggestion", hint));
            return;
        }

        if (Choices(session, name) is not { } chosen)
            return;
        var (description, ids, isDefault) = chosen;
        (string Path, string Text)? config = isDefault ? DefaultConfig(session, name) : null;
        if (!SchemaPlaces.IsWithin(session.Directory, folder))
            throw new OpenSpecFailure($"Path is outside the allowed directory: {folder}");
        session.Waiting($"Creating schema '{name}'...");
        var staged = SchemaSwap.Stage(session, schemas, "init");
        try
        {
            Write($"{staged}/schema.yaml", Text(name, description, ids));
            foreach (var artifact in Chosen(ids))
                Write($"{staged}/templates/{artifact.Template}", SchemaTemplates.Of(artifact.Id));
            if (SchemaCheck.Run(staged).FindAll(static issue => issue.Level == "error") is { Count: > 0 } errors)
                throw new OpenSpecFailure($"Generated schema failed validation: {string.Join("; ", errors.Select(static issue => issue.Message))}");
            SchemaSwap.Install(session, staged, folder, "init");
            if (config is { } update)
                UserFile.Write(update.Path, update.Text);
        }
        finally
        {
            if (Directory.Exists(staged))
                Directory.Delete(staged, recursive: true);
        }

        session.Done(true, $"Created schema '{name}'");
        Answer(session, name, folder, ids, isDefault);
    }

    /// <summary>What the options say, or else what is answered; null where there is nothing to make.</summary>
    private static (string Description, string[] Ids, bool IsDefault)? Choices(Session session, string name)
    {
        var command = session.Command;
        var standard = $"Custom workflow schema for {name}";
        var all = s_artifacts.Select(static artifact => artifact.Id).ToArray();
        // Of --default and --no-default the last one counts.
        var set = command.Options.LastOrDefault(static option => option.Name is "--default" or "--no-default").Name;
        if (!session.Json && !command.Has("--description") && !command.Has("--artifacts") && session.Host.OutputIsTerminal)
        {
            var answer = Prompt.Ask(session, $"Schema description: ({standard}) ") ?? throw Cancelled();
            var picked = Prompt.SelectMany(session, "Select artifacts to include:", [.. all.Select(static id => new Choice(id, id))], all) ?? throw Cancelled();
            if (picked.Count == 0)
            {
                session.ErrorLine("Error: At least one artifact must be selected");
                session.ExitCode = 1;
                return null;
            }

            var isDefault = set is null ? Prompt.Confirm(session, "Set as project default schema?", false) ?? throw Cancelled() : set == "--default";
            return (Js.IsBlank(answer) ? standard : answer, [.. picked], isDefault);
        }

        var description = command.Value("--description") is { Length: > 0 } given ? given : standard;
        if (command.Value("--artifacts") is not { Length: > 0 } list)
            return (description, all, set == "--default");
        var ids = list.Split(',').Select(static id => Js.Trim(id).ToString()).ToArray();
        if (Array.Find(ids, id => !all.Contains(id)) is { } unknown)
        {
            SchemaCommand.Refuse(
                session, "created", $"Unknown artifact '{unknown}'", [$"Error: Unknown artifact '{unknown}'", $"Valid artifacts: {string.Join(", ", all)}"], json => json.Texts("valid", all));
            return null;
        }

        return (description, ids, set == "--default");
    }

    private static OpenSpecFailure Cancelled() => new("User force closed the prompt with 0 null");

    private static IEnumerable<Artifact> Chosen(string[] ids) => ids.Select(static id => Array.Find(s_artifacts, artifact => artifact.Id == id) ?? s_artifacts[0]);

    private static string Text(string name, string description, string[] ids)
    {
        const int behindKey = 13;
        var text = new StringBuilder($"name: {name}\nversion: 1\ndescription: {YamlScalar.Write(description, behindKey)}\nartifacts:\n");
        foreach (var artifact in Chosen(ids))
        {
            string[] requires = artifact.Id switch
            {
                "specs" => ["proposal"],
                "design" => ["specs"],
                "tasks" => ids.Contains("design") ? ["design"] : ["specs"],
                _ => [],
            };
            requires = Array.FindAll(requires, ids.Contains);
            text.Append($"  - id: {artifact.Id}\n    generates: {artifact.Generates}\n    description: {artifact.Description}\n    template: {artifact.Template}\n    requires:");
            text.Append(requires.Length == 0 ? " []\n" : $"\n      - {requires[0]}\n");
        }

        if (ids.Contains("tasks"))
            text.Append("apply:\n  requires:\n    - tasks\n  tracks: tasks.md\n");
        return text.ToString();
    }

    /// <summary>The project's configuration with this schema as its default.</summary>
    private static (string Path, string Text) DefaultConfig(Session session, string name)
    {
        var path = $"{session.Directory}/openspec/config.yaml";
        if (!Path.Exists(path) && Path.Exists($"{session.Directory}/openspec/config.yml"))
            path = $"{session.Directory}/openspec/config.yml";
        if (!SchemaPlaces.IsWithin(session.Directory, path))
            throw new OpenSpecFailure($"Path is outside the allowed directory: {path}");
        var file = Path.GetFileName(path);
        if (new FileInfo(path).LinkTarget is not null)
            throw new OpenSpecFailure($"Cannot set the default schema: {file} must be a regular file, not a symbolic link");
        if (Directory.Exists(path))
            throw new OpenSpecFailure($"Cannot set the default schema: {file} must be a regular file");
        if (!UserFile.IsWritable(path) || (File.Exists(path) && !UserFile.IsWritable(Path.GetDirectoryName(path) ?? "/")))
            throw new OpenSpecFailure($"Cannot set the default schema: {(File.Exists(path) ? file : Path.GetDirectoryName(path))} is not writable");
        var content = FileText.Read(path);
        if (content.Text is not { } text)
            return (path, $"schema: {name}\n");
        if (!Yaml.TryRead(text, out var value))
            throw new OpenSpecFailure($"Cannot set the default schema: {file} is invalid YAML");
        if (value is not (null or Dictionary<string, object?>))
            throw new OpenSpecFailure($"Cannot set the default schema: {file} must contain a YAML object");
        return (path, YamlEdit.Remove(YamlEdit.Set(text, "schema", name), "defaultSchema"));
    }

    private static void Answer(Session session, string name, string folder, string[] ids, bool isDefault)
    {
        if (session.Json)
        {
            session.WriteJson(json =>
            {
                json.BeginObject();
                json.Flag("created", true);
                json.Text("path", folder);
                json.Text("schema", name);
                json.Texts("artifacts", ids);
                json.Flag("setAsDefault", isDefault);
                json.EndObject();
            });
            return;
        }

        session.Line($"\nSchema created at: {folder}");
        session.Line($"\nArtifacts: {string.Join(", ", ids)}");
        if (isDefault)
            session.Line("\nSet as project default schema.");
        session.Line("\nNext steps:");
        session.Line($"  1. Edit {folder}/schema.yaml to customize artifacts");
        session.Line("  2. Modify templates in the schema directory");
        session.Line($"  3. Use with: openspec new --schema {name}");
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
    }
}
