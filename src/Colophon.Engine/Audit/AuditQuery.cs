namespace Colophon.Engine;

/// <summary>Which entries of the log are wanted; every condition that is set must hold.</summary>
public sealed record AuditQuery
{
    /// <summary>Of this change.</summary>
    public string? Change { get; init; }

    /// <summary>By this person: the name or the beginning of the key's id.</summary>
    public string? Developer { get; init; }

    /// <summary>By this model, <c>provider/model</c> or a part of it.</summary>
    public string? Model { get; init; }

    /// <summary>Recorded at this moment or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Recorded before this moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>About this file, or a file below this folder.</summary>
    public string? File { get; init; }

    /// <summary>True: only what was accepted; false: only what was rejected.</summary>
    public bool? Accepted { get; init; }

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = int.MaxValue;
}
