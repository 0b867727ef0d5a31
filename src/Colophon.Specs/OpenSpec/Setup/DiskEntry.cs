namespace Colophon.Specs.OpenSpec.Setup;

/// <summary>What a path leads to, links followed.</summary>
/// <param name="Exists">Whether it leads to anything.</param>
/// <param name="IsFolder">Whether that is a folder.</param>
/// <param name="Failure">Why it cannot be told, in the words of the CLI's platform without call and path.</param>
internal readonly record struct DiskEntry(bool Exists, bool IsFolder, string? Failure)
{
    internal static DiskEntry At(string path)
    {
        try
        {
            var attributes = File.GetAttributes(path);
            if (!attributes.HasFlag(FileAttributes.ReparsePoint))
                return new DiskEntry(true, attributes.HasFlag(FileAttributes.Directory), null);
            var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            return Path.Exists(target) ? new DiskEntry(true, Directory.Exists(target), null) : default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return NodeError.IsMissing(e) ? new DiskEntry(false, false, IsBelowFile(path) ? "ENOTDIR: not a directory" : null) : new DiskEntry(false, false, NodeError.Words(e) ?? e.Message);
        }
    }

    /// <summary>Whether a missing path leads through something that is no folder.</summary>
    internal static bool IsBelowFile(string path)
    {
        var above = Path.GetDirectoryName(path);
        while (above is not null && !Path.Exists(above))
            above = Path.GetDirectoryName(above);
        return above is not null && At(above) is { Exists: true, IsFolder: false };
    }

    /// <summary>The same without a reason; most paths that are asked for are not there, and an exception for each would take its time.</summary>
    internal static bool ExistsAt(string path) => Path.Exists(path) && At(path).Exists;

    internal static bool IsFolderAt(string path) => Directory.Exists(path);
}
