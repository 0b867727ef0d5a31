using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Trust;

/// <summary>What a key may sign.</summary>
public enum KeyRole
{
    /// <summary>Everything a person's work makes.</summary>
    Developer,

    /// <summary>What a machine makes without a person: no decisions, no approvals, no human edits, no acknowledged gaps.</summary>
    Ci,

    /// <summary>Countersignatures, decisions and approvals.</summary>
    Reviewer,
}

/// <summary>A key that the project trusts, for a role and a time.</summary>
public sealed record TrustedKey
{
    /// <summary>The key.</summary>
    public required PublicKey Key { get; init; }

    /// <summary>Whose it is.</summary>
    public required string Name { get; init; }

    /// <summary>What it may sign.</summary>
    public required KeyRole Role { get; init; }

    /// <summary>From when.</summary>
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>Until when (exclusive), or null.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>From when it counts for nothing (revoked or compromised), or null.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
