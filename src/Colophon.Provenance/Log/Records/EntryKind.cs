namespace Colophon.Provenance.Log;

/// <summary>What an entry records. Written as its camel-case name.</summary>
public enum EntryKind
{
    /// <summary>A model proposed files for a task; nothing is said yet about whether they were accepted.</summary>
    Generation,

    /// <summary>A person (or a policy on their behalf) accepted or rejected a generation.</summary>
    Decision,

    /// <summary>A person changed files that a generation had written.</summary>
    HumanEdit,

    /// <summary>A formatter ran; it never changes who owns a line.</summary>
    Format,

    /// <summary>Disclosures of an earlier entry were erased.</summary>
    Redaction,

    /// <summary>Entries were moved into a segment.</summary>
    Compaction,

    /// <summary>A known gap in a stream is acknowledged, with its reason.</summary>
    GapAck,

    /// <summary>Accepted work was thrown away before it was committed.</summary>
    Discard,

    /// <summary>A key was added, rotated or revoked.</summary>
    KeyEvent,

    /// <summary>A person approved the text of a change, or asked for changes.</summary>
    Approval,

    /// <summary>Consents, denials, secrets read and the like, as they happened in a run.</summary>
    Security,
}
