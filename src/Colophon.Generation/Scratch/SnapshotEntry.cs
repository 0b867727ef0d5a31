using System.Globalization;
using Colophon.Kernel.Paths;

namespace Colophon.Generation.Scratch;

/// <summary>One file of the user's tree as it was copied into the scratch tree.</summary>
/// <param name="Path">Its path.</param>
/// <param name="IsLink">True for a symbolic link.</param>
/// <param name="Mode">Its permission bits.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Modified">Its modification time in ticks (UTC); the copy carries the same, so that one number tells both from a later edit.</param>
/// <param name="Sha256">The hash of its content.</param>
internal sealed record SnapshotEntry(WorkspacePath Path, bool IsLink, UnixFileMode Mode, long Size, long Modified, string Sha256)
{
    /// <summary>Whether the file looks untouched: same kind, size, time and mode. No content is read.</summary>
    public bool LooksLike(FileInfo info) =>
        IsLink
            ? info.LinkTarget is { } target && System.Text.Encoding.UTF8.GetByteCount(target) == Size && HashOf(target) == Sha256
            : info.LinkTarget is null && info.Exists && info.Length == Size && info.LastWriteTimeUtc.Ticks == Modified && info.UnixFileMode == Mode;

    internal string Format() => string.Create(CultureInfo.InvariantCulture, $"{(IsLink ? 'l' : 'f')}\t{(int)Mode}\t{Size}\t{Modified}\t{Sha256}\t{Path.Value}");

    internal static SnapshotEntry? TryParse(string line) =>
        line.Split('\t') is [var kind, var mode, var size, var modified, var hash, var name]
        && int.TryParse(mode, CultureInfo.InvariantCulture, out var bits)
        && long.TryParse(size, CultureInfo.InvariantCulture, out var length)
        && long.TryParse(modified, CultureInfo.InvariantCulture, out var ticks)
        && WorkspacePath.TryParse(name, out var path)
            ? new SnapshotEntry(path, kind == "l", (UnixFileMode)bits, length, ticks, hash)
            : null;

    internal static string HashOf(string linkTarget) => new FileState(System.Text.Encoding.UTF8.GetBytes(linkTarget), UnixFileMode.None, true).Sha256;
}
