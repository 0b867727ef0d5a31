using Colophon.Engine.Composition;
using Colophon.Specs;
using Colophon.Specs.Watching;

namespace Colophon.Engine;

/// <summary>The specifications of a project, for commands that only read them: no git, no recovery, and of the configuration only <c>[specs.keywords]</c>, so they cost nothing else.</summary>
public static class ProjectSpecs
{
    /// <summary>Opens the nearest <c>openspec/</c> from a folder upwards.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="environment">The variables; the process's own where null.</param>
    /// <exception cref="SpecException"><see cref="SpecError.NoTree"/>, <see cref="SpecError.TreeMalformed"/> or <see cref="SpecError.KeywordInvalid"/>.</exception>
    public static SpecTree Open(string directory, IReadOnlyDictionary<string, string>? environment = null) =>
        Understood(SpecTree.Find(directory) ?? NestedTrees.OpenOrSuggest(directory), environment);

    /// <summary>The same for an opened project, which knows its configuration.</summary>
    internal static SpecTree Open(EngineParts parts, string directory) =>
        (SpecTree.Find(directory) ?? NestedTrees.OpenOrSuggest(directory)).With(ProjectKeywords.Of(parts.Configuration));

    /// <summary>Opens a tree to work on it: an archive that was cut short is finished first.</summary>
    /// <param name="directory">A folder.</param>
    /// <param name="exactly">Whether the tree must be right there, and not in a folder above.</param>
    /// <param name="environment">The variables; the process's own where null.</param>
    /// <param name="standing">Where the user stands, from where other trees are named in a hint; the folder where null.</param>
    /// <exception cref="SpecException"><see cref="SpecError.NoTree"/>, <see cref="SpecError.TreeMalformed"/>, <see cref="SpecError.KeywordInvalid"/> or <see cref="SpecError.ArchiveUnfinished"/>.</exception>
    public static SpecTree Enter(string directory, bool exactly = false, IReadOnlyDictionary<string, string>? environment = null, string? standing = null)
    {
        var tree = exactly ? Understood(NestedTrees.OpenOrSuggest(directory, standing), environment) : Open(directory, environment);
        tree.Recover();
        return tree;
    }

    /// <summary>Keeps the specifications in memory while they are edited: the nearest <c>openspec/</c> from a folder upwards, or the one that the folder will have.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="options">How to watch; the defaults where null.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the first reading.</param>
    /// <param name="environment">The variables; the process's own where null.</param>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/> or <see cref="SpecError.TreeMalformed"/>.</exception>
    public static Task<LiveTree> WatchAsync(
        string directory, WatchOptions? options, TimeProvider time, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? environment = null)
    {
        var root = SpecTree.Find(directory)?.Root ?? directory;
        return LiveTree.StartAsync(root, (options ?? new WatchOptions()) with { Keywords = ProjectKeywords.Find(root, environment) }, time, cancellationToken);
    }

    private static SpecTree Understood(SpecTree tree, IReadOnlyDictionary<string, string>? environment) => tree.With(ProjectKeywords.Find(tree.Root, environment));

    /// <summary>The change that is meant: the named one, or the only one there is.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.ChangeNotFound"/>: none is named and there is none, or more than one.</exception>
    public static string ChosenChange(SpecTree tree, string? name)
    {
        ArgumentNullException.ThrowIfNull(tree);
        if (name is not null)
            return name;
        return tree.Changes switch
        {
            [var only] => only,
            [] => throw new SpecException(SpecError.ChangeNotFound, "There is no open change.", "`colophon new change` asks for one, or write it in openspec/changes/<name>/: proposal.md, tasks.md and specs/<capability>/spec.md."),
            var several => throw new SpecException(SpecError.ChangeNotFound, "There are several open changes: name one.", $"They are {string.Join(", ", several.Take(8))}{(several.Count > 8 ? ", …" : "")}."),
        };
    }
}
