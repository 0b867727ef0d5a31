using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Log;

/// <summary>What of an entry can be erased.</summary>
public enum RedactedField
{
    /// <summary>What was sent to the model.</summary>
    Prompt,

    /// <summary>What it answered.</summary>
    Response,

    /// <summary>The diffs of its files.</summary>
    Diff,
}

/// <summary>What a redaction left in the log.</summary>
/// <param name="Entry">The entry that records it.</param>
/// <param name="IsNew">False where the log said the very same before.</param>
public sealed record Redaction(Entry Entry, bool IsNew);

/// <summary>
/// Erases the content behind an entry's commitments. A signed entry says so first, then the salt and the content are deleted: a crash between the two leaves an entry whose
/// erasing the next call finishes. The entry that held the commitments stays as it was signed.
/// </summary>
public static class Redactions
{
    /// <summary>What a redaction witnesses under this name: the leaf of the entry whose content went.</summary>
    public const string Target = "redacts";

    /// <summary>What a redaction witnesses under this name: the kinds of content that went, with blanks between them.</summary>
    public const string Fields = "fields";

    /// <summary>What a redaction asserts under this name: why.</summary>
    public const string Reason = "reason";

    internal const string Commitments = "commitments";

    /// <summary>Erases fields of an entry and records it.</summary>
    /// <param name="log">The log.</param>
    /// <param name="entry">The entry whose content goes.</param>
    /// <param name="fields">What of it goes.</param>
    /// <param name="reason">Why; stands in the log for good.</param>
    /// <param name="actor">On whose behalf.</param>
    /// <param name="key">Signs the redaction.</param>
    /// <param name="cancellationToken">Cancels waiting for the log's lock.</param>
    /// <returns>The entry that records it: the standing one where the same was redacted for the same reason before. Another reason is recorded as well.</returns>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.NothingToRedact"/>: the entry commits to no such content.</exception>
    public static async Task<Redaction> EraseAsync(AuditLog log, Entry entry, IReadOnlyCollection<RedactedField> fields, string reason, Actor actor, SigningKey key, CancellationToken cancellationToken)
    {
        // Of what is asked for, only what the entry holds is said to be erased.
        RedactedField[] held = [.. fields.Distinct().Where(f => Of(entry.Predicate, f).Any()).Order()];
        string[] commitments = [.. held.SelectMany(f => Of(entry.Predicate, f)).Select(static c => c.Hash).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (commitments.Length == 0)
            throw new ProvenanceException(ProvenanceError.NothingToRedact, $"The entry {entry.Leaf[..12]} keeps nothing of that kind.", "`colophon audit show` tells what it commits to.");
        var said = string.Join(' ', commitments);
        var standing = log.Entries(entry.Predicate.Change).FirstOrDefault(e =>
            e.Predicate.Kind == EntryKind.Redaction && e.Predicate.Witnessed.GetValueOrDefault(Target) == entry.Leaf && e.Predicate.Witnessed.GetValueOrDefault(Commitments) == said
            && e.Predicate.Asserted.GetValueOrDefault(Reason) == reason);
        var recorded = standing ?? await log.AppendAsync(
            new EntryDraft
            {
                Kind = EntryKind.Redaction,
                Id = EntryDraft.NewId(),
                Change = entry.Predicate.Change,
                Actor = actor,
                Witnessed = new Dictionary<string, string>
                {
                    [Target] = entry.Leaf,
                    [Fields] = string.Join(' ', held.Select(static f => EnumNames<RedactedField>.Of(f))),
                    [Commitments] = said,
                },
                Asserted = new Dictionary<string, string> { [Reason] = reason },
            },
            key,
            cancellationToken).ConfigureAwait(false);
        await log.SealAsync(key, cancellationToken).ConfigureAwait(false);
        foreach (var commitment in commitments)
            log.Erase(commitment);
        return new Redaction(recorded, standing is null);
    }

    /// <summary>Whether an entry commits to anything of these kinds.</summary>
    public static bool Holds(Entry entry, IReadOnlyCollection<RedactedField> fields)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(fields);
        return fields.Any(field => Of(entry.Predicate, field).Any());
    }

    /// <summary>The commitments of an entry that a field stands for.</summary>
    internal static IEnumerable<Commitment> Of(Predicate predicate, RedactedField field) => field switch
    {
        RedactedField.Prompt => predicate.Prompt?.Content is { } prompt ? [prompt] : [],
        RedactedField.Response => predicate.Response?.Content is { } response ? [response] : [],
        _ => predicate.Files.Select(static f => f.Diff).OfType<Commitment>(),
    };
}
