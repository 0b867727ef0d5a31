using Colophon.Specs.Json;
using Colophon.Specs.OpenSpec.Stores;

namespace Colophon.Specs.OpenSpec.Commands.Stores;

/// <summary><c>store …</c>: trees of their own that this machine knows by name.</summary>
internal static class StoreCommand
{
    private const string Subcommands = "setup, register, unregister, remove, list (ls), doctor";

    private static readonly string[] s_lifecycle = ["list", "view", "validate", "show", "archive", "status", "instructions", "schemas", "new", "context", "doctor"];

    internal static void Run(Session session)
    {
        switch (session.Command.Path)
        {
            case "store":
                Redirect(session);
                break;
            case "store setup":
                StoreOutput.Guard(session, "store_error", NoMutation, StoreSetup.Run);
                break;
            case "store register":
                StoreOutput.Guard(session, "store_error", NoMutation, StoreRegister.Run);
                break;
            case "store unregister":
                StoreOutput.Guard(session, "store_error", NoCleanUp, StoreRemoval.Unregister);
                break;
            case "store remove":
                StoreOutput.Guard(session, "store_error", NoCleanUp, StoreRemoval.Remove);
                break;
            case "store doctor":
                StoreOutput.Guard(session, "store_error", static json => json.Texts("stores", []), StoreDoctor.Run);
                break;
            default:
                StoreOutput.Guard(session, "store_error", static json => json.Texts("stores", []), List);
                break;
        }
    }

    private static void NoMutation(JsonText json)
    {
        json.Null("store");
        json.Null("registry");
        json.Null("git");
        json.Texts("created_files", []);
    }

    private static void NoCleanUp(JsonText json)
    {
        json.Null("store");
        json.Null("registry");
        json.Null("files");
    }

    private static void List(Session session)
    {
        var stores = new StoreRegistry(session).ReadOrEmpty();
        if (session.Json)
        {
            session.WriteJson(json =>
            {
                json.BeginObject();
                json.Name("stores");
                json.BeginArray();
                foreach (var store in stores)
                {
                    json.BeginObject();
                    StoreOutput.WriteStore(json, store.Id, store.Root, withMetadata: false);
                    json.EndObject();
                }

                json.EndArray();
                json.Texts("status", []);
                json.EndObject();
            });
            return;
        }

        if (stores.Count == 0)
        {
            session.Line("No stores registered.\n\nNext:\n  openspec store setup team-context --path ~/openspec/team-context\n  openspec store register /path/to/store");
            return;
        }

        session.Line($"OpenSpec stores ({stores.Count})\n\n{"ID",-16}Location");
        foreach (var store in stores)
            session.Line($"{store.Id,-16}{store.Root}");
    }

    /// <summary>A word that is no command of stores: usually a normal command that was meant for a store.</summary>
    private static void Redirect(Session session)
    {
        session.ExitCode = 1;
        var words = session.Command.Arguments;
        var attempted = words.Where(static word => !word.StartsWith('-')).ToList();
        if (words.Contains("--json"))
        {
            var message = attempted.Count > 0
                ? $"Unknown command '{attempted[0]}' for 'openspec store'. Store subcommands: {Subcommands}."
                : $"Missing subcommand for 'openspec store'. Store subcommands: {Subcommands}.";
            session.FailJson(new OpenSpecFailure(message, "unknown_store_subcommand", "Run a store subcommand, or use the lifecycle command with --store <id>."), "");
            return;
        }

        var example = "openspec new change <change-id> --store <id>";
        if (attempted.Count == words.Count && attempted.Count > 0 && s_lifecycle.Contains(attempted[0]))
        {
            example = attempted[0] != "new" ? $"openspec {string.Join(' ', attempted)} --store <id>"
                : $"openspec new change {(attempted is [_, "change", var id, ..] ? id : "<change-id>")} --store <id>";
        }

        session.ErrorLine(attempted.Count > 0 ? $"Error: unknown command '{attempted[0]}' for 'openspec store'." : "Error: missing subcommand for 'openspec store'.");
        session.ErrorLine($"Store subcommands manage store registration: {Subcommands}.");
        session.ErrorLine("To create or work on a change in a store, use the normal command with --store, for example:");
        session.ErrorLine($"  {example}");
    }
}
