namespace Colophon.Models.Cassettes;

/// <summary>A request as far as it is compared, and the answer as it was sent.</summary>
public sealed record CassetteExchange
{
    /// <summary>The model asked; null: not compared.</summary>
    public string? Model { get; init; }

    /// <summary>The role of the last message: <c>user</c>, or <c>tool</c> for results of tools; null: not compared.</summary>
    public string? Role { get; init; }

    /// <summary>How many messages of the model the request holds; null: not compared.</summary>
    public int? Turn { get; init; }

    /// <summary>
    /// A text the request must contain; null: any. It lets a script be entered in the middle: the first request belongs to the exchange whose
    /// text stands last in the user's first message.
    /// </summary>
    public string? Contains { get; init; }

    /// <summary>The SHA-256 over all parts, in hex; null in scripts.</summary>
    public string? Digest { get; init; }

    /// <summary>The parts of the request with their hashes, to say where another differs.</summary>
    public IReadOnlyList<RequestPart> Parts { get; init; } = [];

    /// <summary>The HTTP status of the answer.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The headers of the answer that matter: content type, waits, ids.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body in the pieces in which it came.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Body { get; init; } = [];

    /// <summary>Whether the connection broke after the last piece.</summary>
    public bool Cut { get; init; }
}
