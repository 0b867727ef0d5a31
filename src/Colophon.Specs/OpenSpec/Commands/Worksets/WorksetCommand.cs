using Colophon.Specs.OpenSpec.Commands.Stores;
using Colophon.Specs.OpenSpec.Worksets;

namespace Colophon.Specs.OpenSpec.Commands.Worksets;

/// <summary><c>workset …</c>: folders that a person opens together. Nothing is written into them.</summary>
internal static class WorksetCommand
{
    private const string Subcommands = "create, list (ls), open, remove";

    internal static void Run(Session session)
    {
        switch (session.Command.Path)
        {
            case "workset create":
                StoreOutput.Guard(session, "workset_error", static json => json.Null("workset"), WorksetCreate.Run);
                break;
            case "workset list":
                StoreOutput.Guard(session, "workset_error", static json => json.Texts("worksets", []), List);
                break;
            case "workset open":
                StoreOutput.Guard(session, "workset_error", static _ => { }, WorksetOpen.Run);
                break;
            case "workset remove":
                StoreOutput.Guard(session, "workset_error", static json => json.Null("removed"), Remove);
                break;
            default:
                Refuse(session);
                break;
        }
    }

    private static void List(Session session)
    {
        var worksets = new WorksetFile(session).Read();
        if (session.Json)
        {
            session.WriteJson(json =>
            {
                json.BeginObject();
                json.Name("worksets");
                json.BeginArray();
                foreach (var workset in worksets)
                    workset.Write(json);
                json.EndArray();
                json.Texts("status", []);
                json.EndObject();
            });
            return;
        }

        if (worksets.Count == 0)
            session.Line("No worksets saved. Create one with: openspec workset create");
        var table = worksets.Exists(static workset => workset.Tool is not null) ? Openers.Read(session) : [];
        foreach (var workset in worksets)
        {
            var tool = workset.Tool is { } id ? $"  (opens in {table.Find(opener => opener.Id == id)?.Label ?? id})" : "";
            session.Line(workset.Name + tool);
            foreach (var row in Workset.Rows(workset.Members))
                session.Line($"  {row}");
        }
    }

    private static void Remove(Session session)
    {
        var (name, file) = (session.Command.Arguments[0], new WorksetFile(session));
        if (!session.Command.Has("--yes"))
        {
            var workset = WorksetFile.Find(file.Read(), name);
            if (session.Json || !session.HasSomebodyToAsk)
            {
                throw new OpenSpecFailure(
                    "Pass --yes to remove a workset non-interactively.", "workset_remove_confirmation_required", $"openspec workset remove {name} --yes", "workset.name");
            }

            session.Line($"Workset '{name}':");
            foreach (var row in Workset.Rows(workset.Members))
                session.Line($"  {row}");
            if (Prompt.Confirm(session, $"Remove workset '{name}'? (member folders are never touched)", false) is not true)
                throw new OpenSpecFailure("Workset remove cancelled.", "workset_remove_cancelled", "Rerun remove when you are ready.", "workset.name");
        }

        file.Remove(name);
        if (!session.Json)
        {
            session.Line($"Removed workset '{name}'. Member folders were not touched.");
            return;
        }

        session.WriteJson(json =>
        {
            json.BeginObject();
            json.Name("removed");
            json.BeginObject();
            json.Text("name", name);
            json.EndObject();
            json.Texts("status", []);
            json.EndObject();
        });
    }

    private static void Refuse(Session session)
    {
        var attempted = session.Command.Arguments.FirstOrDefault(static word => !word.StartsWith('-'));
        var message = attempted is null
            ? $"Missing subcommand for 'openspec workset'. Workset subcommands: {Subcommands}."
            : $"Unknown command '{attempted}' for 'openspec workset'. Workset subcommands: {Subcommands}.";
        session.ExitCode = 1;
        if (session.Json)
            session.FailJson(new OpenSpecFailure(message, "unknown_workset_subcommand", "Run one of the workset subcommands."), "");
        else
            session.ErrorLine($"Error: {message}");
    }
}
