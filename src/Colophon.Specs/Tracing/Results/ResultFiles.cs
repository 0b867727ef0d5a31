using Colophon.Specs.Schemas;

namespace Colophon.Specs.Tracing.Results;

/// <summary>Finds the files that a test run left.</summary>
public static class ResultFiles
{
    /// <summary>The files below a folder that a pattern names, ordered; none for a pattern that would lead out.</summary>
    /// <param name="folder">The folder, absolute.</param>
    /// <param name="pattern">A relative path with <c>*</c>, <c>?</c>, <c>**</c>, <c>[…]</c> and <c>{a,b}</c>; entries that begin with a dot never match.</param>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    public static IReadOnlyList<string> Find(string folder, string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var relative = pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[2..] : pattern;
        return relative.StartsWith('/') || relative.Split('/').Contains("..", StringComparer.Ordinal) ? [] : OutputPattern.Find(folder, relative);
    }
}
