using Colophon.Specs.Json;
using Colophon.Specs.OpenSpec.Stores;
using Colophon.Specs.OpenSpec.Workflow;

namespace Colophon.Specs.OpenSpec.Commands.Stores;

/// <summary><c>doctor</c>: whether what this tree relates to is there on this machine. It only reads.</summary>
internal static class DoctorCommand
{
    private const int LongestUrl = 200;

    /// <summary>What is known of the store that the tree is.</summary>
    private sealed record StoreFacts(string Id, string? Remote, string? Origin, (int Behind, int Ahead)? Drift, List<Diagnostic> Status);

    internal static void Run(Session session)
    {
        StoreOutput.Guard(
            session, "doctor_failed",
            static json =>
            {
                json.Null("root");
                json.Null("store");
                json.Texts("references", []);
            },
            static session => Report(session, RootSelection.Resolve(session, allowImplicit: false)));
    }

    private static void Report(Session session, SpecTree tree)
    {
        var relations = Relationships.Read(session, tree);
        var store = tree.StoreId is { } id ? Facts(id, tree.Root) : null;
        var status = relations.Status.Concat(WrongTurns(session, tree)).ToList();
        if (session.Json)
            session.WriteJson(json => Write(json, relations, store, status));
        else
            Write(session, relations, store, status);
    }

    private static StoreFacts Facts(string id, string root)
    {
        var metadata = StoreMetadata.Read(root);
        var isRepository = StoreGit.IsRepository(root);
        var origin = StoreGit.Origin(root);
        var drift = isRepository ? new StoreGit(root).Drift() : null;
        var status = new List<Diagnostic>();
        if (metadata?.Remote is { } remote && origin is not null && remote != origin)
        {
            status.Add(new Diagnostic(
                "info", "store_remote_divergence",
                $"The store.yaml remote ({References.Inline(remote, LongestUrl)}) differs from the checkout's origin ({References.Inline(origin, LongestUrl)}).", "store.metadata"));
        }

        if (drift is { Behind: > 0 } lag)
        {
            var message = lag.Ahead > 0
                ? $"This store checkout has diverged from its upstream tracking branch ({lag.Behind} behind, {lag.Ahead} ahead)"
                : $"This store checkout is {lag.Behind} commit{(lag.Behind == 1 ? "" : "s")} behind its upstream tracking branch";
            status.Add(new Diagnostic("info", "store_checkout_drift", message + "; teammates on newer commits may resolve different specs.", "store.git"));
        }

        return new StoreFacts(id, metadata?.Remote, origin, drift, status);
    }

    /// <summary>Configurations that do not do what they seem to.</summary>
    private static IEnumerable<Diagnostic> WrongTurns(Session session, SpecTree tree)
    {
        if (tree.Source == "nearest" && StorePointer.HasPlanning(tree.Root) && StorePointer.Read(tree.Root) is { File: { } file } pointer)
        {
            if (pointer.Value is { } value)
            {
                yield return Warning(
                    "root_pointer_ignored", $"{file} declares store '{value}', but this directory is a real OpenSpec root; the declaration is ignored.",
                    $"Remove the store: line from {file}, or move the planning files into the store.");
            }
            else if (pointer.Problem is { } problem)
            {
                yield return Warning(
                    "root_pointer_invalid", $"{file} declares a store: pointer that cannot be used ({problem}).", $"Fix or remove the store: line in {file}.");
            }
        }

        if (tree.Source == "declared" && SpecTree.Find(session.Directory) is { } pointing && ProjectConfig.Read(pointing.Root, session.ErrorLine).References.Count > 0)
        {
            yield return Warning(
                "pointer_declarations_inert",
                $"{StorePointer.Read(pointing.Root).File} declares references, but commands read the resolved store's config — these declarations are inert.",
                "Move the references declarations into the store's openspec/config.yaml.");
        }
    }

    private static Diagnostic Warning(string code, string message, string fix) => new("warning", code, message, "relationships", fix);

    private static void Write(JsonText json, Relationships relations, StoreFacts? store, List<Diagnostic> status)
    {
        json.BeginObject();
        json.Name("root");
        json.BeginObject();
        ErrorJson.WriteRootMembers(json, relations.Tree);
        json.Flag("healthy", relations.Inspection.IsHealthy);
        Diagnostic.Write(json, "status", relations.Inspection.Diagnostics);
        json.EndObject();
        if (store is null)
            json.Null("store");
        else
            Write(json, store);
        References.Write(json, "references", relations.References);
        Diagnostic.Write(json, "status", status);
        json.EndObject();
    }

    private static void Write(JsonText json, StoreFacts store)
    {
        json.Name("store");
        json.BeginObject();
        json.Text("id", store.Id);
        json.Name("metadata");
        json.BeginObject();
        json.Flag("present", true);
        json.Flag("valid", true);
        if (store.Remote is { } remote)
            json.Text("remote", remote);
        json.EndObject();
        if (store.Origin is { } origin)
            json.Text("origin_url", origin);
        if (store.Drift is { } drift)
        {
            json.Name("drift");
            json.BeginObject();
            json.Number("behind", drift.Behind);
            json.Number("ahead", drift.Ahead);
            json.EndObject();
        }

        Diagnostic.Write(json, "status", store.Status);
        json.EndObject();
    }

    private static void Write(Session session, Relationships relations, StoreFacts? store, List<Diagnostic> status)
    {
        session.Line("Doctor\n\nRoot");
        session.Line($"  Location: {relations.Tree.Root}");
        session.Line($"  OpenSpec root: {(relations.Inspection.IsHealthy ? "ok" : "unhealthy")}");
        if (store is not null)
            session.Line($"  Store: {store.Id} (metadata ok)");
        foreach (var diagnostic in relations.Inspection.Diagnostics.Concat(store?.Status ?? []))
        {
            session.Line($"  - {diagnostic.Message}");
            if (diagnostic.Fix is { } fix)
                session.Line($"    Fix: {fix}");
        }

        session.Line("\nReferences");
        if (relations.References.Count == 0)
            session.Line(relations.Declared > 0 ? "  (declared references all resolve to this root)" : "  (none declared)");
        foreach (var entry in relations.References)
        {
            if (entry.Status.Count == 0)
                session.Line($"  - {entry.Id}: ok{(entry.Root is { } root ? $" ({root})" : "")}");
            foreach (var diagnostic in entry.Status)
                session.Line($"  - {entry.Id}: {diagnostic.Message}\n    Fix: {diagnostic.Fix}");
        }

        foreach (var diagnostic in status)
            session.Line($"\nNote: {diagnostic.Message}\nFix: {diagnostic.Fix}");
    }
}
