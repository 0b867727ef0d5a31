namespace Colophon.Engine;

/// <summary>How a project's log is verified.</summary>
public sealed record VerifyRequest
{
    /// <summary>Whether entries that are not in canonical form fail. Default false.</summary>
    public bool Strict { get; init; }

    /// <summary>Folders that entries were archived to, besides the configured one, absolute. Default: none.</summary>
    public IReadOnlyList<string> Archives { get; init; } = [];
}
