using Colophon.Provenance.Log;

namespace Colophon.Provenance.Trust;

/// <summary>Who an entry is by. What a signature proves is the key; the project's trust names its holder, and what the entry calls its writer is the writer's own choice.</summary>
/// <param name="Name">The key's holder as the trust names them; where nothing proves one, what the entry calls its writer.</param>
/// <param name="Claimed">What the entry calls its writer, where that is not the proved name: another one, or <paramref name="Name"/> itself where nothing is proved. Else null.</param>
public sealed record Signer(string Name, string? Claimed)
{
    /// <summary>Whether a trusted key vouches for the name.</summary>
    public bool IsProved => Claimed is null || !string.Equals(Claimed, Name, StringComparison.Ordinal);

    /// <summary>The name for people to read, with what was claimed.</summary>
    public string Text => !IsProved ? $"{Name} (claimed)" : Claimed is null ? Name : $"{Name} (called itself {Claimed})";

    /// <summary>Who an entry is by whose signature holds.</summary>
    /// <param name="actor">Whom the entry names.</param>
    /// <param name="key">The trusted key that signed it; null where there is none.</param>
    public static Signer Of(Actor actor, TrustedKey? key)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return key is null ? new Signer(actor.Name, actor.Name) : new Signer(key.Name, string.Equals(actor.Name, key.Name, StringComparison.Ordinal) ? null : actor.Name);
    }

    /// <summary>Who an entry is by: the holder of its key only where the trust knows the key, it may still speak, and its signature is over these bytes.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="trust">The project's keys; null where there is no trust at hand.</param>
    public static Signer Of(Entry entry, ProjectTrust? trust)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var actor = entry.Predicate.Actor;
        return Of(actor, trust?.Find(actor.KeyId) is { } key && Holds(entry, key, trust) ? key : null);
    }

    // A key with the wrong role is its holder's all the same; one that was lost may be anybody's.
    private static bool Holds(Entry entry, TrustedKey key, ProjectTrust trust) =>
        trust.Standing(key.Key.KeyId, null, entry.Predicate.RecordedAt) == KeyStanding.Trusted
        && Pae.Of(EntryFormat.PayloadType, entry.Payload.Span) is var signed
        && entry.Signatures.Any(s => s.KeyId == key.Key.KeyId && key.Key.Verify(signed, s.Signature.Span));
}
