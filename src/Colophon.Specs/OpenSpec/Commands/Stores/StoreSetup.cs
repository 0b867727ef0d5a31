using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Stores;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands.Stores;

/// <summary><c>store setup</c>: a new tree of its own, with an identity, a first commit and an entry on the list. What fails leaves nothing behind.</summary>
internal sealed class StoreSetup
{
    /// <summary>The folders that hold a file even while they are empty, because git keeps no empty folder.</summary>
    internal static readonly string[] Anchored = ["openspec/specs", "openspec/changes/archive"];

    private readonly Session _session;
    private readonly string _id;
    private readonly string _root;
    private readonly string? _remote;
    private readonly bool _isNew;
    private readonly bool _wasRegistered;
    private readonly List<(string Relative, bool IsFolder)> _created = [];

    private StoreSetup(Session session, string id, string root)
    {
        (_session, _id, _root) = (session, id, root);
        _remote = session.Command.Value("--remote");
        _isNew = !Path.Exists(root);
        Check();
        var stores = new StoreRegistry(session).ReadOrEmpty();
        StoreRegistry.RefuseConflict(stores, id, root);
        _wasRegistered = stores.Exists(store => store.Id == id);
    }

    /// <summary>What was said about git; null where nothing was.</summary>
    private bool? AskedForGit => _session.Command.Options.LastOrDefault(static option => option.Name is "--init-git" or "--no-init-git").Name is { } name ? name == "--init-git" : null;

    internal static void Run(Session session)
    {
        var mayAsk = !session.Json && session.HasSomebodyToAsk;
        var id = session.Command.Argument(0) is { Length: > 0 } given ? given : null;
        var path = session.Command.Value("--path");
        if (id is null && !mayAsk)
            throw new OpenSpecFailure("Pass a store name.", "store_setup_id_required", "openspec store setup <id> --path ~/openspec/<id> --json", "store.id");
        if (path is null && !mayAsk)
            throw NoPath(id ?? "<id>");
        id = StoreId.Check(id ?? Prompt.Ask(session, "Store name: ") ?? throw Prompt.NoAnswer());
        if (path is null)
        {
            var answer = Prompt.Ask(session, $"Where should this store live? (~/openspec/{id}) ") ?? throw Prompt.NoAnswer();
            path = string.IsNullOrWhiteSpace(answer) ? $"~/openspec/{id}" : answer;
        }

        if (session.Command.Value("--remote") is { Length: 0 })
            throw new OpenSpecFailure("Store remote must not be empty when provided.", "store_remote_empty", "Pass a clone URL: --remote <url>.", "store.metadata");
        if (string.IsNullOrWhiteSpace(path))
            throw NoPath(id);
        var setup = new StoreSetup(session, id, StoreMutation.Resolve(session, path));
        if (mayAsk)
            setup.Confirm();
        setup.Execute();
    }

    private static OpenSpecFailure NoPath(string id) => new(
        "Pass --path with the folder where this store should live.", "store_setup_path_required", $"openspec store setup {id} --path ~/openspec/{id}", "store.root");

    private void Check()
    {
        if (File.Exists(_root))
            throw new OpenSpecFailure($"Store setup path is not a directory: {_root}", "store_setup_path_not_directory", "Choose an empty directory or an existing healthy OpenSpec root.", "store.root");
        if (AskedForGit != false && Around() is { } repository)
            throw new OpenSpecFailure($"Store setup path is inside another Git repository: {repository}", "store_setup_inside_git_repo", "Choose a path outside that Git repository.", "store.root");
        if (_isNew)
            return;
        StoreMutation.RefusePointer(_root);
        if (StoreMetadata.ReadForChange(_root) is { } metadata)
        {
            if (metadata.Id != _id)
            {
                throw new OpenSpecFailure(
                    $"Store metadata id '{metadata.Id}' does not match requested id '{_id}'.", "store_metadata_id_mismatch", $"Use id '{metadata.Id}' or choose a different setup path.", "store.metadata");
            }

            if (_remote is not null)
            {
                throw new OpenSpecFailure(
                    $"Store '{_id}' already has an identity file; --remote cannot change it.", "store_remote_requires_hand_edit", $"Edit {StoreMetadata.PathOf(_root)} and commit it.", "store.metadata");
            }

            return;
        }

        var entries = Listing.Read(_root);
        var isFresh = entries.Count == 0 || (entries is [{ Name: ".git" }] && StoreGit.IsRepository(_root));
        if (!isFresh && !TreeInspection.Of(_root).IsHealthy)
        {
            throw new OpenSpecFailure(
                "Store setup does not support initializing a non-empty folder that is not a healthy OpenSpec root.", "store_setup_non_empty_directory",
                "Choose an empty folder, a Git-only folder, or an existing healthy OpenSpec root.", "store.root");
        }
    }

    /// <summary>The repository that the folder would lie in, or null.</summary>
    private string? Around()
    {
        if (Path.GetDirectoryName(_root) is not { } parent)
            return null;
        while (!Directory.Exists(parent))
            parent = Path.GetDirectoryName(parent) ?? "/";
        return new StoreGit(parent).TopLevel is { Length: > 0 } top && (RealPaths.Of(_root) + "/").StartsWith(RealPaths.Of(top) + "/", StringComparison.Ordinal) && RealPaths.Of(_root) != RealPaths.Of(top)
            ? RealPaths.Of(top)
            : null;
    }

    private void Confirm()
    {
        _session.Line("\nOpenSpec will create:\n");
        _session.Line($"  Store: {_id}");
        _session.Line($"  Location: {StoreOutput.Short(_session, _root)}");
        _session.Line($"  Git: {(AskedForGit ?? !_wasRegistered ? "initialized" : "not initialized")}");
        _session.Line();
        if (Prompt.Confirm(_session, "Create this store?", true) is not true)
            throw new OpenSpecFailure("Store setup cancelled.", "store_setup_cancelled", "Rerun setup when you are ready.", "store.root");
    }

    private void Execute()
    {
        // An entry that is there already makes a second run do nothing, unless git is asked for.
        var withGit = AskedForGit ?? !_wasRegistered;
        var existed = StoreGit.IsRepository(_root);
        if (withGit)
            new StoreGit(Existing(_root)).CheckIdentity();
        var (initialized, committed) = (false, false);
        try
        {
            MakeTree();
            var metadata = StoreMetadata.ReadForChange(_root);
            if (metadata is null)
            {
                if (!Directory.Exists($"{_root}/{StoreMetadata.Folder}"))
                    _created.Add((StoreMetadata.Folder, true));
                new StoreMetadata(_id, _remote).Write(_root);
                _created.Add((StoreMetadata.RelativePath, false));
            }

            var git = new StoreGit(_root);
            if (withGit && !existed)
            {
                git.Init();
                initialized = true;
            }

            committed = withGit && Commit(git, initialized);
            var store = StoreMutation.Observe(_id, _root);
            var (registered, was) = StoreMutation.Register(_session, store);
            new StoreMutation(store)
            {
                Registered = registered,
                WasRegistered = was,
                IsRepository = initialized || existed,
                Initialized = initialized,
                Committed = committed,
                Created = [.. _created.Where(static entry => entry.Relative != StoreMetadata.Folder).Select(static entry => entry.IsFolder ? entry.Relative + "/" : entry.Relative)],
                Canonical = _remote ?? metadata?.Remote,
            }.Answer(_session, "Store ready");
        }
        catch when (!committed)
        {
            RollBack(initialized);
            throw;
        }
    }

    /// <summary>A repository that was made here gets everything; in somebody's own, only what was made goes into the commit.</summary>
    private bool Commit(StoreGit git, bool initialized)
    {
        List<string> paths = initialized ? ["openspec", StoreMetadata.Folder] : [.. _created.Where(static entry => !entry.IsFolder).Select(static entry => entry.Relative)];
        if (paths.Count == 0)
            return false;
        git.Commit(_id, paths);
        return true;
    }

    private void MakeTree()
    {
        Directory.CreateDirectory(_root);
        foreach (var folder in (ReadOnlySpan<string>)["openspec", "openspec/specs", "openspec/changes", "openspec/changes/archive"])
        {
            if (Directory.Exists($"{_root}/{folder}"))
                continue;
            if (File.Exists($"{_root}/{folder}"))
                throw new OpenSpecFailure($"{folder}/ exists but is not a directory.");
            Directory.CreateDirectory($"{_root}/{folder}");
            _created.Add((folder, true));
        }

        if (!File.Exists($"{_root}/openspec/config.yaml") && !File.Exists($"{_root}/openspec/config.yml"))
            Make("openspec/config.yaml", PackageFiles.Text("config.yaml"));
        if (_wasRegistered)
            return;
        foreach (var folder in Anchored)
        {
            if (Listing.Read($"{_root}/{folder}").Count == 0)
                Make($"{folder}/.gitkeep", "");
        }
    }

    private void Make(string relative, string text)
    {
        UserFile.Write($"{_root}/{relative}", text);
        _created.Add((relative, false));
    }

    private void RollBack(bool initialized)
    {
        try
        {
            foreach (var (relative, isFolder) in Enumerable.Reverse(_created))
            {
                var path = $"{_root}/{relative}";
                if (!isFolder)
                    File.Delete(path);
                else if (Directory.Exists(path) && Listing.Read(path).Count == 0)
                    Directory.Delete(path);
            }

            if (initialized)
                Directory.Delete($"{_root}/.git", recursive: true);
            if (_isNew && Directory.Exists(_root) && Listing.Read(_root).Count == 0)
                Directory.Delete(_root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SpecException)
        {
            // The reason of the failure says more than that something of it stays.
        }
    }

    private static string Existing(string path)
    {
        while (!Directory.Exists(path))
            path = Path.GetDirectoryName(path) ?? "/";
        return path;
    }
}
