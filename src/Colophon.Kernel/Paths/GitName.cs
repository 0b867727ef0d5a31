using System.Globalization;

namespace Colophon.Kernel.Paths;

/// <summary>
/// Knows every spelling of <c>.git</c>, also those that are another name here but git's own directory on NTFS (<c>git~1</c>, <c>.git.</c>, <c>.git::$INDEX</c>) or
/// HFS+ (with characters that it passes over). A repository is checked out in more places than this one.
/// </summary>
internal static class GitName
{
    internal static bool Is(string part)
    {
        var end = part.IndexOf(':', StringComparison.Ordinal);
        var name = string.Concat((end < 0 ? part : part[..end]).Where(static c => char.GetUnicodeCategory(c) != UnicodeCategory.Format)).TrimEnd(' ', '.');
        return name.Equals(".git", StringComparison.OrdinalIgnoreCase) || name.Equals("git~1", StringComparison.OrdinalIgnoreCase);
    }
}
