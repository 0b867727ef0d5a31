using Colophon.Engine.Drift;
using Colophon.Specs;
using Colophon.Specs.Checking;
using Colophon.Specs.Checking.Conflicts;
using Colophon.Specs.Checking.Fixing;
using Colophon.Text.Diff;

namespace Colophon.Engine;

/// <summary>What mending would do to a file.</summary>
/// <param name="Fix">The file's text before and after.</param>
/// <param name="Diff">The same as a unified diff.</param>
public sealed record PlannedFix(FileFix Fix, string Diff);

/// <summary>Colophon's own validation of a project's specifications.</summary>
public static class SpecChecks
{
    /// <summary>Checks a tree by OpenSpec's rules and ours, the open changes against each other, and what they build on against the history in git.</summary>
    /// <exception cref="SpecException">An item that was named does not exist, or a folder of the tree cannot be listed.</exception>
    public static async Task<CheckReport> CheckAsync(SpecTree tree, CheckOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        var report = SpecCheck.Run(tree, options);
        if (options.Specs is null)
            report = new CheckReport([.. report.Items, .. tree.LookAtSpecs().Problems.Select(problem => SpecCheck.Unreadable(problem.Name, ItemKind.Spec, problem.Path, problem.Message, problem.Hint, options.Strict))]);
        var changes = report.Items.Where(static item => item.Kind == ItemKind.Change).Select(static item => item.Id).ToList();
        if (changes.Count == 0)
            return report;
        var conflicts = FindConflicts(tree);
        var drift = await BaseDrift.FindAsync(tree, changes, cancellationToken).ConfigureAwait(false);
        return report.With(changes.ToDictionary(static name => name, name => (IReadOnlyList<SpecFinding>)[.. conflicts.FindingsOf(name), .. drift.GetValueOrDefault(name) ?? []], StringComparer.Ordinal), options.Strict);
    }

    /// <summary>What other open changes and the history in git say against a change: it warns, and forbids nothing.</summary>
    /// <exception cref="SpecException">The folder of changes cannot be listed.</exception>
    public static async Task<IReadOnlyList<SpecFinding>> AroundAsync(SpecTree tree, string change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var conflicts = FindConflicts(tree);
        var drift = await BaseDrift.FindAsync(tree, [change], cancellationToken).ConfigureAwait(false);
        return [.. conflicts.FindingsOf(change).Concat(drift.GetValueOrDefault(change) ?? []).Where(static finding => finding.Level == IssueLevel.Warning)];
    }

    /// <summary>Finds the requirements that two open changes touch, and an order to archive them in.</summary>
    /// <exception cref="SpecException">The folder of changes cannot be listed.</exception>
    public static ConflictReport FindConflicts(SpecTree tree) => SpecConflicts.Find(tree);

    /// <summary>Works out every fix that is certain; nothing is written.</summary>
    /// <exception cref="SpecException">As <see cref="CheckAsync"/>.</exception>
    public static IReadOnlyList<PlannedFix> PlanFixes(SpecTree tree, CheckOptions options) =>
        [.. SpecFixes.Plan(tree, options).Select(static fix => new PlannedFix(fix, UnifiedDiff.Format(fix.Path, fix.Before, fix.After)))];

    /// <summary>Writes a planned fix in one step.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.FixFailed"/>: the file changed since; or it is a link that leads out.</exception>
    public static void Write(SpecTree tree, PlannedFix planned)
    {
        ArgumentNullException.ThrowIfNull(planned);
        SpecFixes.Write(tree, planned.Fix);
    }
}
