namespace Colophon.Specs.OpenSpec;

/// <summary>What the CLI asks of a name before it looks a folder up by it.</summary>
internal static class FolderName
{
    /// <summary>What is wrong with the name, or null.</summary>
    internal static string? Problem(string name, string what) =>
        name.Length == 0 ? $"{what} must not be empty"
        : name is "." or ".." ? $"{what} must not be '{name}'"
        : name.AsSpan().ContainsAny('\\', '/') ? $"{what} must not contain path separators"
        : null;
}
