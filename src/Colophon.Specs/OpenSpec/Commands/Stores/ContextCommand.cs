using System.Buffers;
using Colophon.Specs.Json;
using Colophon.Specs.OpenSpec.Stores;

namespace Colophon.Specs.OpenSpec.Commands.Stores;

/// <summary><c>context</c>: the folders that belong together, for an agent, a person or an editor.</summary>
internal static class ContextCommand
{
    internal static void Run(Session session)
    {
        StoreOutput.Guard(
            session, "context_failed",
            static json =>
            {
                json.Null("root");
                json.Texts("members", []);
            },
            static session => Report(session, Relationships.Read(session, RootSelection.Resolve(session, allowImplicit: false))));
    }

    private static void Report(Session session, Relationships set)
    {
        var target = session.Command.Value("--code-workspace") is { Length: > 0 } path ? path : null;
        if (session.Json)
        {
            // A failed write must leave one JSON document, so it comes first.
            if (target is not null)
                WriteWorkspace(session, set, target);
            session.WriteJson(json => Write(json, set));
            return;
        }

        Write(session, set);
        if (target is not null)
            WriteWorkspace(session, set, target);
    }

    private static bool IsAvailable(ReferencedStore member) => member.Root is not null && member.Status.Count == 0;

    private static string Label(Relationships set) => set.Tree.StoreId ?? Path.GetFileName(set.Tree.Root);

    private static void Write(JsonText json, Relationships set)
    {
        json.BeginObject();
        json.Name("root");
        json.BeginObject();
        ErrorJson.WriteRootMembers(json, set.Tree);
        json.Text("role", "openspec_root");
        json.EndObject();
        json.Name("members");
        json.BeginArray();
        foreach (var member in set.References)
        {
            json.BeginObject();
            json.Text("role", "referenced_store");
            json.Text("id", member.Id);
            if (member.Root is { } root)
                json.Text("path", root);
            if (IsAvailable(member))
                json.Text("fetch", member.Fetch);
            Diagnostic.Write(json, "status", member.Status);
            json.EndObject();
        }

        json.EndArray();
        Diagnostic.Write(json, "status", set.Status);
        json.EndObject();
    }

    private static void Write(Session session, Relationships set)
    {
        session.Line($"Working context for {Label(set)} ({set.Tree.Root})");
        session.Line("\nOpenSpec root");
        session.Line($"  {Label(set)}  {set.Tree.Root}");
        var available = set.References.FindAll(IsAvailable);
        if (available.Count > 0)
            session.Line("\nReferenced stores");
        foreach (var member in available)
            session.Line($"  {member.Id}  {member.Root}\n    Fetch: {member.Fetch}");
        if (set.References.Count == 0)
        {
            session.Line(set.Declared > 0
                ? "\nDeclared references all resolve to this root; the working set is this root alone."
                : "\nNo references declared; the working set is this root alone.");
        }

        if (available.Count == set.References.Count && !set.RegistryUnreadable)
            return;
        session.Line("\nNot available on this machine");
        foreach (var member in set.References)
        {
            foreach (var diagnostic in member.Status)
                session.Line($"  - {member.Id}: {diagnostic.Message}\n    Fix: {diagnostic.Fix}");
        }

        foreach (var diagnostic in set.Status)
            session.Line($"  Note: {diagnostic.Message}\n  Fix: {diagnostic.Fix}");
    }

    private static void WriteWorkspace(Session session, Relationships set, string target)
    {
        var path = Path.GetFullPath(target, session.Directory);
        if (Path.Exists(path) && !session.Command.Has("--force"))
            throw new OpenSpecFailure($"Refusing to overwrite {path}.", "context_file_exists", "Pass --force to overwrite, or choose a different path.", "context.output");
        if (Path.GetDirectoryName(path) is { } parent && !Path.Exists(parent))
            throw new OpenSpecFailure($"Output directory does not exist: {parent}.", "context_output_dir_missing", "Create the directory first, or choose another path.", "context.output");
        var available = set.References.FindAll(IsAvailable);
        var output = new ArrayBufferWriter<byte>();
        var json = new JsonText(output);
        json.BeginObject();
        json.Name("folders");
        json.BeginArray();
        foreach (var (name, folder) in available.Select(static member => ($"ref:{member.Id}", member.Root ?? "")).Prepend((Label(set), set.Tree.Root)))
        {
            json.BeginObject();
            json.Text("name", name);
            json.Text("path", folder);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
        json.Finish();
        UserFile.Write(path, output.WrittenSpan.ToArray());
        var missing = string.Join(", ", set.References.Where(static member => !IsAvailable(member)).Select(static member => member.Id));
        session.ErrorLine($"Wrote {path} ({available.Count + 1} folders{(missing.Length > 0 ? $"; not available: {missing}" : "")})");
    }
}
