using Colophon.Provenance.Log;

namespace Colophon.Engine;

/// <summary>Which entries of the log are wanted; every condition that is set must hold.</summary>
public sealed record AuditQuery
{
    /// <summary>Of this change.</summary>
    public string? Change { get; init; }

    /// <summary>For this task; a decision has its generation's.</summary>
    public string? Task { get; init; }

    /// <summary>For this requirement (<c>capability/slug</c>), or for any requirement of this capability.</summary>
    public string? Requirement { get; init; }

    /// <summary>By this person: a part of the name in any case, or the beginning of the key's id.</summary>
    public string? Developer { get; init; }

    /// <summary>By this model, <c>provider/model</c> or a part of it.</summary>
    public string? Model { get; init; }

    /// <summary>By a model of this provider.</summary>
    public string? Provider { get; init; }

    /// <summary>Of one of these kinds.</summary>
    public IReadOnlyList<EntryKind>? Kinds { get; init; }

    /// <summary>With all of these words in its own text (the task's text, a reason, the person's name, paths, requirements, what is told about the work) or in the names of its change, model or task. <c>pass*</c> is the beginning of a word.</summary>
    public string? Text { get; init; }

    /// <summary>Recorded at this moment or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Recorded before this moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>About this file, or a file below this folder.</summary>
    public string? File { get; init; }

    /// <summary>True: only what was accepted; false: only what was rejected.</summary>
    public bool? Accepted { get; init; }

    /// <summary>Only what comes after this entry in the list: its leaf, or the beginning of it.</summary>
    public string? After { get; init; }

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = int.MaxValue;
}

/// <summary>Some of the entries that a query asks for.</summary>
/// <param name="Rows">The entries, newest first.</param>
/// <param name="Next">What <see cref="AuditQuery.After"/> is for the rest of them; null where these are the last.</param>
public sealed record AuditPage(IReadOnlyList<AuditRow> Rows, string? Next);
