namespace Colophon.Provenance.Log;

/// <summary>How the log is opened.</summary>
public sealed record AuditOptions
{
    /// <summary><c>$XDG_CONFIG_HOME/colophon</c>: where the project's trust root is pinned.</summary>
    public required string ConfigurationDirectory { get; init; }

    /// <summary>The clock of <c>recordedAt</c> and of waiting. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Takes secrets out of a text before it is written. Default: leaves texts as they are.</summary>
    public Func<string, string> Scrub { get; init; } = static text => text;

    /// <summary>Folders outside the project that packed entries were moved to; they are read where the tree has only leaves. Default: none.</summary>
    public IReadOnlyList<string> Archives { get; init; } = [];

    /// <summary>How long to wait for another process that appends. Default 30 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
