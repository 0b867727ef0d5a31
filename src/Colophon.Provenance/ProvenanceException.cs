using Colophon.Kernel.Errors;

namespace Colophon.Provenance;

/// <summary>The causes of a <see cref="ProvenanceException"/>; the value is the stable code.</summary>
public enum ProvenanceError
{
    /// <summary>No libcrypto that knows Ed25519 could be loaded.</summary>
    CryptoMissing = 2001,

    /// <summary>A key file is missing.</summary>
    KeyMissing = 2011,

    /// <summary>A key file is damaged, or the passphrase is wrong.</summary>
    KeyUnreadable = 2012,

    /// <summary>A key file is protected by a passphrase and none was given.</summary>
    PassphraseNeeded = 2013,

    /// <summary>A private key would have been written inside the project.</summary>
    KeyInsideProject = 2014,

    /// <summary>A key file exists already; it is never overwritten.</summary>
    KeyExists = 2015,

    /// <summary>No ssh-agent can be reached, or it does not speak as one.</summary>
    AgentUnavailable = 2016,

    /// <summary>The ssh-agent does not hold the key, or the name fits several.</summary>
    AgentKeyMissing = 2017,

    /// <summary>The ssh-agent holds the key and does not sign.</summary>
    AgentRefused = 2018,

    /// <summary>The project has no trust root yet.</summary>
    TrustMissing = 2021,

    /// <summary>The trust root exists already.</summary>
    TrustExists = 2022,

    /// <summary>The trust files do not hold together, or are not the ones that were pinned.</summary>
    TrustInvalid = 2023,

    /// <summary>The signing key is not among the project's trusted keys.</summary>
    KeyNotTrusted = 2024,

    /// <summary>A change of the project's trust is not possible, or names a key that is not there.</summary>
    TrustChangeRefused = 2025,

    /// <summary>The key at hand is none of the roots that decide about the project's trust.</summary>
    NoRoot = 2026,

    /// <summary>A draft cannot become an entry: a name, id, path or number is out of its range.</summary>
    DraftInvalid = 2031,

    /// <summary>An entry that was asked for is not there, or its short name fits several.</summary>
    EntryNotFound = 2032,

    /// <summary>A file of the log cannot be read as one.</summary>
    EntryMalformed = 2033,

    /// <summary>The log could not be read or written.</summary>
    LogUnavailable = 2034,

    /// <summary>An entry keeps nothing of the kind that is to be erased.</summary>
    NothingToRedact = 2035,

    /// <summary>Entries were to be deleted before they are old enough.</summary>
    RetentionTooShort = 2036,

    /// <summary>What was asked for needs a log that verifies, and this one does not.</summary>
    LogInvalid = 2037,

    /// <summary>No folder is named to archive into, or it lies in the log itself.</summary>
    NoArchive = 2038,

    /// <summary>An anchor cannot be made, or what was given as one is none.</summary>
    AnchorUnusable = 2039,

    /// <summary>A range of commits that was asked for is none of this repository.</summary>
    RangeUnknown = 2040,

    /// <summary>A file has no lines to attribute: it is not there, binary or too large.</summary>
    FileNotAttributed = 2041,

    /// <summary>Which lines stand today cannot be known in this clone, so nothing is deleted.</summary>
    StandingUnknown = 2042,

    /// <summary>A proof of an entry cannot be made, or what was given as one cannot be read.</summary>
    ProofUnusable = 2050,
}

/// <summary>An error of the signed log, its keys or its trust.</summary>
public sealed class ProvenanceException(ProvenanceError error, string message, string? hint = null, Exception? inner = null)
    : ColophonException((int)error, message, hint, Exit(error), inner)
{
    /// <summary>The cause.</summary>
    public ProvenanceError Error { get; } = error;

    private static ExitCode Exit(ProvenanceError error) => error switch
    {
        ProvenanceError.KeyMissing or ProvenanceError.KeyUnreadable or ProvenanceError.PassphraseNeeded or ProvenanceError.TrustMissing
            or ProvenanceError.AgentUnavailable or ProvenanceError.AgentKeyMissing or ProvenanceError.AgentRefused or ProvenanceError.KeyInsideProject or ProvenanceError.KeyNotTrusted or ProvenanceError.NoRoot or ProvenanceError.NoArchive => ExitCode.Configuration,
        ProvenanceError.LogUnavailable => ExitCode.InputOutput,
        _ => ExitCode.Failed,
    };
}
