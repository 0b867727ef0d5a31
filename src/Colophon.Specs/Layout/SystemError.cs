namespace Colophon.Specs.Layout;

/// <summary>Reasons of the file system in the words the CLI's platform uses for them.</summary>
internal static class SystemError
{
    internal static string Describe(string reason, string path) =>
        Directory.Exists(path) ? "EISDIR: illegal operation on a directory, read"
        : reason.Contains("denied", StringComparison.OrdinalIgnoreCase) || reason.Contains("(errno 13)", StringComparison.Ordinal) ? $"EACCES: permission denied, open '{path}'"
        : reason;

    internal static string NotADirectory(string path) => $"ENOTDIR: not a directory, scandir '{path}'";
}
