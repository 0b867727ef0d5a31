using Colophon.Generation.Records;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Security.Audit;

namespace Colophon.Engine;

/// <summary>An entry of the log with what was decided about it.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Generation">For a decision: the generation it decides, where that is here.</param>
/// <param name="Accepted">For a decision, and for a generation that one decides: whether it was taken. Null where nothing was decided.</param>
public sealed record AuditRow(Entry Entry, Entry? Generation, bool? Accepted)
{
    /// <summary>The project's keys, read when the first row is asked whom it is by.</summary>
    internal Lazy<ProjectTrust?>? Trust { get; init; }

    /// <summary>Who it is by: the holder of the key that signed it, and what the entry calls itself. The signature is checked each time.</summary>
    public Signer Signer => Signer.Of(Entry, Trust?.Value);

    /// <summary>The model behind it, as <c>provider/model</c>, or null.</summary>
    public string? Model => (Entry.Predicate.Model ?? Generation?.Predicate.Model) is { } use ? $"{use.Provider}/{use.Requested}" : null;

    /// <summary>What it records of security; empty for other kinds of entries.</summary>
    public IReadOnlyList<SecurityEvent> Events => SecurityRecords.Read(Entry.Predicate);

    /// <summary>The task behind it, or null.</summary>
    public string? Task => (Entry.Predicate.Spec ?? Generation?.Predicate.Spec)?.Task;
}
