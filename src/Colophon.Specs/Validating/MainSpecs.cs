using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.Validating;

/// <summary>A main spec, or why there is none.</summary>
/// <param name="Spec">The spec; null where it is missing or cannot be read.</param>
/// <param name="Failure">The system's reason where the file exists and cannot be read.</param>
internal readonly record struct FoundSpec(MainSpec? Spec, string? Failure);

/// <summary>The main specs that a validation needs, each read once and kept as long as the validation.</summary>
internal class MainSpecs(SpecTree tree, Func<string, FileText> read)
{
    private readonly Dictionary<string, FoundSpec> _specs = new(StringComparer.Ordinal);

    internal string PathOf(string id) => $"{tree.SpecsPath}/{id}/{SpecFiles.FileName}";

    internal virtual FoundSpec Find(string id)
    {
        if (!_specs.TryGetValue(id, out var found))
            _specs.Add(id, found = Read(id));
        return found;
    }

    protected FoundSpec Read(string id)
    {
        var file = read(PathOf(id));
        return new FoundSpec(
            file.Text is { } text ? MainSpec.Read(text, tree.Keywords) : null,
            file.Failure is null ? null : SystemError.Describe(file.Failure, PathOf(id)));
    }
}
