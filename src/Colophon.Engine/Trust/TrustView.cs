using Colophon.Provenance.Trust;

namespace Colophon.Engine;

/// <summary>Who may sign in a project, as this user's machine sees it.</summary>
public sealed record TrustView
{
    /// <summary>The trust in force; null where it does not hold.</summary>
    public required ProjectTrust? Trust { get; init; }

    /// <summary>Why it does not hold; null where it does.</summary>
    public required string? Fault { get; init; }

    /// <summary>The change that waits for signatures, or null.</summary>
    public required PendingTrust? Pending { get; init; }

    /// <summary>The user's own key, to hand to a root's holder: Base64. Null where there is none.</summary>
    public required string? OwnKey { get; init; }

    /// <summary>The id of the user's own key, or null.</summary>
    public required string? OwnKeyId { get; init; }

    /// <summary>Where the user's own key lies: <c>file</c>, <c>ssh:&lt;path&gt;</c> or <c>agent:&lt;fingerprint&gt;</c>; null where there is none.</summary>
    public required string? OwnKeyPlace { get; init; }

    /// <summary>Why there is no key of the user's, or null.</summary>
    public required string? OwnKeyFault { get; init; }
}

/// <summary>What became of a change of trust.</summary>
/// <param name="Outcome">Whether it is in force.</param>
/// <param name="Entry">The leaf of the entry that records it in the log; null where nobody at hand may sign one, or it is not in force.</param>
/// <param name="Notes">What the user should know, a sentence each.</param>
public sealed record TrustReport(TrustOutcome Outcome, string? Entry, IReadOnlyList<string> Notes);
