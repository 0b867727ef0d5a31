using Colophon.Specs.Json;
using Colophon.Specs.Layout;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands.Schema;

/// <summary><c>schema which|validate|fork|init</c>: the workflows of a project.</summary>
internal static class SchemaCommand
{
    internal static void Run(Session session)
    {
        session.ErrorLine("Note: Schema commands are experimental and may change.");
        switch (session.Command.Path)
        {
            case "schema which":
                Guard(session, static session => Which(session), isJson: false);
                break;
            case "schema validate":
                Guard(session, static session => Validate(session), session.Json, "valid");
                break;
            case "schema fork":
                ForkCommand.Run(session);
                break;
            default:
                SchemaInitCommand.Run(session);
                break;
        }
    }

    /// <summary>Answers with an error, as text or as JSON with its flag false.</summary>
    internal static void Refuse(Session session, string flag, string error, string[] lines, Action<JsonText>? more = null)
    {
        session.ExitCode = 1;
        if (session.Json)
        {
            session.WriteJson(json =>
            {
                json.BeginObject();
                if (flag.Length > 0)
                    json.Flag(flag, false);
                json.Text("error", error);
                more?.Invoke(json);
                json.EndObject();
            });
            return;
        }

        foreach (var line in lines)
            session.ErrorLine(line);
    }

    internal static void NotFound(Session session, string flag, string name, IReadOnlyList<string> known) => Refuse(
        session, flag, $"Schema '{name}' not found", [$"Error: Schema '{name}' not found", $"Available schemas: {string.Join(", ", known)}"], json => json.Texts("available", known));

    /// <summary>Whether a name is lower-case words joined by hyphens, a letter first.</summary>
    internal static bool IsName(string name) => Parsing.KebabName.Is(name) && char.IsAsciiLetterLower(name[0]);

    private static void Guard(Session session, Action<Session> run, bool isJson, string flag = "")
    {
        try
        {
            run(session);
        }
        catch (Exception e) when (e is OpenSpecFailure or SpecException or IOException or UnauthorizedAccessException)
        {
            var message = OpenSpecFailure.From(e).Message;
            if (isJson)
                Refuse(session, flag, message, []);
            else
                session.ErrorLine($"Error: {message}");
            session.ExitCode = 1;
        }
    }

    private static void Which(Session session)
    {
        var places = new SchemaPlaces(session);
        if (session.Command.Has("--all"))
        {
            WhichAll(session, places);
            return;
        }

        if (session.Command.Argument(0) is not { Length: > 0 } name)
        {
            session.ErrorLine("Error: Schema name is required (or use --all to list all schemas)");
            session.ExitCode = 1;
            return;
        }

        var found = places.All(name);
        if (found.Count == 0)
        {
            NotFound(session, "", name, places.Names);
            return;
        }

        if (session.Json)
        {
            session.WriteJson(json => Write(json, name, found));
            return;
        }

        session.Line($"Schema: {name}");
        session.Line($"Source: {found[0].Source}");
        session.Line($"Path: {found[0].Folder}");
        if (found.Count > 1)
            session.Line("\nShadows:");
        foreach (var shadow in found.Skip(1))
            session.Line($"  {shadow.Source}: {shadow.Folder}");
    }

    private static void WhichAll(Session session, SchemaPlaces places)
    {
        var all = places.Names.Select(name => (Name: name, Places: places.All(name))).Where(static entry => entry.Places.Count > 0).ToList();
        if (session.Json)
        {
            session.WriteJson(json =>
            {
                json.BeginArray();
                foreach (var (name, found) in all)
                    Write(json, name, found);
                json.EndArray();
            });
            return;
        }

        foreach (var (source, title) in (ReadOnlySpan<(string, string)>)[("project", "Project"), ("user", "User"), ("package", "Package")])
        {
            var here = all.FindAll(entry => entry.Places[0].Source == source);
            if (here.Count > 0)
                session.Line($"\n{title} schemas:");
            foreach (var (name, found) in here)
                session.Line($"  {name}{(found.Count > 1 ? $" (shadows: {string.Join(", ", found.Skip(1).Select(static place => place.Source))})" : "")}");
        }
    }

    private static void Write(JsonText json, string name, List<SchemaPlace> places)
    {
        json.BeginObject();
        json.Text("name", name);
        json.Text("source", places[0].Source);
        json.Text("path", places[0].Folder);
        json.Name("shadows");
        json.BeginArray();
        foreach (var shadow in places.Skip(1))
        {
            json.BeginObject();
            json.Text("source", shadow.Source);
            json.Text("path", shadow.Folder);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
    }

    private static void Validate(Session session)
    {
        var places = new SchemaPlaces(session);
        Action<string>? say = session.Command.Has("--verbose") && !session.Json ? session.Line : null;
        if (session.Command.Argument(0) is not { Length: > 0 } name)
        {
            ValidateAll(session, places, say);
            return;
        }

        if (places.Find(name) is not { } folder)
        {
            NotFound(session, "valid", name, places.Names);
            return;
        }

        say?.Invoke($"Validating {name}...");
        var issues = SchemaCheck.Run(folder, say);
        var valid = IsValid(issues);
        session.ExitCode = valid ? 0 : 1;
        if (session.Json)
        {
            session.WriteJson(json => Write(json, name, folder, issues));
            return;
        }

        session.Line(valid ? $"✓ Schema '{name}' is valid" : $"✗ Schema '{name}' has errors:");
        foreach (var issue in issues)
            session.Line($"  {issue.Level}: {issue.Message}");
    }

    private static void ValidateAll(Session session, SchemaPlaces places, Action<string>? say)
    {
        if (!Path.Exists(places.ProjectFolder))
        {
            if (!session.Json)
                session.Line("No project schemas directory found.");
            else
                session.WriteJson(json => WriteAll(json, "No project schemas directory found", []));
            return;
        }

        if (File.Exists(places.ProjectFolder))
            throw new OpenSpecFailure(SystemError.NotADirectory(places.ProjectFolder));
        var results = new List<(string Name, string Folder, List<SchemaIssue> Issues)>();
        foreach (var name in SchemaLibrary.NamesIn(places.ProjectFolder))
        {
            say?.Invoke($"\nValidating {name}...");
            results.Add((name, $"{places.ProjectFolder}/{name}", SchemaCheck.Run($"{places.ProjectFolder}/{name}", say)));
        }

        session.ExitCode = results.TrueForAll(static result => IsValid(result.Issues)) ? 0 : 1;
        if (session.Json)
        {
            session.WriteJson(json => WriteAll(json, null, results));
            return;
        }

        session.Line(results.Count == 0 ? "No schemas found in project." : "\nValidation Results:");
        foreach (var (name, _, issues) in results)
        {
            session.Line($"  {(IsValid(issues) ? '✓' : '✗')} {name}");
            foreach (var issue in issues)
                session.Line($"    {issue.Level}: {issue.Message}");
        }
    }

    private static bool IsValid(List<SchemaIssue> issues) => !issues.Exists(static issue => issue.Level == "error");

    private static void WriteAll(JsonText json, string? message, List<(string Name, string Folder, List<SchemaIssue> Issues)> results)
    {
        json.BeginObject();
        json.Flag("valid", results.TrueForAll(static result => IsValid(result.Issues)));
        if (message is not null)
            json.Text("message", message);
        json.Name("schemas");
        json.BeginArray();
        foreach (var (name, folder, issues) in results)
            Write(json, name, folder, issues);
        json.EndArray();
        json.EndObject();
    }

    private static void Write(JsonText json, string name, string folder, List<SchemaIssue> issues)
    {
        json.BeginObject();
        json.Text("name", name);
        json.Text("path", folder);
        json.Flag("valid", IsValid(issues));
        json.Name("issues");
        json.BeginArray();
        foreach (var issue in issues)
        {
            json.BeginObject();
            json.Text("level", issue.Level);
            json.Text("path", issue.Path);
            json.Text("message", issue.Message);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
    }
}
