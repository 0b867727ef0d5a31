using System.Text;
using Colophon.Specs.Layout;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands.Schema;

/// <summary><c>schema fork</c>: a copy of a schema in the project, under a name of its own.</summary>
internal static class ForkCommand
{
    internal static void Run(Session session)
    {
        try
        {
            Fork(session, session.Command.Arguments[0], session.Command.Argument(1));
        }
        catch (Exception e) when (e is OpenSpecFailure or SpecException or IOException or UnauthorizedAccessException)
        {
            session.Done(false, "Fork failed");
            var message = OpenSpecFailure.From(e).Message;
            SchemaCommand.Refuse(session, "forked", message, [$"Error: {message}"]);
        }
    }

    private static void Fork(Session session, string source, string? asked)
    {
        var name = string.IsNullOrEmpty(asked) ? $"{source}-custom" : asked;
        var places = new SchemaPlaces(session);
        if (!SchemaCommand.IsName(name))
        {
            SchemaCommand.Refuse(
                session, "forked", $"Invalid schema name '{name}'. Use kebab-case (e.g., my-workflow)",
                [$"Error: Invalid schema name '{name}'", "Schema names must be kebab-case (e.g., my-workflow)"]);
            return;
        }

        if (places.Find(source) is not { } found)
        {
            SchemaCommand.NotFound(session, "forked", source, places.Names);
            return;
        }

        var origin = places.All(source)[0].Source;
        var real = RealPaths.Of(found);
        Walk(real, real, [], static (_, _) => { });
        if (SchemaCheck.Parse(File.ReadAllText($"{real}/schema.yaml")) is { Schema: null, Problem: var problem })
            throw new OpenSpecFailure((problem ?? "").StartsWith("Parse error: ", StringComparison.Ordinal) ? problem!["Parse error: ".Length..] : problem ?? "");
        var destination = $"{places.ProjectFolder}/{name}";
        if (RealPaths.Of(destination) == real)
            throw new OpenSpecFailure($"Cannot fork schema '{source}' onto itself; choose a different destination name");
        if (Path.Exists(destination) && !session.Command.Has("--force"))
        {
            SchemaCommand.Refuse(
                session, "forked", $"Schema '{name}' already exists", [$"Error: Schema '{name}' already exists at {destination}", "Use --force to overwrite"],
                static json => json.Text("suggestion", "Use --force to overwrite"));
            return;
        }

        session.Waiting($"Forking '{source}' to '{name}'...");
        Copy(session, real, destination, places.ProjectFolder, name);
        session.Done(true, $"Forked '{source}' to '{name}'");
        Answer(session, source, (found, origin), name, destination);
    }

    private static void Copy(Session session, string real, string destination, string schemas, string name)
    {
        var staged = SchemaSwap.Stage(session, schemas, "fork");
        try
        {
            Walk(real, real, [], (path, isFolder) =>
            {
                var target = staged + path.Relative;
                if (isFolder)
                    Directory.CreateDirectory(target);
                else
                    File.Copy(path.Real, target);
            });
            var file = $"{staged}/schema.yaml";
            File.WriteAllBytes(file, Encoding.UTF8.GetBytes(YamlEdit.Set(Encoding.UTF8.GetString(File.ReadAllBytes(file)), "name", name)));
            if (SchemaCheck.Parse(File.ReadAllText(file)).Schema is null)
                throw new OpenSpecFailure($"The staged fork of a schema is not a valid schema (the source may have changed during copy); aborted, '{name}' was not modified.");
            SchemaSwap.Install(session, staged, destination, "fork");
        }
        finally
        {
            if (Directory.Exists(staged))
                Directory.Delete(staged, recursive: true);
        }
    }

    /// <summary>Visits everything below a folder, links followed as long as they stay in the schema; folders come before what they hold.</summary>
    private static void Walk(string root, string folder, List<string> above, Action<(string Relative, string Real), bool> visit, string relative = "")
    {
        if (above.Contains(folder))
            throw new OpenSpecFailure($"Cannot fork schema with a linked directory cycle: {folder}");
        above.Add(folder);
        foreach (var (name, kind) in Listing.Read(folder))
        {
            var path = $"{folder}/{name}";
            var real = RealPaths.Of(path);
            if (kind == EntryKind.Link && !SchemaPlaces.Exists(path))
                throw new OpenSpecFailure($"Cannot fork schema with linked or unsupported entry: {path}: ENOENT: no such file or directory, stat '{path}'");
            if (!(real + "/").StartsWith(root + "/", StringComparison.Ordinal))
                throw new OpenSpecFailure($"Cannot fork schema with linked or unsupported entry: {path}: Path is outside the allowed directory: {real}");
            if (!Directory.Exists(real) && File.GetAttributes(real).HasFlag(FileAttributes.Device))
                throw new OpenSpecFailure($"Cannot fork schema with linked or unsupported entry: {path}");
            var isFolder = Directory.Exists(real);
            visit(($"{relative}/{name}", real), isFolder);
            if (isFolder)
                Walk(root, real, above, visit, $"{relative}/{name}");
        }

        above.RemoveAt(above.Count - 1);
    }

    private static void Answer(Session session, string source, (string Folder, string Place) from, string name, string destination)
    {
        if (session.Json)
        {
            session.WriteJson(json =>
            {
                json.BeginObject();
                json.Flag("forked", true);
                json.Text("source", source);
                json.Text("sourcePath", from.Folder);
                json.Text("sourceLocation", from.Place);
                json.Text("destination", name);
                json.Text("destinationPath", destination);
                json.EndObject();
            });
            return;
        }

        session.Line($"\nSource: {from.Folder} ({from.Place})");
        session.Line($"Destination: {destination}");
        session.Line("\nYou can now customize the schema at:");
        session.Line($"  {destination}/schema.yaml");
    }
}
