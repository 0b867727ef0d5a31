using Colophon.Specs.Archiving;
using Colophon.Specs.Json;
using Colophon.Specs.Layout;
using Colophon.Specs.Schemas;

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
        if (session.Command.Has("--store-path"))
        {
            throw new OpenSpecFailure(
                "--store-path is not supported. Register the path with openspec store register <path>, then select it with --store <id>.",
                "store_path_not_supported",
                "openspec store register <path>, then rerun with --store <id>.",
                "store.id");
        }

        if (session.Command.Value("--store") is { } store)
            throw StoreProblem(session, store);
        if (SpecTree.Find(session.Directory) is { } nearest)
        {
            // Whoever comes first after an archive that was cut short finishes it.
            if (ArchiveTransaction.Recover(nearest) is { } problem)
                session.ErrorLine($"Warning: {problem}");
            return Declared(session, nearest);
        }

        if (DefaultStore(session) is { } fallback)
        {
            var failure = StoreProblem(session, fallback);
            throw new OpenSpecFailure(
                $"Global defaultStore '{fallback}': {failure.Message}",
                failure.Code,
                failure.Code == "no_registered_stores"
                    ? $"Register the store (openspec store register <path> --id {fallback}) or clear the stale global default (openspec config unset defaultStore)."
                    : failure.Fix,
                failure.Target);
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
        if (IsPlanned($"{root}/openspec/specs") || IsPlanned($"{root}/openspec/changes"))
            return;
        var (file, value, problem) = Pointer(root);
        if (problem is not null)
            throw new OpenSpecFailure($"The store declaration in {file} is invalid ({problem}). Fix or remove the store: line before running openspec init.");
        if (value is not null)
            throw new OpenSpecFailure($"This repo's planning is externalized to store '{value}' ({file}). Remove the store: line first to convert this repo to a local OpenSpec root.");
    }

    private static bool IsPlanned(string directory) => Directory.Exists(directory) && !Path.Exists($"{directory}/.openspec-store/store.yaml");

    private static SpecTree Declared(Session session, SpecTree tree)
    {
        var (file, value, problem) = Pointer(tree.Root);
        if (Directory.Exists(tree.SpecsPath) || Directory.Exists(tree.ChangesPath))
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
                problem.StartsWith("the config", StringComparison.Ordinal)
                    ? $"Fix the YAML syntax in {file}."
                    : $"Edit {file} so the store key is a registered store id, or remove it.",
                "store.pointer");
        }

        if (value is null)
            return tree;
        var failure = StoreProblem(session, value);
        throw new OpenSpecFailure($"Declared in {file}: {failure.Message}", failure.Code, failure.Fix, failure.Target);
    }

    private static (string File, string? Value, string? Problem) Pointer(string root)
    {
        var file = $"{root}/openspec/config.yaml";
        if (!Path.Exists(file))
            file = $"{root}/openspec/config.yml";
        var content = FileText.Read(file);
        if (content.Missing)
            return (file, null, null);
        if (content.Text is not { } text || !Yaml.TryRead(text, out var parsed))
            return (file, null, "the config file could not be read as YAML");
        if (parsed is not Dictionary<string, object?> map || !map.TryGetValue("store", out var store))
            return (file, null, null);
        return store is string value ? (file, value, null) : (file, null, "the store key must be a single store id string");
    }

    private static OpenSpecFailure StoreProblem(Session session, string id)
    {
        if (!File.Exists($"{UserFolders.Data(session)}/stores/registry.yaml"))
        {
            return new OpenSpecFailure(
                $"Unknown store '{id}'. No stores are registered.",
                "no_registered_stores",
                $"Run openspec store setup {id} or openspec store register <path> first.",
                "store.id");
        }

        return new OpenSpecFailure("Stores are not built into Colophon yet. The npm package @fission-ai/openspec has them.", "stores_not_built");
    }

    private static string? DefaultStore(Session session) =>
        FileText.Read($"{UserFolders.Configuration(session)}/config.json").Text is { } text && text.Contains("defaultStore", StringComparison.Ordinal)
            && Yaml.TryRead(text, out var value) && value is Dictionary<string, object?> map
            ? map.GetValueOrDefault("defaultStore") as string
            : null;
}
