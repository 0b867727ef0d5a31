namespace Colophon.Provenance.Verify;

/// <summary>How the log is verified.</summary>
public sealed record VerifyOptions
{
    /// <summary><c>$XDG_CONFIG_HOME/colophon</c>: where the trust root is pinned.</summary>
    public required string ConfigurationDirectory { get; init; }

    /// <summary>The fingerprint of the trust root, where it is known otherwise than by the pin (a build server). Default: the pin decides.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Whether entries that are not in canonical form fail. Default false.</summary>
    public bool Strict { get; init; }

    /// <summary>How many entries are checked side by side. Default: one per processor.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Folders outside the project that packed entries were moved to: what is found there is verified in full. Default: none.</summary>
    public IReadOnlyList<string> Archives { get; init; } = [];

    /// <summary>Whether an entry that no anchor covers is incomplete. Default false.</summary>
    public bool RequireAnchor { get; init; }

    /// <summary>Files on storage that only takes additions, which remember anchors. Default: none.</summary>
    public IReadOnlyList<string> AnchorFiles { get; init; } = [];

    /// <summary>Certificates (PEM or DER files) of time-stamping authorities that count. Default: none.</summary>
    public IReadOnlyList<string> Authorities { get; init; } = [];

    /// <summary>Only judges what these commits added to the log, changed in it or took out of it, as <c>git log</c> takes a range (<c>main..HEAD</c>). Default: everything.</summary>
    public string? Range { get; init; }

    /// <summary>Whether the log is compared with the commits it travelled in. Without it, nothing is said about the files that entries are about. Default true.</summary>
    public bool History { get; init; } = true;

    /// <summary>With <see cref="History"/>: whether the committed content of files is compared with what entries say, which is most of the work. Default true.</summary>
    public bool Subjects { get; init; } = true;

    /// <summary>Whether a log that went back behind what was verified here before is taken as the new state. Default false.</summary>
    public bool AcceptRollback { get; init; }
}
