using Colophon.Provenance.Log;

namespace Colophon.Provenance.Verify;

/// <summary>Checks what is kept of prompts, answers and diffs: each must be what its name commits to. Marks the entries whose content was erased and recorded as such.</summary>
internal static class DisclosureCheck
{
    internal static void Run(AuditLayout layout, IReadOnlyCollection<EntryFacts> entries, Action<EntryStatus, string, string> report)
    {
        if (Directory.Exists(layout.Disclosures))
        {
            foreach (var path in Directory.EnumerateFiles(layout.Disclosures, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                if (Path.GetFileName(path)[0] != '.' && !Disclosures.IsSound(path))
                    report(EntryStatus.HashMismatch, path, "It is not the content that it is named after.");
            }
        }

        var erased = entries.Where(static e => e.Redacts is not null && VerifyExitCode.Of(e.Status) is VerifyExitCode.Valid or VerifyExitCode.Incomplete).ToLookup(static e => e.Redacts?.Leaf ?? "", StringComparer.Ordinal);
        if (erased.Count == 0)
            return;
        foreach (var entry in entries)
        {
            if (erased[entry.LeafHex].FirstOrDefault() is { Redacts: { } redaction })
                entry.Redacted($"Erased: {redaction.Fields}.");
        }
    }

    /// <summary>The commitments whose content was erased on record.</summary>
    internal static HashSet<string> Erased(IEnumerable<EntryFacts> entries) =>
        entries.Where(static e => e.Redacts is not null && VerifyExitCode.Of(e.Status) is VerifyExitCode.Valid or VerifyExitCode.Incomplete)
            .SelectMany(static e => e.Redacts?.Commitments.Split(' ') ?? []).ToHashSet(StringComparer.Ordinal);
}
