namespace Colophon.Provenance.Log;

/// <summary>How a generation was decided.</summary>
public enum DecisionMode
{
    /// <summary>The whole of it at once.</summary>
    All,

    /// <summary>File by file.</summary>
    PerFile,

    /// <summary>Hunk by hunk.</summary>
    PerHunk,

    /// <summary>The person edited the proposal before taking it.</summary>
    Edited,
}

/// <summary>The acceptance or rejection of a generation.</summary>
public sealed record Decision
{
    /// <summary>The leaf of the generation entry.</summary>
    public required string Target { get; init; }

    /// <summary>Whether anything of it was taken.</summary>
    public required bool Accepted { get; init; }

    /// <summary>The reviewer's reason.</summary>
    public string? Reason { get; init; }

    /// <summary>How it was decided.</summary>
    public DecisionMode Mode { get; init; }
}
