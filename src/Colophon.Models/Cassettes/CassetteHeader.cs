namespace Colophon.Models.Cassettes;

/// <summary>The first line of a cassette.</summary>
public sealed record CassetteHeader
{
    /// <summary>The version of the format that this program reads and writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The wire the answers were sent over: <c>anthropic</c> or <c>openai-chat</c>.</summary>
    public required string Wire { get; init; }

    /// <summary>The model that was asked.</summary>
    public required string Model { get; init; }

    /// <summary>How requests are matched.</summary>
    public CassetteMatch Match { get; init; }

    /// <summary>A word for people; null: none.</summary>
    public string? Note { get; init; }
}
