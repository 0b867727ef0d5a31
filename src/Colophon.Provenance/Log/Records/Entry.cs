namespace Colophon.Provenance.Log;

/// <summary>A signature over an entry's bytes.</summary>
/// <param name="KeyId">SHA-256 (hex) of the raw public key.</param>
/// <param name="Signature">The raw bytes; 64 where they are a signature at all.</param>
public sealed record EntrySignature(string KeyId, ReadOnlyMemory<byte> Signature);

/// <summary>An entry as it stands on disk. Reading one says nothing about whether it is genuine: that is what verifying is for.</summary>
public sealed record Entry
{
    /// <summary><c>SHA-256(0x00 ‖ PAE)</c> in hex: the entry's name.</summary>
    public required string Leaf { get; init; }

    /// <summary>The signed bytes: an in-toto Statement on one line, without the line end.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>What the payload says.</summary>
    public required Predicate Predicate { get; init; }

    /// <summary>The signatures; reviewers may add theirs.</summary>
    public required IReadOnlyList<EntrySignature> Signatures { get; init; }

    /// <summary>The file it was read from or written to, absolute.</summary>
    public required string FilePath { get; init; }
}
