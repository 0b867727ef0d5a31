using System.Text;
using Colophon.Cli.Errors;
using Colophon.Kernel.Files;
using Colophon.Provenance.Coverage.Page;

namespace Colophon.Cli.Commands.Audit;

/// <summary>Writes a site into a folder. Pages of files that are no more go; nothing else in the folder is touched.</summary>
internal static class CoverageSiteWriter
{
    private const int NameLength = 16 + 5;

    /// <summary>Writes the pages.</summary>
    /// <returns>The first page's path.</returns>
    public static string Write(string folder, IEnumerable<SitePage> pages, CancellationToken cancellationToken)
    {
        var index = Path.Combine(folder, SitePages.Index);
        var files = Path.Combine(folder, SitePages.Folder);
        if (!File.Exists(index) && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new CliException(CliError.OptionValue, $"'{folder}' holds other files.", "Name a folder that is empty, or that an earlier --html filled.");
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
