namespace Colophon.Models.Cassettes;

/// <summary>How cassettes are recorded and played on machines that differ.</summary>
public sealed record CassetteOptions
{
    /// <summary>
    /// Absolute folders that differ from machine to machine. The first is written <c>&lt;WORKSPACE&gt;</c>, the next <c>&lt;WORKSPACE2&gt;</c> and so
    /// on, in digests and in recorded answers; on replay the marks in answers become the folders again. Name them in the same order.
    /// </summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>A further replacement in every text of a request before it is compared; dates are replaced already. Null: none.</summary>
    public Func<string, string>? Normalise { get; init; }

    /// <summary>
    /// Takes secrets out of a text without changing its length: applied to answers before they are recorded, and to requests before they are compared, so that a request that repeats a secret still
    /// is the one that was recorded. Doing it again must change nothing. Null: none.
    /// </summary>
    public Func<string, string>? Blot { get; init; }

    /// <summary>How a recording wants to be matched. Default <see cref="CassetteMatch.Strict"/>.</summary>
    public CassetteMatch Match { get; init; }

    /// <summary>Whether a recording goes on at the end of an existing cassette. Default false: an existing file is refused.</summary>
    public bool Append { get; init; }

    /// <summary>
    /// The exchange (from 0) a player begins with. Null, the default: the first request finds its own place, so that a resumed run goes on
    /// in the middle; every later one must be the next.
    /// </summary>
    public int? StartAt { get; init; }
}
