using System.Globalization;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Verify;

/// <summary>What is kept of an entry between the checks: little, so that a log of a million entries fits.</summary>
internal sealed class EntryFacts(StreamFolder folder, EntryName name)
{
    internal StreamFolder Folder => folder;

    internal EntryName Name => name;

    /// <summary>The leaf as computed from the bytes, or null where they are no envelope.</summary>
    internal byte[]? Leaf { get; set; }

    internal EntryKind? Kind { get; private set; }

    internal string Id { get; private set; } = "";

    internal string KeyId { get; private set; } = "";

    internal string? Prev { get; private set; }

    internal string? Target { get; private set; }

    /// <summary>For a decision: whether anything was taken.</summary>
    internal bool Accepted { get; private set; }

    internal EntryReference? Continues { get; private set; }

    internal IReadOnlyList<EntryReference> Seen { get; private set; } = [];

    internal DateTimeOffset RecordedAt { get; private set; }

    /// <summary>For a key event: the version of the trust file that it saw come into force.</summary>
    internal (long Version, string Leaf)? Trust { get; private set; }

    /// <summary>For a redaction: whose content it erased, which fields, and their commitments.</summary>
    internal (string Leaf, string Fields, string Commitments)? Redacts { get; private set; }

    /// <summary>Whether its author's key, which the project knows, signed these bytes: then at least nobody else says what it says.</summary>
    internal bool IsSigned { get; set; }

    /// <summary>What it calls its writer, where that is the name of another key's holder.</summary>
    internal string? BorrowedName { get; set; }

    /// <summary>Whether it says that files were really written.</summary>
    internal bool ChangesFiles { get; private set; }

    /// <summary>The entry as it was read, where there was room to keep it.</summary>
    internal Entry? Kept { get; set; }

    /// <summary>For a compaction: the segments it made, moved or deleted.</summary>
    internal IReadOnlyList<CompactedSegment> Compacts { get; private set; } = [];

    /// <summary>Whether all that is here is its leaf.</summary>
    internal bool IsLeafOnly => !name.IsHere;

    internal EntryStatus Status { get; private set; } = EntryStatus.Valid;

    internal string? Message { get; private set; }

    /// <summary>Whether the bytes say what the entry was when it was signed, so that others may be checked against it.</summary>
    internal bool IsReadable => Leaf is not null && Status is not (EntryStatus.Malformed or EntryStatus.HashMismatch);

    internal string LeafHex => Leaf is null ? "" : Convert.ToHexStringLower(Leaf);

    /// <summary>The entry, kept or read again; it is not kept any longer.</summary>
    internal Entry? Read()
    {
        var kept = Kept;
        Kept = null;
        return kept ?? (name.TryRead(out var entry) ? entry : null);
    }

    internal void Take(Predicate p)
    {
        (Kind, Id, KeyId, Prev, Target, Accepted) = (p.Kind, p.Id, p.Actor.KeyId, p.Prev, p.Decision?.Target, p.Decision is { Accepted: true });
        (Continues, Seen, RecordedAt) = (p.Continues, p.Seen.Count == 0 ? [] : p.Seen, p.RecordedAt);
        ChangesFiles = p.Files.Count > 0 && (p.Kind is EntryKind.HumanEdit or EntryKind.Format or EntryKind.Discard || p.Decision is { Accepted: true });
        if (p.Kind == EntryKind.Compaction)
            Compacts = [.. Compactions.Read(p)];
        if (p.Kind == EntryKind.Redaction)
            Redacts = (p.Witnessed.GetValueOrDefault(Redactions.Target, ""), p.Witnessed.GetValueOrDefault(Redactions.Fields, ""), p.Witnessed.GetValueOrDefault(Redactions.Commitments, ""));
        if (p.Kind == EntryKind.KeyEvent && p.Witnessed.TryGetValue(TrustWitness.Version, out var version) && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            Trust = (number, p.Witnessed.GetValueOrDefault(TrustWitness.Leaf, ""));
    }

    /// <summary>Notes that content of it was erased on record.</summary>
    internal void Redacted(string message)
    {
        if (Status == EntryStatus.Valid)
            (Status, Message) = (EntryStatus.ValidRedacted, message);
    }

    /// <summary>Notes that its content was archived on record.</summary>
    internal void Archived(string message)
    {
        if (Status == EntryStatus.Valid)
            (Status, Message) = (EntryStatus.ValidArchived, message);
    }

    /// <summary>Notes a fault; of several, the one with the lowest exit code is told, and of equals the first that says more than "unanchored".</summary>
    internal void Fail(EntryStatus status, string message)
    {
        var (before, now) = (VerifyExitCode.Of(Status), VerifyExitCode.Of(status));
        if (before == VerifyExitCode.Valid || now < before || (now == before && Status == EntryStatus.Unanchored))
            (Status, Message) = (status, message);
    }
}
