using Colophon.Specs.Layout;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary>Finds the change that <c>--change</c> names.</summary>
internal static class ChangeLookup
{
    /// <summary>The name, once it is known to be a change.</summary>
    /// <exception cref="OpenSpecFailure">It is missing, no name, or no change.</exception>
    internal static string Check(SpecTree tree, string? name, SchemaLibrary schemas)
    {
        var known = tree.Changes;
        if (string.IsNullOrEmpty(name))
        {
            throw new OpenSpecFailure(known.Count == 0
                ? $"No changes found. Create one with: {tree.Hint("openspec new change <name>")}"
                : $"Missing required option --change. Available changes:\n  {string.Join("\n  ", known)}");
        }

        if (Problem(name) is { } problem)
            throw new OpenSpecFailure($"Invalid change name '{name}': {problem}");
        if (!Directory.Exists($"{tree.ChangesPath}/{name}"))
        {
            throw new OpenSpecFailure(known.Count == 0
                ? $"Change '{name}' not found. No changes exist. Create one with: {tree.Hint("openspec new change <name>")}"
                : $"Change '{name}' not found. Available changes:\n  {string.Join("\n  ", known)}");
        }

        if (NestedChanges.Find(tree.ChangesPath, name, schemas) is { } nested)
            throw new OpenSpecFailure(nested.Describe());
        return name;
    }

    /// <summary>Checks the name given with <c>--schema</c>.</summary>
    internal static void CheckSchema(string? name, SchemaLibrary schemas)
    {
        if (!string.IsNullOrEmpty(name) && !schemas.Locate(name).Known)
            throw new OpenSpecFailure($"Schema '{name}' not found. Available schemas:\n  {string.Join("\n  ", schemas.Names)}");
    }

    private static string? Problem(string name) =>
        name is "." or ".." ? "Change name cannot be a relative path segment"
        : name.AsSpan().ContainsAny('/', '\\') ? "Change name cannot contain path separators"
        : name.Contains('\0') ? "Change name cannot contain null characters"
        : name[0] == '.' ? "Change name cannot start with a dot"
        : name == "archive" ? "'archive' is reserved for archived changes"
        : null;
}
