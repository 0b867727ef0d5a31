using Colophon.Specs.Schemas;

namespace Colophon.Specs.Layout;

/// <summary>A folder under <c>changes/</c> that only wraps changes, which OpenSpec does not support and names.</summary>
internal sealed record NestedChange(string Name, IReadOnlyList<string> Nested)
{
    internal string Describe()
    {
        var list = string.Join(", ", Nested.Select(static id => $"openspec/changes/{id}/"));
        return $"\"{Name}\" is not a change: it is a folder wrapping {list}. "
            + "A change must be a directory directly under openspec/changes/, so those nested directories are invisible to OpenSpec while the folder around them "
            + "is reported as a change. Nested paths are supported under openspec/specs/ only. "
            + $"Rename each nested change to a flat name (for example \"{Nested[0].Replace('/', '-')}\").";
    }
}

/// <summary>Tells a change from a folder that wraps changes.</summary>
internal static class NestedChanges
{
    private const int MaximumDepth = 3;

    private static readonly string[] s_markers = [ChangeMetadata.FileName, "proposal.md", "tasks.md", "design.md"];

    /// <summary>The changes that <c>changes/&lt;name&gt;/</c> wraps, or null where it is a change of its own or wraps none.</summary>
    internal static NestedChange? Find(string changes, string name, SchemaLibrary schemas)
    {
        if (name == "archive" || name.StartsWith('.'))
            return null;
        var directory = $"{changes}/{name}";
        if (LooksLikeChange(directory, schemas))
            return null;
        var nested = new List<string>();
        foreach (var (entry, kind) in TryList(directory))
        {
            // A file of its own makes the folder more than a wrapper.
            if (entry[0] != '.' && kind != EntryKind.Directory)
                return null;
        }

        Collect(directory, name, 1, nested, schemas);
        nested.Sort(string.CompareOrdinal);
        return nested.Count == 0 ? null : new NestedChange(name, nested);
    }

    /// <summary>Whether there is anything but dot entries below a folder; links count.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    internal static bool HasAnyFile(string directory, int depth = 0)
    {
        foreach (var (name, kind) in Listing.Read(directory))
        {
            if (name[0] == '.')
                continue;
            if (kind != EntryKind.Directory || (depth < 64 && HasAnyFile($"{directory}/{name}", depth + 1)))
                return true;
        }

        return false;
    }

    private static void Collect(string directory, string prefix, int depth, List<string> found, SchemaLibrary schemas)
    {
        if (depth > MaximumDepth)
            return;
        foreach (var (name, kind) in TryList(directory))
        {
            if (kind != EntryKind.Directory || name[0] == '.')
                continue;
            var (path, id) = ($"{directory}/{name}", $"{prefix}/{name}");
            if (LooksLikeChange(path, schemas))
                found.Add(id);
            else
                Collect(path, id, depth + 1, found, schemas);
        }
    }

    private static bool LooksLikeChange(string directory, SchemaLibrary schemas)
    {
        foreach (var marker in s_markers)
        {
            if (File.Exists($"{directory}/{marker}"))
                return true;
        }

        try
        {
            if (HasAnyFile($"{directory}/specs"))
                return true;
            var (_, schema) = schemas.For(ChangeMetadata.Read(directory));
            return schema is not null && schema.Artifacts.Any(artifact => OutputPattern.Find(directory, artifact.Generates).Count > 0);
        }
        catch (SpecException)
        {
            return false;
        }
    }

    private static List<Entry> TryList(string directory)
    {
        try
        {
            return Listing.Read(directory);
        }
        catch (SpecException)
        {
            return [];
        }
    }
}
