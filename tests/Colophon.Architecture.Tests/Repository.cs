using System.Xml.Linq;

namespace Colophon.Architecture.Tests;

/// <summary>The checkout around the tests.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The names of the projects under a folder.</summary>
    public static IReadOnlyList<string> Projects(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories).Select(static f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    /// <summary>The projects that a project under <c>src</c> names.</summary>
    public static IReadOnlyList<string> References(string project) => [.. Items(project, "ProjectReference").Select(static r => Path.GetFileNameWithoutExtension(r))];

    /// <summary>The packages that a project under <c>src</c> names.</summary>
    public static IReadOnlyList<string> Packages(string project) => Items(project, "PackageReference");

    /// <summary>The C# files of the repository, without what a build makes and without data.</summary>
    public static IReadOnlyList<string> Sources(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(static f => !f.Contains("/Fixtures/", StringComparison.Ordinal) && !f.Contains("/Vectors/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    private static List<string> Items(string project, string kind) =>
        [.. XDocument.Load(Path.Combine(Root, "src", project, project + ".csproj")).Descendants(kind).Select(static e => e.Attribute("Include")?.Value ?? "")];

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Colophon.slnx")))
                return folder;
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
