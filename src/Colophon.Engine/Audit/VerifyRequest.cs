namespace Colophon.Engine;

/// <summary>How a project's log is verified. Paths are absolute.</summary>
public sealed record VerifyRequest
{
    /// <summary>Whether entries that are not in canonical form fail. Default false.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether a log that went back behind what was verified here before is taken as it stands. Default false.</summary>
    public bool AcceptRollback { get; init; }

    /// <summary>Folders that entries were archived to, besides the configured one. Default: none.</summary>
    public IReadOnlyList<string> Archives { get; init; } = [];

    /// <summary>Whether an entry that no anchor covers is incomplete. Default false.</summary>
    public bool RequireAnchor { get; init; }

    /// <summary>Files that remember anchors, besides the configured one. Default: none.</summary>
    public IReadOnlyList<string> AnchorFiles { get; init; } = [];

    /// <summary>Certificates of time-stamping authorities that count, besides the configured ones. Default: none.</summary>
    public IReadOnlyList<string> Authorities { get; init; } = [];

    /// <summary>Only what these commits did to the log is judged, as <c>git log</c> takes a range. Default: everything.</summary>
    public string? Range { get; init; }

    /// <summary>The fingerprint of the trust root, where nothing is pinned on this machine (a build server). Default: the pin decides.</summary>
    public string? TrustRoot { get; init; }
}
