using Colophon.Specs.OpenSpec.Setup;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands.Setup;

/// <summary>The folders of a tree and its configuration.</summary>
internal static class InitTree
{
    private static readonly string[] s_folders = ["openspec", "openspec/specs", "openspec/changes", "openspec/changes/archive"];

    internal static void Create(ProjectFiles files, bool extends)
    {
        if (!extends && !files.Session.Host.OutputIsTerminal)
            files.Session.Line("- Creating OpenSpec structure...");
        foreach (var folder in s_folders)
            ProjectFiles.MakeFolder(files.Inside(folder));
        Anchor(files.At("openspec/specs"));
        Anchor(files.At("openspec/changes/archive"));
        if (!extends)
            files.Session.Line("▌ OpenSpec structure created");
    }

    /// <summary>Writes a configuration where there is none.</summary>
    /// <returns>Whether one was there, was written, or could not be.</returns>
    /// <exception cref="OpenSpecFailure">A language was asked for, and it could not be written.</exception>
    internal static InitConfig CreateConfig(ProjectFiles files, InitLanguage? language)
    {
        if (DiskEntry.ExistsAt(files.At("openspec/config.yaml")) || DiskEntry.ExistsAt(files.At("openspec/config.yml")))
            return InitConfig.Exists;
        try
        {
            ProjectFiles.Write(files.Inside("openspec/config.yaml"), Text(language?.Context));
            return InitConfig.Created;
        }
        catch (OpenSpecFailure failure)
        {
            return language is null ? InitConfig.Skipped : throw new OpenSpecFailure($"Failed to create openspec/config.yaml for --language: {failure.Message}");
        }
    }

    /// <summary>Git keeps no empty folders: an empty one gets a file.</summary>
    private static void Anchor(string folder)
    {
        var path = $"{folder}/.gitkeep";
        try
        {
            if (!Directory.EnumerateFileSystemEntries(folder).Any())
                File.Open(path, FileMode.CreateNew).Dispose();
        }
        catch (IOException) when (Path.Exists(path))
        {
            // Somebody else made it in between.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpenSpecFailure(NodeError.Describe(e, "open", path));
        }
    }

    private static string Text(string? context)
    {
        var text = PackageFiles.Text("config.yaml");
        if (context is null)
            return text;
        var from = text.IndexOf("# Project context", StringComparison.Ordinal);
        var to = text.IndexOf("# Per-artifact rules", StringComparison.Ordinal);
        return $"{text.AsSpan(0, from)}context: |\n{string.Concat(context.Split('\n').Select(static line => $"  {line}\n"))}\n{text.AsSpan(to)}";
    }
}

/// <summary>What became of the configuration.</summary>
internal enum InitConfig
{
    Created,
    Exists,
    Skipped,
}
