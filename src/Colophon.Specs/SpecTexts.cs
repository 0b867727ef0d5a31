namespace Colophon.Specs;

/// <summary>The main specs and the open changes of a tree that can be read, and what cannot.</summary>
/// <param name="Specs">The main specs, ordered by id.</param>
/// <param name="Changes">The open changes, ordered by name.</param>
/// <param name="Problems">What is there and cannot be read.</param>
public sealed record SpecTexts(IReadOnlyList<Spec> Specs, IReadOnlyList<Change> Changes, IReadOnlyList<SpecProblem> Problems)
{
    /// <summary>The same, where everything has to be readable.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>: the first problem.</exception>
    public SpecTexts OrThrow() => Problems is [var problem, ..] ? throw new SpecException(SpecError.Unreadable, problem.Message, problem.Hint) : this;

    /// <summary>Reads a tree.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>: the folder of changes cannot be listed.</exception>
    public static SpecTexts Read(SpecTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var (ids, found) = tree.LookAtSpecs();
        List<SpecProblem> problems = [.. found];
        var specs = Each(ids, tree.Spec, static id => $"openspec/specs/{id}/spec.md", problems);
        return new SpecTexts(specs, Each(tree.OpenableChanges, tree.Change, static name => $"openspec/changes/{name}", problems), problems);
    }

    private static List<T> Each<T>(IReadOnlyList<string> names, Func<string, T> read, Func<string, string> path, List<SpecProblem> problems)
    {
        var items = new List<T>();
        foreach (var name in names)
        {
            try
            {
                items.Add(read(name));
            }
            catch (SpecException e)
            {
                problems.Add(SpecProblem.Of(name, path(name), e));
            }
        }

        return items;
    }
}
