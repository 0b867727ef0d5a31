namespace Colophon.Provenance.Tests;

/// <summary>The checkout around the tests.</summary>
internal static class Checkout
{
    internal static string At(string path)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Colophon.slnx")))
                return Path.Combine(folder, path);
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
