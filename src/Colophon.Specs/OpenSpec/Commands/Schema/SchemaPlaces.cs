using Colophon.Specs.Layout;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands.Schema;

/// <summary>Where a schema is: in the project, in the person's folder, in the package.</summary>
internal sealed record SchemaPlace(string Source, string Folder)
{
    internal string Yaml => $"{Folder}/schema.yaml";
}

/// <summary>Looks schemas up by name, nearest first. These commands work on the current folder, whatever is above it.</summary>
internal sealed class SchemaPlaces(Session session)
{
    private string? _package;

    internal string ProjectFolder { get; } = $"{session.Directory}/openspec/schemas";

    internal IReadOnlyList<string> Names => new SchemaLibrary(session.Directory, UserFolders.Data(session)).Names;

    private string UserFolder { get; } = $"{UserFolders.Data(session)}/schemas";

    /// <summary>Every place that has the schema.</summary>
    internal List<SchemaPlace> All(string name)
    {
        var places = new List<SchemaPlace>();
        foreach (var (source, folder) in (ReadOnlySpan<(string, string)>)[("project", ProjectFolder), ("user", UserFolder)])
        {
            var place = new SchemaPlace(source, Path.TrimEndingDirectorySeparator(Path.GetFullPath($"{folder}/{name}")));
            if (Exists(place.Yaml))
                places.Add(place);
        }

        if (name == SchemaLibrary.BuiltIn)
            places.Add(new SchemaPlace("package", $"{_package ??= PackageFolder.Schemas(session)}/{name}"));
        return places;
    }

    /// <summary>The folder that the name stands for; its file may not lead out of it. Null where there is none.</summary>
    internal string? Find(string name)
    {
        if (name.Length == 0 || name is "." or ".." || name.AsSpan().ContainsAny("/\\\0") || (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0])))
            return null;
        foreach (var place in All(name))
        {
            if (IsWithin(place.Folder, place.Yaml))
                return place.Folder;
        }

        return null;
    }

    /// <summary>Whether a path is inside a folder, links followed.</summary>
    internal static bool IsWithin(string folder, string path)
    {
        var full = Path.GetFullPath(path);
        return (full == folder || full.StartsWith(folder + "/", StringComparison.Ordinal)) && !IsDangling(full)
            && (RealPaths.Of(full) + "/").StartsWith(RealPaths.Of(folder) + "/", StringComparison.Ordinal);
    }

    /// <summary>Whether a path leads to something; a link to nothing does not.</summary>
    internal static bool Exists(string path)
    {
        var real = RealPaths.Of(path);
        return File.Exists(real) || Directory.Exists(real);
    }

    private static bool IsDangling(string path) => new FileInfo(path).LinkTarget is not null && !Exists(path);
}
