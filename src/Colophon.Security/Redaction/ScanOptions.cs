using Colophon.Kernel.Paths;

namespace Colophon.Security.Redaction;

/// <summary>What a scan knows beyond the formats of keys.</summary>
public sealed record ScanOptions
{
    /// <summary>Nothing beyond the formats.</summary>
    public static ScanOptions Default { get; } = new();

    /// <summary>Texts that look like secrets and are none, such as a test's own keys; compared as a whole.</summary>
    public IReadOnlySet<string> Allowed { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The same by SHA-256 of their UTF-8, in lower-case hex: what a configuration can name without holding the text.</summary>
    public IReadOnlySet<string> AllowedHashes { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Paths whose texts are left alone; asked by <see cref="Allows"/>, where it is known where a text stands.</summary>
    public IReadOnlyList<PathGlob> AllowedPaths { get; init; } = [];

    /// <summary>Values that are secret whatever they look like: the keys in use. Shorter than 8 characters they are ignored.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>Whether the texts of a path are left alone.</summary>
    /// <param name="path">Relative to the project, with <c>/</c>.</param>
    public bool Allows(string path) => AllowedPaths.Any(glob => glob.Matches(path));
}
