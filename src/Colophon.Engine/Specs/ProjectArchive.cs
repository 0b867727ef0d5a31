using Colophon.Kernel.Errors;
using Colophon.Specs;
using Colophon.Specs.Archiving;
using Colophon.Specs.Checking;
using Colophon.Text.Diff;

namespace Colophon.Engine;

/// <summary>Whether a change may be archived, and what stands against it.</summary>
/// <param name="Reason">Why not, in one sentence; null where it may.</param>
/// <param name="Hint">What to do about it.</param>
/// <param name="Findings">The findings that stand against it; where it may, those that warn: conflicts with other changes, and specifications that changed since.</param>
public sealed record ArchiveVerdict(string? Reason, string? Hint, IReadOnlyList<SpecFinding> Findings)
{
    /// <summary>Whether the change may be archived.</summary>
    public bool Allowed => Reason is null;
}

/// <summary>Archiving a change of a project: its deltas become the specifications, its folder moves.</summary>
public static class ProjectArchive
{
    /// <summary>
    /// Whether a change may be archived, as every way of archiving in Colophon asks: the one place for rules that are not about the merge itself. That the merge
    /// loses nothing is asked once more by <see cref="ChangeArchive.Prepare"/>.
    /// </summary>
    /// <param name="tree">The specifications.</param>
    /// <param name="change">The change's name.</param>
    /// <param name="directory">Any directory of the project: its configuration has the rules about approval.</param>
    /// <param name="overrides">What the caller sets for this run; null for nothing.</param>
    /// <param name="cancellationToken">Cancels asking git.</param>
    /// <exception cref="SpecException"><see cref="SpecError.ChangeNotFound"/>.</exception>
    /// <exception cref="EngineException">Approvals are missing, or which count cannot be told.</exception>
    /// <exception cref="ColophonException">The rules about approval cannot be read.</exception>
    public static async Task<ArchiveVerdict> MayArchiveAsync(SpecTree tree, string change, string directory, EngineOverrides? overrides = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var errors = Errors(tree, change);
        if (errors.Count == 0)
        {
            var board = await ChangeBoard.OpenAsync(tree, directory, overrides, cancellationToken).ConfigureAwait(false);
            return await board.RefusalAsync(tree.Change(change), ChangeStep.Archive, cancellationToken).ConfigureAwait(false) is { } refusal
                ? throw refusal
                : new ArchiveVerdict(null, null, await SpecChecks.AroundAsync(tree, change, cancellationToken).ConfigureAwait(false));
        }

        return new ArchiveVerdict($"'{change}' has {errors.Count} {(errors.Count == 1 ? "error" : "errors")}: archiving it would lose or break something.", $"`colophon validate {change}` names each place.", errors);
    }

    /// <summary>What is wrong with a change, so that it may not be archived.</summary>
    /// <remarks>Conflicts with other changes and base drift warn and never forbid, so neither the other changes nor git are asked here.</remarks>
    internal static IReadOnlyList<SpecFinding> Errors(SpecTree tree, string change) =>
        [.. SpecCheck.Run(tree, new CheckOptions { Changes = [change], Specs = [] }).Items.SelectMany(static item => item.Findings).Where(static finding => finding.Level == IssueLevel.Error)];

    /// <summary>Works out an archive; nothing is written before <see cref="ChangeArchive.Commit"/>.</summary>
    /// <exception cref="SpecException">It is refused, with a reason and a hint.</exception>
    public static ChangeArchive Prepare(SpecTree tree, string change, ArchiveOptions options, TimeProvider time) => ChangeArchive.Prepare(tree, change, options, time);

    /// <summary>What an archive does to a specification, as a unified diff.</summary>
    public static string Diff(ArchivedSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return UnifiedDiff.Format(spec.Path, spec.Before, spec.After);
    }
}
