namespace Colophon.Specs.OpenSpec;

/// <summary>Failures of the file system in the words of the CLI's platform: <c>ENOTDIR: not a directory, scandir '…'</c>.</summary>
internal static class NodeError
{
    internal static string Describe(Exception error)
    {
        if (error is not SpecException { Subject: { } subject, InnerException: var inner } spec)
            return error.Message;
        var call = spec.WhileListing ? "scandir" : "open";
        if (spec.WhileListing && File.Exists(subject))
            return $"ENOTDIR: not a directory, scandir '{subject}'";
        return Words(inner) is { } words ? $"{words}, {call} '{subject}'" : error.Message;
    }

    /// <summary>A failed write, rename or delete.</summary>
    internal static string Describe(Exception error, string call, string path) => Words(error) is { } words ? $"{words}, {call} '{path}'" : error.Message;

    internal static bool IsMissing(Exception error) => error is FileNotFoundException or DirectoryNotFoundException;

    /// <summary>The code and its words, or null where the platform's are not known.</summary>
    internal static string? Words(Exception? error) => error switch
    {
        UnauthorizedAccessException { InnerException: IOException { Message: var text } } when Says(text, "Is a directory") => "EISDIR: illegal operation on a directory",
        UnauthorizedAccessException => "EACCES: permission denied",
        FileNotFoundException or DirectoryNotFoundException => "ENOENT: no such file or directory",
        IOException { Message: var text } when Says(text, "No space") => "ENOSPC: no space left on device",
        IOException { Message: var text } when Says(text, "Read-only") => "EROFS: read-only file system",
        IOException { Message: var text } when Says(text, "Not a directory") => "ENOTDIR: not a directory",
        IOException { Message: var text } when Says(text, "Too many levels") => "ELOOP: too many symbolic links encountered",
        IOException { Message: var text } when Says(text, "name too long") || error is PathTooLongException => "ENAMETOOLONG: name too long",
        _ => null,
    };

    private static bool Says(string text, string words) => text.Contains(words, StringComparison.Ordinal);
}
