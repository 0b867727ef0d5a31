using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Trust;

/// <summary>What one version of the trust file says.</summary>
internal sealed record TrustRoot
{
    internal const string PayloadType = "application/vnd.colophon.trust+json";

    internal required string Repo { get; init; }

    internal required long Version { get; init; }

    internal required long Threshold { get; init; }

    internal required IReadOnlyList<PublicKey> Roots { get; init; }

    internal required IReadOnlyList<TrustedKey> Keys { get; init; }
}
