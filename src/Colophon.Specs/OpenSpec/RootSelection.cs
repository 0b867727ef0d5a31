using Colophon.Specs.Archiving;
using Colophon.Specs.Json;
using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Settings;
using Colophon.Specs.OpenSpec.Stores;

namespace Colophon.Specs.OpenSpec;

/// <summary>Which tree a command works on: the nearest, one that a configuration points to, or the current folder.</summary>
internal static class RootSelection
{
    /// <summary>Finds the tree.</summary>
    /// <param name="session">The run; <c>--store</c> and <c>--store-path</c> are read from it.</param>
    /// <param name="allowImplicit">Whether the current folder will do where there is no tree.</param>
    /// <exception cref="OpenSpecFailure">There is none, or it cannot be told which.</exception>
    internal static SpecTree Resolve(Session session, bool allowImplicit = true)
    {
        var tree = Select(session, allowImplicit);
        // Whoever comes first after an archive that was cut short finishes it.
        if (ArchiveTransaction.Recover(tree) is { } problem)
            session.ErrorLine($"Warning: {problem}");
        session.StoreId = tree.StoreId;
        if (tree.StoreId is { } id && !session.Json)
            session.ErrorLine($"Using OpenSpec root: {id} ({tree.Root})");
        return tree;
    }

    private static SpecTree Select(Session session, bool allowImplicit)
    {
        if (session.Command.Has("--store-path"))
        {
            throw new OpenSpecFailure(
                "--store-path is not supported. Register the path with openspec store register <path>, then select it with --store <id>.",
                "store_path_not_supported",
                "openspec store register <path>, then rerun with --store <id>.",
                "store.id");
        }

        if (session.Command.Value("--store") is { } store)
            return StoreRoot.Resolve(session, store, "store");
        if (SpecTree.Find(session.Directory) is { } nearest)
            return Declared(session, nearest);
        if (Default(session) is { } fallback)
            return fallback;
        if (new StoreRegistry(session).ReadOrEmpty() is { Count: > 0 } stores)
        {
            var ids = string.Join(", ", stores.Select(static entry => entry.Id));
            throw new OpenSpecFailure(
                $"No OpenSpec root found in the current directory or its ancestors. Registered stores: {ids}. Pass --store <id> to use one, or run openspec init to create a local root.",
                "no_root_with_registered_stores",
                $"Rerun with --store <id> (registered: {ids}) or run openspec init.",
                "openspec.root");
        }

        if (!allowImplicit)
            throw new OpenSpecFailure("No OpenSpec root found from the current directory.", "no_openspec_root", "Run openspec init to create a root here.", "openspec.root");
        return SpecTree.At(RealPaths.Of(session.Directory), "implicit");
    }

    /// <summary>The same; a failure becomes the command's JSON answer.</summary>
    /// <returns>Null where the failure was answered.</returns>
    internal static SpecTree? TryResolve(Session session, bool allowImplicit = true, Action<JsonText>? payload = null)
    {
        try
        {
            return Resolve(session, allowImplicit);
        }
        catch (OpenSpecFailure failure) when (session.Json)
        {
            session.FailJson(failure, "command_error", payload);
            return null;
        }
    }

    /// <summary>Refuses to make a tree where the nearest one is a configuration that points to a store.</summary>
    /// <param name="directory">The folder for the tree; it need not exist.</param>
    /// <exception cref="OpenSpecFailure">There is such a configuration, or it cannot be understood.</exception>
    internal static void RefusePointer(string directory)
    {
        var root = Directory.Exists(directory) ? RealPaths.Of(directory) : directory;
        while (!Directory.Exists($"{root.TrimEnd('/')}/openspec"))
        {
            if (Path.GetDirectoryName(root) is not { } parent)
                return;
            root = parent;
        }

        root = root == "/" ? "" : RealPaths.Of(root);
        if (StorePointer.HasPlanning(root))
            return;
        var (file, value, problem) = StorePointer.Read(root);
        if (problem is not null)
            throw new OpenSpecFailure($"The store declaration in {file} is invalid ({problem}). Fix or remove the store: line before running openspec init.");
        if (value is not null)
            throw new OpenSpecFailure($"This repo's planning is externalized to store '{value}' ({file}). Remove the store: line first to convert this repo to a local OpenSpec root.");
    }

    private static SpecTree Declared(Session session, SpecTree tree)
    {
        var (file, value, problem) = StorePointer.Read(tree.Root);
        if (StorePointer.HasPlanning(tree.Root))
        {
            if (value is not null)
                session.ErrorLine($"Warning: {file} declares store '{value}', but this directory is a real OpenSpec root; the declaration is ignored.");
            return tree;
        }

        if (problem is not null)
        {
            throw new OpenSpecFailure(
                $"Invalid store declaration in {file}: {problem}.",
                "invalid_store_pointer",
                problem == StorePointer.Unparsed ? $"Fix the YAML syntax in {file}." : $"Edit {file} so the store key is a registered store id, or remove it.",
                "store.pointer");
        }

        if (value is null)
            return tree;
        try
        {
            return StoreRoot.Resolve(session, value, "declared");
        }
        catch (OpenSpecFailure e)
        {
            var fix = e.Code == "unknown_store" ? $"Register the store (openspec store register <path> --id {value}) or edit {file} to name a registered store." : e.Fix;
            throw new OpenSpecFailure($"Declared in {file}: {e.Message}", e.Code, fix, e.Target);
        }
    }

    private static SpecTree? Default(Session session)
    {
        if (GlobalConfig.Read(session).Merged.GetValueOrDefault("defaultStore") is not string { Length: > 0 } id)
            return null;
        try
        {
            return StoreRoot.Resolve(session, id, "global_default");
        }
        catch (OpenSpecFailure e)
        {
            var fix = e.Code is "unknown_store" or "no_registered_stores"
                ? $"Register the store (openspec store register <path> --id {id}) or clear the stale global default (openspec config unset defaultStore)."
                : e.Fix;
            throw new OpenSpecFailure($"Global defaultStore '{id}': {e.Message}", e.Code, fix, e.Target);
        }
    }
}
