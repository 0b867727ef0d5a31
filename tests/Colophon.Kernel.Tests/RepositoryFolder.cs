namespace Colophon.Kernel.Tests;

/// <summary>Finds the checkout around the tests, and the kits that may lie beside it.</summary>
internal static class RepositoryFolder
{
    /// <summary>A folder of the kits beside the checkout, or null where it is not there.</summary>
    public static string? Shared(string path)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Colophon.slnx")))
                return Path.Combine(folder, "../shared", path) is var kit && Directory.Exists(kit) ? Path.GetFullPath(kit) : null;
        }

        return null;
    }
}
