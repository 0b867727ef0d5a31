using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary><c>schemas</c>: the workflows a project can use.</summary>
internal static class SchemasCommand
{
    internal static void Run(Session session)
    {
        if (RootSelection.TryResolve(session, payload: static json =>
        {
            json.Texts("schemas", []);
            json.Null("root");
        }) is not { } tree)
            return;
        var schemas = new SchemaLibrary(tree.Root, UserFolders.Data(session)).All();
        if (session.Json)
        {
            session.WriteJson(json =>
            {
                json.BeginArray();
                foreach (var (name, source, schema) in schemas)
                {
                    json.BeginObject();
                    json.Text("name", name);
                    json.Text("description", Description(schema));
                    json.Texts("artifacts", schema.Artifacts.Select(static artifact => artifact.Id));
                    json.Text("source", source);
                    json.EndObject();
                }

                json.EndArray();
            });
            return;
        }

        session.Line("Available schemas:\n");
        foreach (var (name, source, schema) in schemas)
        {
            var label = source switch { "project" => session.Paint(Color.Cyan, " (project)"), "user" => session.Paint(Color.Dim, " (user override)"), _ => "" };
            session.Line($"  {session.Paint(Color.Bold, name)}{label}");
            session.Line($"    {Description(schema)}");
            session.Line($"    Artifacts: {string.Join(" → ", schema.Artifacts.Select(static artifact => artifact.Id))}\n");
        }
    }

    private static string Description(WorkflowSchema schema) =>
        ReferenceEquals(schema, WorkflowSchema.SpecDriven) ? "Default OpenSpec workflow - proposal → specs → design → tasks" : schema.Description;
}
