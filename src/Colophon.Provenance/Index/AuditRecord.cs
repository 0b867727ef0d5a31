using Colophon.Provenance.Log;

namespace Colophon.Provenance.Index;

/// <summary>What the index knows of an entry: enough to list it. The entry itself is the truth, and only verifying says whether it is genuine.</summary>
public sealed record AuditRecord
{
    /// <summary>The leaf.</summary>
    public required string Leaf { get; init; }

    /// <summary>The idempotency key.</summary>
    public required string Id { get; init; }

    /// <summary>What it records.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The change in whose folder it lies.</summary>
    public required string Change { get; init; }

    /// <summary>The stream in whose folder it lies.</summary>
    public required string Stream { get; init; }

    /// <summary>The place in the stream.</summary>
    public required long Seq { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>On whose behalf, as the entry says.</summary>
    public required string Developer { get; init; }

    /// <summary><c>provider/model</c>; a decision's is its generation's. Null where there is none.</summary>
    public string? Model { get; init; }

    /// <summary>The task; a decision's is its generation's. Null where there is none.</summary>
    public string? Task { get; init; }

    /// <summary>Whether the work was accepted; null where nobody decided yet or there is nothing to decide.</summary>
    public bool? Accepted { get; init; }

    /// <summary>The reviewer's reason.</summary>
    public string? Reason { get; init; }

    /// <summary>The generation that a decision is about.</summary>
    public string? Target { get; init; }

    /// <summary>The file of that generation, relative to the repository's root; null where it is not here.</summary>
    public string? TargetPath { get; init; }

    /// <summary>The changed files, in the entry's order.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>How many lines the entry inserts.</summary>
    public long Inserted { get; init; }

    /// <summary>How many lines the entry removes.</summary>
    public long Removed { get; init; }

    /// <summary>The entry's file, relative to the repository's root.</summary>
    public required string Path { get; init; }
}
