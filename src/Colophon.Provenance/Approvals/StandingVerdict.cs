using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Approvals;

/// <summary>How a verdict stands towards the text as it reads now.</summary>
public enum VerdictStanding
{
    /// <summary>It is about this very text, genuine, and its giver's newest: it counts.</summary>
    Counts,

    /// <summary>The text was changed since.</summary>
    Lapsed,

    /// <summary>The same person gave another one later.</summary>
    Replaced,

    /// <summary>Its key was revoked since.</summary>
    KeyRevoked,

    /// <summary>Its key's role is none of those that the rules ask for.</summary>
    RoleExcluded,

    /// <summary>Its giver wrote the text, and the rules do not let authors approve.</summary>
    Author,

    /// <summary>The entry does not verify, or its key is not trusted.</summary>
    NotGenuine,
}

/// <summary>A verdict on a change, and what became of it.</summary>
public sealed record StandingVerdict
{
    /// <summary>The entry.</summary>
    public required Entry Entry { get; init; }

    /// <summary>Whose key signed it, as the project's trust knows it; null where it does not.</summary>
    public required TrustedKey? Key { get; init; }

    /// <summary>How it stands.</summary>
    public required VerdictStanding Standing { get; init; }

    /// <summary>How the entry itself verifies.</summary>
    public required EntryStatus Status { get; init; }

    /// <summary>For a lapsed one: the files that read otherwise now, came or went, relative to the change's folder.</summary>
    public IReadOnlyList<string> ChangedFiles { get; init; } = [];

    /// <summary>What was said.</summary>
    public Approval Approval => Entry.Predicate.Approval ?? throw new InvalidOperationException("An entry without a verdict.");

    /// <summary>Who said it: the name that the trust file gives the key's holder, or what the entry calls itself.</summary>
    public string Who => Key?.Name ?? Entry.Predicate.Actor.Name;
}

/// <summary>What all verdicts on a change come to.</summary>
public sealed record ApprovalStanding
{
    /// <summary>Every verdict, newest first.</summary>
    public required IReadOnlyList<StandingVerdict> Verdicts { get; init; }

    /// <summary>Why no verdict can be relied on: a part of the change's log does not verify, or there is no trust. Null where it can.</summary>
    public required string? Doubt { get; init; }

    /// <summary>The keys that could still approve, by name.</summary>
    public required IReadOnlyList<TrustedKey> Candidates { get; init; }

    /// <summary>The approvals that count.</summary>
    public IEnumerable<StandingVerdict> Approvals => Counting(ApprovalVerdict.Approved);

    /// <summary>The requests for changes that count.</summary>
    public IEnumerable<StandingVerdict> Requests => Counting(ApprovalVerdict.ChangesRequested);

    /// <summary>Whether the rules are met: enough approvals, no request for changes, and a log to rely on.</summary>
    public bool Meets(ApprovalRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules.Required == 0 || (Doubt is null && !Requests.Any() && Approvals.Count() >= rules.Required);
    }

    private IEnumerable<StandingVerdict> Counting(ApprovalVerdict verdict) =>
        Doubt is null ? Verdicts.Where(v => v.Standing == VerdictStanding.Counts && v.Approval.Verdict == verdict) : [];
}
