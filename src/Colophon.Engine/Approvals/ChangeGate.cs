using Colophon.Engine.Approvals;
using Colophon.Engine.Composition;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Approvals;
using Colophon.Provenance.Trust;
using Colophon.Specs;

namespace Colophon.Engine;

/// <summary>
/// The one place that answers whether a change may be applied or archived as far as people's approval goes. Whether there is anything to do, and whether the change is valid,
/// is for each command to ask.
/// </summary>
public static class ChangeGate
{
    /// <summary>Lets a step pass, or says why not.</summary>
    /// <param name="engine">The opened project.</param>
    /// <param name="change">The change.</param>
    /// <param name="step">What is to be done with it.</param>
    /// <param name="cancellationToken">Cancels asking git.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineError.NotApproved"/>, <see cref="EngineError.ChangesRequested"/> or <see cref="EngineError.ApprovalsInDoubt"/>; the hint names who could approve.
    /// </exception>
    /// <exception cref="ColophonException">The log or the specifications cannot be read.</exception>
    public static async Task DemandAsync(ColophonEngine engine, Change change, ChangeStep step, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(change);
        var desk = new ApprovalDesk(engine.Parts, engine.Parts.Folders.Repository, SpecTree.Open(EngineParts.TreeRoot(change)));
        if (await AskAsync(desk, change, step, cancellationToken).ConfigureAwait(false) is { } refusal)
            throw refusal;
    }

    /// <summary>Why a step may not be taken, or null.</summary>
    internal static async Task<EngineException?> AskAsync(ApprovalDesk desk, Change change, ChangeStep step, CancellationToken cancellationToken)
    {
        var policy = await desk.PolicyAsync(cancellationToken).ConfigureAwait(false);
        return policy.Guards(step) && await desk.JudgeAsync(change, cancellationToken).ConfigureAwait(false) is { } standing ? Refusal(change.Name, step, policy, standing) : null;
    }

    internal static EngineException? Refusal(string change, ChangeStep step, ApprovalPolicy policy, ApprovalStanding standing)
    {
        if (!policy.Guards(step) || standing.Meets(policy.Rules))
            return null;
        var verb = step == ChangeStep.Apply ? "applied" : "archived";
        if (standing.Doubt is { } doubt)
            return new EngineException(EngineError.ApprovalsInDoubt, $"'{change}' may not be {verb}: who approved it cannot be told. {doubt}", "`colophon audit verify` shows all of it; `colophon doctor` looks at key and trust.");
        if (standing.Requests.FirstOrDefault() is { } request)
            return new EngineException(EngineError.ChangesRequested, $"'{change}' may not be {verb}: {request.Who} asked for changes{(request.Approval.Reason is { Length: > 0 } reason ? $": {reason}" : ".")}", $"Change the text, then have it approved; or {request.Who} runs `colophon approve {change}`.");
        var (has, needs) = (standing.Approvals.Count(), policy.Rules.Required);
        return new EngineException(EngineError.NotApproved, $"'{change}' may not be {verb}: it has {has} of {needs} approvals ({policy.Origin}).{Lapsed(standing)}", Hint(change, needs - has, standing.Candidates));
    }

    private static string Lapsed(ApprovalStanding standing) =>
        string.Concat(standing.Verdicts.Where(static v => v.Standing == VerdictStanding.Lapsed).Select(static v => $" {v.Who}'s lapsed: {string.Join(", ", v.ChangedFiles)} changed."));

    private static string Hint(string change, long missing, IReadOnlyList<TrustedKey> candidates)
    {
        var who = string.Join(", ", candidates.Take(8).Select(static k => $"{k.Name} ({(k.Role == KeyRole.Reviewer ? "reviewer" : "developer")})"));
        return candidates.Count == 0 ? "Nobody who is trusted here could approve it: add a key with `colophon trust add`."
            : candidates.Count < missing ? $"Only {who} could approve it with `colophon approve {change}`: add keys with `colophon trust add`."
            : $"Could approve it with `colophon approve {change}`: {who}.";
    }
}
