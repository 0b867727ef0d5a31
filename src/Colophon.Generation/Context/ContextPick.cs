using System.Security.Cryptography;

namespace Colophon.Generation.Context;

/// <summary>A file that was considered for the model's context, and what became of it.</summary>
public sealed record ContextPick
{
    /// <summary>Relative to the repository's root.</summary>
    public required string Path { get; init; }

    /// <summary>Why it was considered, as a phrase: <c>named in the task</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>Its rank, 0 to 100; more is better.</summary>
    public required int Score { get; init; }

    /// <summary>Its size as an estimate in tokens.</summary>
    public required int Tokens { get; init; }

    /// <summary>Whether it fitted the budget; the model can still read the others with its tools.</summary>
    public required bool Taken { get; init; }

    /// <summary>Its content.</summary>
    public required byte[] Content { get; init; }

    /// <summary>SHA-256 of the content (hex).</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));
}

/// <summary>What the model is given to read at the start.</summary>
/// <param name="Files">Every file that was considered, best first.</param>
/// <param name="Tokens">What the taken files cost, as an estimate.</param>
/// <param name="Budget">The most they may cost.</param>
public sealed record ContextSelection(IReadOnlyList<ContextPick> Files, int Tokens, int Budget)
{
    /// <summary>The files that fitted.</summary>
    public IEnumerable<ContextPick> Taken => Files.Where(static f => f.Taken);
}
