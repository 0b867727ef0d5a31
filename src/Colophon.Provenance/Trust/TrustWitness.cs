namespace Colophon.Provenance.Trust;

/// <summary>What a key event's <c>witnessed</c> says about the trust file.</summary>
public static class TrustWitness
{
    /// <summary>The member that holds the version that came into force.</summary>
    public const string Version = "trustVersion";

    /// <summary>The member that holds that version's leaf.</summary>
    public const string Leaf = "trustLeaf";
}
