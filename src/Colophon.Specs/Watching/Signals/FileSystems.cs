namespace Colophon.Specs.Watching.Signals;

/// <summary>Knows the file systems on which the kernel does not hear of what others write.</summary>
internal static class FileSystems
{
    /// <summary>Why changes below a folder are not told; null where they are, or nobody knows.</summary>
    internal static string? WhyNotTold(string root)
    {
        try
        {
            var drive = new DriveInfo(root);
            return drive.DriveType == DriveType.Network || drive.DriveFormat is "v9fs" or "9p"
                ? $"'{root}' lies on a {drive.DriveFormat} file system, which does not tell of changes made elsewhere"
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
