using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Proofs;

/// <summary>How a proof of an entry stands.</summary>
public sealed record ProofVerdict
{
    /// <summary>How it stands.</summary>
    public required EntryStatus Status { get; init; }

    /// <summary>Why, where it is not valid.</summary>
    public required string? Message { get; init; }

    /// <summary>What was proved; null where the proof carries nothing that reads as an entry. Its file path is empty.</summary>
    public required Entry? Entry { get; init; }

    /// <summary>How many entries the checkpoint covers; 0 where it cannot be read.</summary>
    public required long Size { get; init; }

    /// <summary>The trusted keys that signed the checkpoint.</summary>
    public required IReadOnlyList<TrustedKey> Signers { get; init; }

    /// <summary>The keys it was judged by; null where they do not hold.</summary>
    public required ProjectTrust? Trust { get; init; }

    /// <summary>What a command that checks it exits with; see <see cref="VerifyExitCode"/>.</summary>
    public int ExitCode => VerifyExitCode.Of(Status);
}
