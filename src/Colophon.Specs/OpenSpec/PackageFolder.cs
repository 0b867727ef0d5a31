using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec;

/// <summary>
/// The built-in schema as files, for whoever is told where it is: it travels inside the program and is laid out in the person's cache folder when a path to it is asked for.
/// </summary>
internal static class PackageFolder
{
    /// <summary>The folder of the package's schemas; its files are there and as they should be.</summary>
    /// <exception cref="OpenSpecFailure">They could not be written.</exception>
    internal static string Schemas(Session session)
    {
        var cache = session.Variable("XDG_CACHE_HOME") is { Length: > 0 } set ? set : $"{UserFolders.Home(session)}/.cache";
        var folder = $"{cache}/colophon/openspec-{OpenSpecProgram.Version}/schemas";
        try
        {
            foreach (var (path, content) in PackageFiles.SchemaFiles())
            {
                var target = $"{folder}/{path}";
                if (!File.Exists(target) || !File.ReadAllBytes(target).AsSpan().SequenceEqual(content))
                    AtomicFile.Write(target, content);
            }
        }
        catch (Exception e) when (e is KernelException or IOException or UnauthorizedAccessException)
        {
            throw new OpenSpecFailure($"Cannot lay out the built-in schema in {folder}: {NodeError.Describe(e.InnerException ?? e, "open", folder)}");
        }

        return folder;
    }
}
