using Colophon.Specs.Layout;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands.Schema;

/// <summary><c>templates</c>: where the templates of a schema are.</summary>
internal static class TemplatesCommand
{
    internal static void Run(Session session)
    {
        session.Waiting("Loading templates...");
        var places = new SchemaPlaces(session);
        var name = session.Command.Value("--schema") ?? SchemaLibrary.BuiltIn;
        if (places.Find(name) is not { } folder)
            throw new OpenSpecFailure($"Schema '{name}' not found. Available schemas:\n  {string.Join("\n  ", places.Names)}");
        var (schema, problem) = new SchemaLibrary(session.Directory, UserFolders.Data(session)).Resolve(name);
        if (schema is null)
            throw new OpenSpecFailure(problem ?? "");
        var artifacts = ReferenceEquals(schema, WorkflowSchema.SpecDriven) ? PackageFiles.Schema.Artifacts : schema.Artifacts;
        var source = places.All(name).Find(place => place.Folder == folder)?.Source ?? "package";
        var templates = artifacts.Select(artifact => (artifact.Id, Path: Locate(folder, artifact))).ToList();
        if (session.Json)
        {
            session.WriteJson(json =>
            {
                json.BeginObject();
                foreach (var (id, path) in templates)
                {
                    json.Name(id);
                    json.BeginObject();
                    json.Text("path", path);
                    json.Text("source", source);
                    json.EndObject();
                }

                json.EndObject();
            });
            return;
        }

        session.Line($"Schema: {name}");
        session.Line($"Source: {source}");
        session.Line();
        foreach (var (id, path) in templates)
        {
            session.Line($"{id}:");
            session.Line($"  {path}");
        }
    }

    private static string Locate(string folder, Artifact artifact)
    {
        var path = Path.GetFullPath($"{folder}/templates/{artifact.Template}");
        if (!SchemaPlaces.IsWithin($"{folder}/templates", path))
            throw new OpenSpecFailure($"Template '{artifact.Template}' for artifact '{artifact.Id}' points outside the schema templates directory");
        return Path.Exists(path) ? RealPaths.Of(path) : path;
    }
}
