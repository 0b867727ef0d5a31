using Colophon.Provenance.Log;

namespace Colophon.Provenance.Verify;

/// <summary>Checks what is kept of prompts, answers and diffs: each must be what its name commits to. Marks the entries whose content was erased and recorded as such.</summary>
internal static class DisclosureCheck
{
    internal static void Run(AuditLayout layout, IReadOnlyCollection<EntryFacts> entries, Action<EntryStatus, string, string> report)
    {
        var oddities = new List<string>();
        foreach (var path in AuditTree.Disclosures(layout, oddities))
            Judge(path, report);
        foreach (var oddity in oddities.Order(StringComparer.Ordinal))
            report(EntryStatus.Malformed, oddity, "This has no business among the disclosures: it is named otherwise, or a symbolic link.");

        var erased = entries.Where(static e => e.Redacts is not null && VerifyExitCode.Of(e.Status) is VerifyExitCode.Valid or VerifyExitCode.Incomplete).ToLookup(static e => e.Redacts?.Leaf ?? "", StringComparer.Ordinal);
        if (erased.Count == 0)
            return;
        foreach (var entry in entries)
        {
            if (erased[entry.LeafHex].FirstOrDefault() is { Redacts: { } redaction })
                entry.Redacted($"Erased: {redaction.Fields}.{(redaction.Commitments.Split(' ').Any(c => File.Exists(Disclosures.PathOf(layout, c))) ? " It still lies here: run `colophon audit redact` again." : "")}");
        }
    }

    /// <summary>The commitments whose content was erased on record.</summary>
    internal static HashSet<string> Erased(IEnumerable<EntryFacts> entries) =>
        entries.Where(static e => e.Redacts is not null && VerifyExitCode.Of(e.Status) is VerifyExitCode.Valid or VerifyExitCode.Incomplete)
            .SelectMany(static e => e.Redacts?.Commitments.Split(' ') ?? []).ToHashSet(StringComparer.Ordinal);

    private static void Judge(string path, Action<EntryStatus, string, string> report)
    {
        try
        {
            if (!Disclosures.IsSound(path))
                report(EntryStatus.HashMismatch, path, "It is not the content that it is named after.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report(EntryStatus.Malformed, path, $"It cannot be read: {e.Message}");
        }
    }
}
