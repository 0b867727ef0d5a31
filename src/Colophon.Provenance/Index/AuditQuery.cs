using Colophon.Provenance.Log;

namespace Colophon.Provenance.Index;

/// <summary>Which entries are wanted; what is null is not asked for, everything else must hold at once.</summary>
public sealed record AuditQuery
{
    /// <summary>The change in whose folder it lies.</summary>
    public string? Change { get; init; }

    /// <summary>The task's id. A decision has its generation's.</summary>
    public string? Task { get; init; }

    /// <summary>A requirement it serves (<c>capability/slug</c>), or a capability for all of its requirements. A decision has its generation's.</summary>
    public string? Requirement { get; init; }

    /// <summary>The person, by a part of the name (case does not matter) or by the beginning of the key id, at least 4 digits. The name is the key's holder's, where <see cref="Holder"/> knows one.</summary>
    public string? Developer { get; init; }

    /// <summary>The name of a key's holder by the key's id, null for a key that nobody is known to hold; without it people are asked for by what entries call them.</summary>
    public Func<string, string?>? Holder { get; init; }

    /// <summary>The model: <c>provider/model</c> or a part of it, requested or reported, case does not matter. A decision has its generation's.</summary>
    public string? Model { get; init; }

    /// <summary>The provider's name, case does not matter. A decision has its generation's.</summary>
    public string? Provider { get; init; }

    /// <summary>Recorded at this moment or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Recorded before this moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Changes this file or a file below this folder, under its new or its old name; relative to the repository's root. A decision has its generation's too.</summary>
    public string? File { get; init; }

    /// <summary>True: accepted work; false: rejected work. A generation is accepted or rejected by its decision; other entries are neither.</summary>
    public bool? Accepted { get; init; }

    /// <summary>The kind of entry, or one of several.</summary>
    public IReadOnlyList<EntryKind>? Kinds { get; init; }

    /// <summary>Words that all stand in its own text (the task's text, a reason, the person's name, paths, requirements, what is told about the work) or in the names of its change, model or task. A word that ends in <c>*</c> is the beginning of one.</summary>
    public string? Text { get; init; }

    /// <summary>Only what comes after this entry in the list, which is older: a leaf or the beginning of one.</summary>
    public string? After { get; init; }

    /// <summary>The most entries to return. Default: no limit.</summary>
    public int Limit { get; init; } = int.MaxValue;
}
