namespace Colophon.Provenance.Verify;

/// <summary>How an entry, or a part of the log, stands.</summary>
public enum EntryStatus
{
    /// <summary>Everything holds.</summary>
    Valid,

    /// <summary>Everything holds; its disclosures were erased and an entry says so.</summary>
    ValidRedacted,

    /// <summary>Its leaf holds; the entry itself was moved into a segment that is not here.</summary>
    ValidArchived,

    /// <summary>The bytes are not those that the file's name, or another entry, commits to.</summary>
    HashMismatch,

    /// <summary>The signature is missing, malformed, malleable or not over these bytes.</summary>
    InvalidSignature,

    /// <summary>The project does not trust the key, or not for this.</summary>
    PublicKeyNotTrusted,

    /// <summary>The key was revoked before the entry was made.</summary>
    KeyRevoked,

    /// <summary>The entry lies outside the key's validity.</summary>
    KeyExpired,

    /// <summary>It cannot be read as what it should be, or does not belong here.</summary>
    Malformed,

    /// <summary>It reads well but is not written in the canonical form (strict verification only).</summary>
    NonCanonical,

    /// <summary>It does not follow the entry before it, or belongs to another place, stream or repository.</summary>
    ChainBroken,

    /// <summary>Two entries claim one place.</summary>
    Fork,

    /// <summary>Entries that a checkpoint, the heads or an earlier verification vouch for are gone from the end.</summary>
    Truncated,

    /// <summary>Something it refers to is not here: an incomplete copy, or a deletion.</summary>
    Gap,

    /// <summary>A checkpoint or the heads contradict the entries.</summary>
    CheckpointMismatch,

    /// <summary>The file it is about is not what it says.</summary>
    SubjectMismatch,

    /// <summary>It claims to be older than the entry before it.</summary>
    ClockAnomaly,

    /// <summary>No checkpoint covers it yet.</summary>
    Unanchored,
}

/// <summary>What a verification exits with.</summary>
public static class VerifyExitCode
{
    /// <summary>Everything is valid.</summary>
    public const int Valid = 0;

    /// <summary>The log was changed.</summary>
    public const int Integrity = 1;

    /// <summary>A signature does not hold.</summary>
    public const int Signature = 2;

    /// <summary>A key, or the trust itself, does not hold.</summary>
    public const int Trust = 3;

    /// <summary>Something is missing or not yet anchored; also an empty log.</summary>
    public const int Incomplete = 4;

    /// <summary>A file is not what an entry says.</summary>
    public const int Subject = 5;

    /// <summary>The exit code of one status.</summary>
    public static int Of(EntryStatus status) => status switch
    {
        EntryStatus.Valid or EntryStatus.ValidRedacted or EntryStatus.ValidArchived => Valid,
        EntryStatus.InvalidSignature => Signature,
        EntryStatus.PublicKeyNotTrusted or EntryStatus.KeyRevoked or EntryStatus.KeyExpired => Trust,
        EntryStatus.Gap or EntryStatus.Unanchored => Incomplete,
        EntryStatus.SubjectMismatch => Subject,
        _ => Integrity,
    };
}
