namespace Colophon.Cli.Tests;

/// <summary>The checkout around the tests.</summary>
internal static class Repository
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path inside it.</summary>
    public static string At(string path) => Path.Combine(Root, path);

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
