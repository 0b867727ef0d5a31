using Colophon.Specs.Json;
using Colophon.Specs.OpenSpec.Stores;

namespace Colophon.Specs.OpenSpec.Commands.Stores;

/// <summary><c>store doctor</c>: whether the stores on the list are there, complete and shareable. It only reads.</summary>
internal static class StoreDoctor
{
    private sealed record Finding(RegisteredStore Store, TreeInspection Tree, List<Diagnostic> Status)
    {
        internal bool? HasMetadata { get; set; }

        internal bool? IsMetadataValid { get; set; }

        internal string? MetadataId { get; set; }

        internal string? Remote { get; set; }

        internal bool? IsRepository { get; set; }

        internal bool? HasCommits { get; set; }

        internal bool? HasChanges { get; set; }

        internal bool? HasRemote { get; set; }

        internal string? Origin { get; set; }
    }

    internal static void Run(Session session)
    {
        var asked = session.Command.Argument(0) is { } id ? StoreId.Check(id) : null;
        var stores = new StoreRegistry(session).ReadOrEmpty().FindAll(store => asked is null || store.Id == asked);
        if (asked is not null && stores.Count == 0)
            throw new OpenSpecFailure($"Unknown store '{asked}'.", "store_not_found", "Run openspec store list to see registered stores.", "store.id");
        var findings = stores.ConvertAll(Inspect);
        if (session.Json)
            session.WriteJson(json => Write(json, findings));
        else
            Write(session, findings);
    }

    private static Finding Inspect(RegisteredStore store)
    {
        var root = store.Root;
        var finding = new Finding(store, TreeInspection.Of(root), []);
        if (!Directory.Exists(root))
        {
            finding.Status.Add(File.Exists(root)
                ? new Diagnostic("error", "store_root_not_directory", "Store location is not a directory.", "store.root", "Register a directory path for this store.")
                : new Diagnostic("error", "store_root_missing", "Store location does not exist.", "store.root", $"Run openspec store register /path/to/{store.Id} --id {store.Id}."));
            return finding;
        }

        finding.Status.AddRange(finding.Tree.Diagnostics);
        LookAtMetadata(finding);
        finding.IsRepository = StoreGit.IsRepository(root);
        if (finding.IsRepository == true)
            LookAtGit(finding, new StoreGit(root));
        return finding;
    }

    private static void LookAtMetadata(Finding finding)
    {
        var (id, path) = (finding.Store.Id, StoreMetadata.PathOf(finding.Store.Root));
        (finding.HasMetadata, finding.IsMetadataValid) = (true, false);
        try
        {
            var metadata = StoreMetadata.Read(finding.Store.Root);
            finding.HasMetadata = metadata is not null;
            finding.MetadataId = metadata?.Id;
            finding.IsMetadataValid = metadata?.Id == id;
            if (metadata is null)
                finding.Status.Add(new Diagnostic("error", "store_metadata_missing", "Store metadata is missing.", "store.metadata", $"Create {path} or rerun store register."));
            else if (metadata.Id == id)
                finding.Remote = metadata.Remote;
            else
            {
                finding.Status.Add(new Diagnostic(
                    "error", "store_metadata_id_mismatch", $"Store metadata id '{metadata.Id}' does not match registry id '{id}'.", "store.metadata",
                    "Repair the local registry or store metadata so the ids match."));
            }
        }
        catch (OpenSpecFailure e)
        {
            finding.Status.Add(e.Code is null
                ? new Diagnostic("error", "store_metadata_invalid", e.Message, "store.metadata", $"Repair {path}.")
                : Diagnostic.Of(e, "store_metadata_invalid"));
        }
    }

    private static void LookAtGit(Finding finding, StoreGit git)
    {
        finding.HasCommits = git.HasCommits;
        finding.HasChanges = git.HasChanges;
        finding.HasRemote = git.HasRemote;
        finding.Origin = StoreGit.Origin(finding.Store.Root);
        if (finding.HasCommits == false)
        {
            finding.Status.Add(new Diagnostic(
                "warning", "store_git_no_commits", "Git repository has no commits yet; clones of this store will be empty until an initial commit exists.", "store.git",
                "Commit the store files, then push to share them."));
        }
        else if (finding.HasCommits == true)
        {
            var fragile = StoreSetup.Anchored.Where(folder => Directory.Exists($"{finding.Store.Root}/{folder}") && git.Tracks(folder) == false).Select(static folder => folder + "/").ToList();
            if (fragile.Count > 0)
            {
                finding.Status.Add(new Diagnostic(
                    "warning", "store_clone_fragile_directories", $"These directories contain no tracked files and will be lost in clones: {string.Join(", ", fragile)}.", "store.git",
                    "Track a file in each directory (for example .gitkeep) and commit it."));
            }
        }
    }

    private static void Write(JsonText json, List<Finding> findings)
    {
        json.BeginObject();
        json.Name("stores");
        json.BeginArray();
        foreach (var finding in findings)
        {
            json.BeginObject();
            StoreOutput.WriteStore(json, finding.Store.Id, finding.Store.Root, withMetadata: true);
            json.Name("openspec_root");
            json.BeginObject();
            finding.Tree.Write(json);
            json.EndObject();
            json.Name("metadata");
            json.BeginObject();
            TreeInspection.Nullable(json, "present", finding.HasMetadata);
            TreeInspection.Nullable(json, "valid", finding.IsMetadataValid);
            if (finding.MetadataId is { } id)
                json.Text("id", id);
            Nullable(json, "remote", finding.Remote);
            json.EndObject();
            json.Name("git");
            json.BeginObject();
            TreeInspection.Nullable(json, "is_repository", finding.IsRepository);
            TreeInspection.Nullable(json, "has_commits", finding.HasCommits);
            TreeInspection.Nullable(json, "has_uncommitted_changes", finding.HasChanges);
            TreeInspection.Nullable(json, "has_remote", finding.HasRemote);
            Nullable(json, "origin_url", finding.Origin);
            json.EndObject();
            Diagnostic.Write(json, "status", finding.Status);
            json.EndObject();
        }

        json.EndArray();
        json.Texts("status", []);
        json.EndObject();
    }

    private static void Nullable(JsonText json, string name, string? value)
    {
        if (value is null)
            json.Null(name);
        else
            json.Text(name, value);
    }

    private static void Write(Session session, List<Finding> findings)
    {
        if (findings.Count == 0)
        {
            session.Line("No stores registered.");
            return;
        }

        session.Line("Store doctor");
        foreach (var finding in findings)
        {
            session.Line($"\n{finding.Store.Id}");
            session.Line($"  Location: {finding.Store.Root}");
            session.Line($"  OpenSpec root: {(finding.Tree.IsHealthy ? "ok" : finding.Tree.IsPresent switch { false => "missing", null => "unknown", _ => "incomplete" })}");
            session.Line($"  Metadata: {(finding.IsMetadataValid == true ? "ok" : finding.HasMetadata switch { false => "missing", null => "unknown", _ => "invalid" })}");
            if ((finding.Remote ?? finding.Origin) is { } remote)
                session.Line($"  Remote: {remote}");
            session.Line($"  Git: {Git(finding)}");
            session.Line(finding.Status.Count == 0 ? "  Issues: none" : "  Issues:");
            foreach (var diagnostic in finding.Status)
            {
                session.Line($"    - {diagnostic.Message}");
                if (diagnostic.Fix is { } fix)
                    session.Line($"      Fix: {fix}");
            }
        }
    }

    private static string Git(Finding finding)
    {
        static string Fact(bool? value, string yes, string no) => value is null ? "unknown" : value == true ? yes : no;
        return finding.IsRepository switch
        {
            null => "unknown",
            false => "not detected",
            _ => $"repository detected (commits: {Fact(finding.HasCommits, "yes", "none")}, uncommitted changes: {Fact(finding.HasChanges, "yes", "no")}, "
                + $"remote: {Fact(finding.HasRemote, "yes", "none")})",
        };
    }
}
