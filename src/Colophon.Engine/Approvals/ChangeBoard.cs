using Colophon.Engine.Approvals;
using Colophon.Engine.Composition;
using Colophon.Generation.Apply;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance.Approvals;
using Colophon.Specs;

namespace Colophon.Engine;

/// <summary>Where the changes of a project stand. Only looks: what a killed run left is told and not finished. Works without git, then without a log.</summary>
public sealed class ChangeBoard
{
    private readonly ApprovalDesk? _desk;
    private readonly ColophonException? _fault;

    private ChangeBoard(SpecTree tree, ApprovalDesk? desk, ColophonException? fault, IReadOnlyList<(string Change, string Task)> unfinished) =>
        (Tree, _desk, _fault, Unfinished) = (tree, desk, fault, unfinished);

    /// <summary>The specifications.</summary>
    public SpecTree Tree { get; }

    /// <summary>Accepted tasks, each with its change, whose writing was interrupted: `colophon apply` finishes it.</summary>
    public IReadOnlyList<(string Change, string Task)> Unfinished { get; }

    /// <summary>Looks at the project around a directory.</summary>
    /// <param name="tree">Its specifications.</param>
    /// <param name="directory">Any directory of it, absolute.</param>
    /// <param name="overrides">What the caller sets for this run; null for nothing.</param>
    /// <param name="cancellationToken">Cancels asking git.</param>
    public static async Task<ChangeBoard> OpenAsync(SpecTree tree, string directory, EngineOverrides? overrides = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var given = overrides ?? new EngineOverrides();
        IReadOnlyList<(string, string)> unfinished = [];
        try
        {
            var repository = await RepositoryAsync(directory, cancellationToken).ConfigureAwait(false);
            unfinished = repository is null ? [] : ChangeApplier.Unfinished(repository);
            var parts = new EngineParts(new EngineFolders(Path.GetFullPath(directory), repository), EngineEnvironment.Of(given.Environment), given);
            return new ChangeBoard(tree, new ApprovalDesk(parts, repository, tree), null, unfinished);
        }
        catch (ColophonException e)
        {
            // A mistake in the configuration is no reason to show nothing.
            return new ChangeBoard(tree, null, e, unfinished);
        }
    }

    /// <summary>Where a change stands.</summary>
    /// <exception cref="ColophonException">A file of it cannot be read, or the log cannot.</exception>
    public async Task<ChangeStanding> OfAsync(Change change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var (policy, approvals, refusals) = await ApprovalsAsync(change, cancellationToken).ConfigureAwait(false);
        return new ChangeStanding
        {
            Change = change,
            Policy = policy,
            Approvals = approvals,
            ApplyBlockers = [.. FromFiles(change, change.ApplyBlocker), .. refusals.Where(static r => r.Step is null or ChangeStep.Apply).Select(static r => r.Blocker)],
            ArchiveBlockers = [.. FromFiles(change, change.ArchiveBlocker), .. Validity(change), .. refusals.Where(static r => r.Step is null or ChangeStep.Archive).Select(static r => r.Blocker)],
        };
    }

    /// <summary>What people's approval says against a step, or null.</summary>
    /// <exception cref="ColophonException">The rules, the log or the specifications cannot be read: then nobody may take the step.</exception>
    internal async Task<EngineException?> RefusalAsync(Change change, ChangeStep step, CancellationToken cancellationToken) =>
        _desk is null
            ? throw _fault ?? new KernelException(KernelError.ConfigurationInvalid, "The rules about approval cannot be read.")
            : await ChangeGate.AskAsync(_desk, change, step, cancellationToken).ConfigureAwait(false);

    private async Task<(ApprovalPolicy? Policy, ApprovalStanding? Approvals, List<(ChangeStep? Step, Blocker Blocker)> Refusals)> ApprovalsAsync(Change change, CancellationToken cancellationToken)
    {
        var refusals = new List<(ChangeStep?, Blocker)>();
        if (_desk is null)
        {
            refusals.Add((null, new Blocker(BlockerKind.RulesUnreadable, _fault?.Message ?? "", _fault?.Hint)));
            return (null, null, refusals);
        }

        var policy = await _desk.PolicyAsync(cancellationToken).ConfigureAwait(false);
        var approvals = await _desk.JudgeAsync(change, cancellationToken).ConfigureAwait(false);
        // What is archived is done with.
        if (approvals is null || change.IsArchived)
            return (policy, approvals, refusals);
        foreach (var step in Enum.GetValues<ChangeStep>())
        {
            if (ChangeGate.Refusal(change.Name, step, policy, approvals) is { } refusal)
                refusals.Add((step, new Blocker(KindOf(refusal.Error), refusal.Message, refusal.Hint)));
        }

        return (policy, approvals, refusals);
    }

    private static BlockerKind KindOf(EngineError error) => error switch
    {
        EngineError.ChangesRequested => BlockerKind.ChangesRequested,
        EngineError.ApprovalsInDoubt => BlockerKind.ApprovalsInDoubt,
        _ => BlockerKind.NotApproved,
    };

    private static IEnumerable<Blocker> FromFiles(Change change, StepBlocker blocker)
    {
        var open = change.TotalTasks - change.CompletedTasks;
        if (blocker != StepBlocker.None)
        {
            yield return blocker switch
            {
                StepBlocker.Archived => new Blocker(BlockerKind.Archived, "It is archived already."),
                StepBlocker.NoTasks => new Blocker(BlockerKind.NoTasks, "It has no tasks.", $"Write them in {change.TasksPath} as \"- [ ] 1.1 Description\"."),
                StepBlocker.OpenTasks => new Blocker(BlockerKind.OpenTasks, $"{open} of {change.TotalTasks} tasks {(open == 1 ? "is" : "are")} open.", $"`colophon apply {change.Name}` has them written."),
                _ => new Blocker(BlockerKind.AllDone, "Every task is done."),
            };
        }
    }

    // Validating costs the most, and matters once there is something to archive.
    private IEnumerable<Blocker> Validity(Change change)
    {
        if (!change.CanArchive)
            return [];
        var errors = ProjectArchive.Errors(Tree, change.Name).Count;
        return errors == 0 ? [] : [new Blocker(BlockerKind.Invalid, $"It does not pass validation: {errors} error{(errors == 1 ? "" : "s")}.", $"`colophon validate {change.Name}` shows them.")];
    }

    private static async Task<GitRepository?> RepositoryAsync(string directory, CancellationToken cancellationToken)
    {
        try
        {
            return await GitRepository.TryDiscoverAsync(directory, cancellationToken).ConfigureAwait(false);
        }
        catch (KernelException e) when (e.Error == KernelError.GitMissing)
        {
            return null;
        }
    }
}
