using Colophon.Kernel.Errors;

namespace Colophon.Specs;

/// <summary>An item of a tree that is there and cannot be read.</summary>
/// <param name="Name">The change's name, or the spec's id.</param>
/// <param name="Path">Where, relative to the root of the tree.</param>
/// <param name="Code">The stable code of the error.</param>
/// <param name="Message">Why.</param>
/// <param name="Hint">What to do about it; null where there is nothing to say.</param>
public sealed record SpecProblem(string Name, string Path, string Code, string Message, string? Hint)
{
    /// <summary>The problem that an error tells.</summary>
    /// <param name="name">The item.</param>
    /// <param name="path">Where, relative to the root of the tree.</param>
    /// <param name="error">What reading it came to.</param>
    public static SpecProblem Of(string name, string path, ColophonException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new SpecProblem(name, path, error.Code, error.Message, error.Hint);
    }
}
