using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Stores;

namespace Colophon.Specs.OpenSpec.Commands.Stores;

/// <summary>What <c>setup</c> and <c>register</c> did, and how it is told.</summary>
internal sealed record StoreMutation(RegisteredStore Store)
{
    internal bool Registered { get; init; }

    internal bool WasRegistered { get; init; }

    internal bool IsRepository { get; init; }

    internal bool Initialized { get; init; }

    internal bool Committed { get; init; }

    internal List<string> Created { get; init; } = [];

    /// <summary>Where the store says it is cloned from.</summary>
    internal string? Canonical { get; init; }

    private IEnumerable<Diagnostic> Status => WasRegistered && Created.Count == 0
        ? [new Diagnostic("info", "store_already_registered", $"Store '{Store.Id}' is already registered at this path.", "store.registry")]
        : [];

    /// <summary>The folder as a person gave it: absolute, the tilde expanded.</summary>
    internal static string Resolve(Session session, string path)
    {
        path = path.Trim();
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))
            path = UserFolders.Home(session) + path[1..];
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, session.Directory));
    }

    /// <summary>Refuses a folder whose configuration says that its planning is elsewhere.</summary>
    internal static void RefusePointer(string root)
    {
        if (StorePointer.HasPlanning(root) || StorePointer.Read(root) is not { File: { } file } pointer)
            return;
        if (pointer.Problem is { } problem)
        {
            throw new OpenSpecFailure(
                $"The store declaration in {file} is invalid ({problem}).", "invalid_store_pointer",
                $"Fix or remove the store: line in {file} before registering this path as a store.", "store.pointer");
        }

        if (pointer.Value is { } value)
        {
            throw new OpenSpecFailure(
                $"This repo's planning is externalized to store '{value}' ({file}); it is not itself a store root.", "store_root_pointer_declared",
                "Register the checkout for the declared store, or remove the store: line first to convert this repo into a local store root.", "store.pointer");
        }
    }

    /// <summary>Puts a store on the list; one that is there already and the same is left as it is.</summary>
    /// <returns>Whether the list was written, and whether this checkout was on it.</returns>
    internal static (bool Registered, bool WasRegistered) Register(Session session, RegisteredStore store)
    {
        var registry = new StoreRegistry(session);
        var existing = registry.ReadOrEmpty().Find(other => other.Id == store.Id);
        var same = existing?.IsSameCheckout(store) == true;
        if (same && existing?.Remote == store.Remote)
            return (false, true);
        registry.Put(store);
        return (true, same);
    }

    internal static RegisteredStore Observe(string id, string root) => new(id, RealPaths.Of(root), StoreGit.Origin(root), null);

    internal void Answer(Session session, string title)
    {
        if (session.Json)
        {
            Write(session);
            return;
        }

        session.Line($"{title}: {Store.Id}");
        session.Line($"Location: {StoreOutput.Short(session, Store.Root)}");
        session.Line("OpenSpec root: ready");
        session.Line($"Registry: {(WasRegistered ? "already registered" : "registered")}");
        StoreOutput.Notes(session, Status);
        session.Line("\nNext: run normal OpenSpec commands against this store, for example:");
        session.Line($"  openspec new change <change-id> --store {Store.Id}");
        if (!IsRepository)
            return;
        session.Line((Canonical ?? Store.Remote) is { } remote
            ? $"Share it: teammates clone {remote} and run openspec store register <path>."
            : "Share this store by committing and pushing it like any Git repo.");
    }

    private void Write(Session session) => session.WriteJson(json =>
    {
        json.BeginObject();
        json.Name("store");
        json.BeginObject();
        StoreOutput.WriteStore(json, Store.Id, Store.Root, withMetadata: true);
        json.EndObject();
        json.Name("registry");
        json.BeginObject();
        json.Text("path", new StoreRegistry(session).Path);
        json.Flag("registered", Registered);
        json.Flag("already_registered", WasRegistered);
        json.EndObject();
        json.Name("git");
        json.BeginObject();
        json.Flag("is_repository", IsRepository);
        json.Flag("initialized", Initialized);
        json.Flag("committed", Committed);
        json.EndObject();
        json.Texts("created_files", Created);
        Diagnostic.Write(json, "status", Status);
        json.EndObject();
    });
}
