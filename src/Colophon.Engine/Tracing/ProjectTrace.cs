using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Kernel.Words;
using Colophon.Provenance.Coverage;
using Colophon.Specs;
using Colophon.Specs.Tracing;
using Colophon.Specs.Tracing.Links;

namespace Colophon.Engine.Tracing;

/// <summary>Follows requirements to scenarios, tests, code, entries, models and people.</summary>
public static class ProjectTrace
{
    /// <summary>Traces an opened project.</summary>
    /// <param name="engine">The project.</param>
    /// <param name="query">What to trace.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="SpecException">There is no specification tree, or nothing that can be read has the name that was asked for.</exception>
    /// <exception cref="KernelException">There is no git repository, or git failed.</exception>
    public static async Task<TraceReport> ComputeAsync(ColophonEngine engine, TraceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(query);
        var repository = await engine.Parts.RepositoryAsync(cancellationToken).ConfigureAwait(false);
        var tree = ProjectSpecs.Open(engine.Parts, engine.Directory);
        var texts = SpecTexts.Read(tree);
        var selection = TraceSelection.Of(texts, query.Name);
        var links = await LinksAsync(repository, tree, cancellationToken).ConfigureAwait(false);
        CoverageReport? coverage = null;
        if (query.Code)
        {
            var audit = await ProjectAudit.OfAsync(engine, cancellationToken).ConfigureAwait(false);
            coverage = await audit.CoverageAsync([], cancellationToken).ConfigureAwait(false);
        }

        var named = query.Names ? await ProjectLinks.TestNamesAsync(repository, Prefix(repository, tree), cancellationToken).ConfigureAwait(false) : null;
        var former = FormerNames.Of(tree, selection.Index, coverage);
        return new TraceJoin(selection, Prefix(repository, tree), query) { Named = named, Former = former }.Run(links, coverage) with { Problems = texts.Problems };
    }

    /// <summary>The links of a project's files.</summary>
    internal static async Task<IReadOnlyList<SpecLink>> LinksAsync(GitRepository repository, SpecTree tree, CancellationToken cancellationToken)
    {
        var state = Directory.Exists(Path.Combine(repository.Root, ".colophon")) ? await StateFolder.TryFindAsync(repository, cancellationToken).ConfigureAwait(false) : null;
        return await ProjectLinks.FindAsync(repository, Prefix(repository, tree), state is null ? null : Path.Combine(state, "links.json"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The tree's folder relative to the repository's root: empty, or with a slash at its end.</summary>
    internal static string Prefix(GitRepository repository, SpecTree tree)
    {
        var relative = Path.GetRelativePath(repository.Root, tree.Root).Replace('\\', '/');
        return relative is "." || relative.StartsWith("..", StringComparison.Ordinal) ? "" : relative + "/";
    }
}

/// <summary>The part of the specifications that was asked for.</summary>
/// <param name="Index">Everything there is.</param>
/// <param name="Name">What was asked for; null for everything.</param>
/// <param name="Change">The change that was asked for, or null.</param>
/// <param name="Wanted">Whether a requirement is meant.</param>
/// <param name="Complete">The open changes whose tasks are all done.</param>
/// <param name="Removed">The requirements that an open change removes, with the change.</param>
internal sealed record TraceSelection(
    TraceIndex Index, string? Name, Change? Change, Func<string, bool> Wanted, IReadOnlySet<string> Complete, IReadOnlyDictionary<string, string> Removed)
{
    /// <summary>Where the index is a part: all there is. A link to something there is no link to nothing.</summary>
    public TraceIndex? Whole { get; init; }

    /// <summary>The main specs alone.</summary>
    public static TraceSelection OfMain(SpecTree tree) => new(
        new TraceIndex(TraceIndex.ReadMain(tree)), null, null, static _ => true, new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal))
    {
        Whole = TraceIndex.Read(tree),
    };

    /// <summary>A change's name counts before a capability's, and that before a requirement's.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.SpecNotFound"/>: nothing has the name; <see cref="SpecError.Unreadable"/>: what has it cannot be read.</exception>
    public static TraceSelection Of(SpecTexts texts, string? name)
    {
        if (texts.Problems.FirstOrDefault(problem => problem.Name == name) is { } unreadable)
            throw new SpecException(SpecError.Unreadable, unreadable.Message, unreadable.Hint);
        var (changes, index) = (texts.Changes, TraceIndex.Of(texts));
        var removed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            foreach (var requirement in change.Deltas.SelectMany(static delta => delta.Removed))
                removed.TryAdd(requirement.Id, change.Name);
        }

        var complete = changes.Where(static change => change.CanArchive).Select(static change => change.Name).ToHashSet(StringComparer.Ordinal);
        var (chosen, wanted) = Choose(index, changes, name);
        return new TraceSelection(index, name, chosen, wanted, complete, removed);
    }

    private static (Change? Change, Func<string, bool> Wanted) Choose(TraceIndex index, IReadOnlyList<Change> changes, string? name)
    {
        if (name is null)
            return (null, static _ => true);
        if (changes.FirstOrDefault(change => change.Name == name) is { } chosen)
        {
            var ids = TraceIndex.Of(chosen).Select(static text => text.Requirement.Id).Concat(chosen.Deltas.SelectMany(static d => d.Removed).Select(static r => r.Id)).ToHashSet(StringComparer.Ordinal);
            return (chosen, ids.Contains);
        }

        var capability = name.TrimEnd('/');
        if (index.Capabilities.Any(id => id == capability || id.StartsWith(capability + "/", StringComparison.Ordinal)))
            return (null, id => id.StartsWith(capability + "/", StringComparison.Ordinal));
        if (index.Resolve(name) is { } target)
            return (null, id => id == target.Requirement);
        var known = changes.Select(static change => change.Name).Concat(index.Capabilities).Concat(index.Requirements.Select(static pair => pair.Key));
        var nearest = EditDistance.Closest(name, known) ?? index.Explain(name).Nearest;
        throw new SpecException(SpecError.SpecNotFound, $"There is no change, capability or requirement '{name}'.", nearest is null ? "`colophon trace` without a name shows all." : $"Did you mean '{nearest}'?");
    }
}
