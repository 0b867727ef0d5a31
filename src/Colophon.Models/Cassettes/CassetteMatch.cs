namespace Colophon.Models.Cassettes;

/// <summary>When a request is the one that a cassette holds.</summary>
public enum CassetteMatch
{
    /// <summary>The whole request is the same, apart from folders, dates and limits of length.</summary>
    Strict,

    /// <summary>
    /// A script: the place in the sequence, the role of the last message (<c>user</c> or <c>tool</c>), the number of the model's turns before it and,
    /// where the exchange gives one, a text that the request must contain.
    /// </summary>
    Sequence,
}
