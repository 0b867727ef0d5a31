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

    private static string? Words(Exception? error) => error switch
    {
        UnauthorizedAccessException => "EACCES: permission denied",
        FileNotFoundException or DirectoryNotFoundException => "ENOENT: no such file or directory",
        IOException { Message: var text } when text.Contains("No space", StringComparison.Ordinal) => "ENOSPC: no space left on device",
        IOException { Message: var text } when text.Contains("Read-only", StringComparison.Ordinal) => "EROFS: read-only file system",
        _ => null,
    };
}
