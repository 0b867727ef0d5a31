using System.Text;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Kernel.Files;
using Colophon.Provenance.Coverage.Page;

namespace Colophon.Cli.Commands.Audit;

/// <summary>Writes a site into a folder. Pages of files that are no more go; nothing else in the folder is touched.</summary>
internal static class CoverageSiteWriter
{
    private const int NameLength = 16 + 5;

    /// <summary>Refuses a folder that holds anything else than an earlier site.</summary>
    /// <exception cref="CliException"><see cref="CliError.FolderTaken"/>.</exception>
    public static void Demand(string folder)
    {
        if (File.Exists(folder))
            throw new CliException(CliError.FolderTaken, $"'{folder}' is a file.", "Name a folder, or a file that ends in .html.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !NamedFile.IsOurs(Path.Combine(folder, SitePages.Index), NamedFile.Page))
            throw new CliException(CliError.FolderTaken, $"'{folder}' holds other files.", "Name a folder that is empty, or that an earlier --html filled.");
    }

    /// <summary>Writes the pages.</summary>
    /// <returns>The first page's path.</returns>
    public static string Write(string folder, IEnumerable<SitePage> pages, CancellationToken cancellationToken)
    {
        var index = Path.Combine(folder, SitePages.Index);
        var files = Path.Combine(folder, SitePages.Folder);
        Directory.CreateDirectory(files);
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var page in pages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AtomicFile.Write(Path.Combine(folder, page.Name), Encoding.UTF8.GetBytes(page.Content));
            written.Add(Path.GetFileName(page.Name));
        }

        foreach (var old in Directory.EnumerateFiles(files, "*.html").Where(f => Path.GetFileName(f) is { Length: NameLength } name && !written.Contains(name)).ToArray())
            File.Delete(old);
        return index;
    }
}
