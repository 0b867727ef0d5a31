using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Trust;

/// <summary>One change of a project's trust; each becomes a new signed version of the trust file.</summary>
public abstract record TrustEdit
{
    private protected TrustEdit()
    {
    }

    /// <summary>How many roots must sign from the new version on; null leaves it.</summary>
    public long? Threshold { get; init; }

    /// <summary>A key is trusted from now on.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="Name">Whose it is.</param>
    /// <param name="Role">What it may sign.</param>
    /// <param name="From">From when.</param>
    /// <param name="Until">Until when (exclusive), or null.</param>
    /// <param name="IsRoot">Whether it also becomes one of the roots, which decide about trust.</param>
    public sealed record Add(PublicKey Key, string Name, KeyRole Role, DateTimeOffset From, DateTimeOffset? Until, bool IsRoot) : TrustEdit;

    /// <summary>A key is no longer known. What it signed counts for nothing from then on; a key that signed entries is revoked or rotated instead.</summary>
    /// <param name="KeyId">The key.</param>
    /// <param name="RootOnly">Whether it stays a trusted key and only ceases to be a root.</param>
    public sealed record Remove(string KeyId, bool RootOnly) : TrustEdit;

    /// <summary>Another key takes over the name, the role and the place among the roots. What the old one signed before stays valid.</summary>
    /// <param name="KeyId">The old key.</param>
    /// <param name="Next">The new key.</param>
    /// <param name="At">The moment it takes over.</param>
    public sealed record Rotate(string KeyId, PublicKey Next, DateTimeOffset At) : TrustEdit;

    /// <summary>A key counts for nothing from a moment on, and is no root any more. What it signed before stays valid.</summary>
    /// <param name="KeyId">The key.</param>
    /// <param name="At">From when: for a stolen key, the last moment it was surely in the right hands.</param>
    public sealed record Revoke(string KeyId, DateTimeOffset At) : TrustEdit;
}

/// <summary>What became of a change, or of a signature under one.</summary>
/// <param name="Version">The version of the trust file it makes.</param>
/// <param name="InForce">Whether enough roots signed, so that it holds; otherwise it waits for others.</param>
/// <param name="Missing">How many more roots have to sign.</param>
public sealed record TrustOutcome(long Version, bool InForce, long Missing);

/// <summary>A change that waits for signatures.</summary>
/// <param name="Version">The version it would make.</param>
/// <param name="Signers">The ids of the roots, old or new, that signed it.</param>
/// <param name="Missing">How many more have to.</param>
/// <param name="Threshold">Its threshold.</param>
/// <param name="Roots">Its roots.</param>
/// <param name="Keys">Its keys.</param>
public sealed record PendingTrust(long Version, IReadOnlyList<string> Signers, long Missing, long Threshold, IReadOnlyList<PublicKey> Roots, IReadOnlyList<TrustedKey> Keys);
