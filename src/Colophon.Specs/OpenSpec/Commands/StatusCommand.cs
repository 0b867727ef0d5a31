using Colophon.Specs.Json;
using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Ordering;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary><c>status</c>: which artifacts of a change are there, and what comes next.</summary>
internal static class StatusCommand
{
    internal static void Run(Session session)
    {
        var all = session.Command.Has("--all");
        void Payload(JsonText json)
        {
            if (!all)
                return;
            json.Texts("changes", []);
            json.Null("root");
        }

        try
        {
            if (all && !string.IsNullOrEmpty(session.Command.Value("--change")))
                throw new OpenSpecFailure("The --all and --change options are mutually exclusive.");
            if (RootSelection.TryResolve(session, payload: Payload) is { } tree)
                Run(session, tree, all);
        }
        catch (Exception e) when (session.Json && e is OpenSpecFailure or SpecException)
        {
            session.FailJson(OpenSpecFailure.From(e), "change_error", Payload);
        }
    }

    private static void Run(Session session, SpecTree tree, bool all)
    {
        session.Waiting("Loading change status...");
        var schemas = new SchemaLibrary(tree.Root, UserFolders.Data(session));
        var asked = session.Command.Value("--schema");
        ChangeContext Load(string name) => ChangeContext.Load(tree, name, asked, schemas, () => ProjectConfig.Read(tree.Root, session.ErrorLine));
        if (session.Command.Value("--change") is not { Length: > 0 } change)
        {
            if (all)
                ChangeLookup.CheckSchema(asked, schemas);
            var names = tree.Changes;
            if (names.Count == 0)
                NoChanges(session, tree);
            else if (all)
                Everything(session, tree, names, schemas, Load);
            else
                throw new OpenSpecFailure($"Missing required option --change (or --all for every active change). Available changes:\n  {string.Join("\n  ", names)}");
            return;
        }

        var name = ChangeLookup.Check(tree, change, schemas);
        ChangeLookup.CheckSchema(asked, schemas);
        var context = Load(name);
        if (!session.Json)
        {
            StatusText.Write(session, context);
            return;
        }

        session.WriteJson(json =>
        {
            json.BeginObject();
            StatusJson.WriteMembers(json, tree, context);
            ErrorJson.WriteRoot(json, tree);
            json.EndObject();
        });
    }

    private static void NoChanges(Session session, SpecTree tree)
    {
        if (!session.Json)
        {
            session.Line($"No active changes. Create one with: {session.Hint("openspec new change <name>")}");
            return;
        }

        session.WriteJson(json =>
        {
            json.BeginObject();
            json.Texts("changes", []);
            json.Text("message", "No active changes.");
            ErrorJson.WriteRoot(json, tree);
            json.EndObject();
        });
    }

    private static void Everything(Session session, SpecTree tree, IReadOnlyList<string> names, SchemaLibrary schemas, Func<string, ChangeContext> load)
    {
        var entries = new List<(string Name, ChangeContext? Context, OpenSpecFailure? Failure)>(names.Count);
        foreach (var name in names.OrderBy(static name => name, Comparer<string>.Create(RootOrder.Compare)))
        {
            try
            {
                if (NestedChanges.Find(tree.ChangesPath, name, schemas) is { } nested)
                    throw new OpenSpecFailure(nested.Describe());
                entries.Add((name, load(name), null));
            }
            catch (Exception e) when (e is OpenSpecFailure or SpecException)
            {
                entries.Add((name, null, OpenSpecFailure.From(e)));
            }
        }

        session.ExitCode = entries.Exists(static entry => entry.Context is null) ? 1 : 0;
        if (session.Json)
        {
            WriteAll(session, tree, entries);
            return;
        }

        var first = true;
        foreach (var (name, context, failure) in entries)
        {
            if (!first)
                session.Line();
            first = false;
            if (context is not null)
                StatusText.Write(session, context);
            else
                session.Line(session.Paint(Color.Red, $"✗ {name}: {failure?.Message}"));
        }
    }

    private static void WriteAll(Session session, SpecTree tree, List<(string Name, ChangeContext? Context, OpenSpecFailure? Failure)> entries) => session.WriteJson(json =>
    {
        json.BeginObject();
        json.Name("changes");
        json.BeginArray();
        foreach (var (name, context, failure) in entries)
        {
            json.BeginObject();
            if (context is not null)
            {
                StatusJson.WriteMembers(json, tree, context);
            }
            else
            {
                json.Text("changeName", name);
                failure?.WriteStatus(json, "change_error");
            }

            json.EndObject();
        }

        json.EndArray();
        ErrorJson.WriteRoot(json, tree);
        json.EndObject();
    });
}
