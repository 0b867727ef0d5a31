using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Approvals;

/// <summary>Which verdicts count, and how many approvals it takes.</summary>
public sealed record ApprovalRules
{
    /// <summary>How many people must approve; 0 asks for none. Default 0.</summary>
    public long Required { get; init; }

    /// <summary>The roles whose verdicts count; empty for every role that may sign one. Default: every.</summary>
    public IReadOnlyList<KeyRole> Roles { get; init; } = [];

    /// <summary>Whether people whose own text it is may approve it. Default true.</summary>
    public bool AllowAuthor { get; init; } = true;

    /// <summary>Whether the verdict of a role counts.</summary>
    public bool Counts(KeyRole role) => Roles.Count == 0 ? role != KeyRole.Ci : Roles.Contains(role);
}
