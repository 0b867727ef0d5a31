namespace Colophon.Benchmarks;

/// <summary>Where the repository, its built program and the benchmark's own scratch folder lie.</summary>
/// <param name="Root">The repository.</param>
internal sealed record Layout(string Root)
{
    internal string Program => Path.Combine(Root, "colophon");

    internal string Scratch => Path.Combine(Root, "artifacts", "bench");

    internal string Kits => Path.GetFullPath(Path.Combine(Root, "..", "shared", "kits"));

    internal string Samples => Path.Combine(Root, "samples");

    internal static Layout Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Colophon.slnx")))
                return new Layout(folder);
        }

        throw new InvalidOperationException("The benchmark runs inside the repository.");
    }

    /// <summary>An empty folder of its own.</summary>
    internal string Fresh(string name)
    {
        var folder = Path.Combine(Scratch, name);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        return folder;
    }
}
