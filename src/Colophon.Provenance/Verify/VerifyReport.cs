using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Verify;

/// <summary>How one entry stands.</summary>
public sealed record EntryVerdict
{
    /// <summary>The entry; its leaf is empty where the file could not be read.</summary>
    public required EntryReference Entry { get; init; }

    /// <summary>What it records, or null where it could not be read.</summary>
    public required EntryKind? Kind { get; init; }

    /// <summary>The file, relative to the repository's root.</summary>
    public required string Path { get; init; }

    /// <summary>How it stands.</summary>
    public required EntryStatus Status { get; init; }

    /// <summary>Why, where it is not valid.</summary>
    public required string? Message { get; init; }
}

/// <summary>A fault that belongs to no single entry: trust, a checkpoint, the heads, a file that has no business here.</summary>
/// <param name="Status">What it is.</param>
/// <param name="Path">Where, relative to the repository's root.</param>
/// <param name="Message">What is wrong.</param>
public sealed record Finding(EntryStatus Status, string Path, string Message);

/// <summary>An entry that calls its writer by the name of another key's holder.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Path">Its file, relative to the repository's root.</param>
/// <param name="Holder">Whose key signed it.</param>
/// <param name="Claimed">What it calls its writer.</param>
public sealed record BorrowedName(EntryReference Entry, string Path, string Holder, string Claimed);

/// <summary>The outcome of a verification.</summary>
public sealed record VerifyReport
{
    /// <summary>Every entry, by change, stream and place.</summary>
    public required IReadOnlyList<EntryVerdict> Entries { get; init; }

    /// <summary>Faults of the log around the entries.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>
    /// Entries whose key is one person's and whose name is that of another who holds a key here. No fault: what they prove is the key, and people are shown by it; but somebody
    /// should ask.
    /// </summary>
    public IReadOnlyList<BorrowedName> Borrowed { get; init; } = [];

    /// <summary>What anchors say; null where nobody looked.</summary>
    public Anchors.AnchorReport? Anchors { get; init; }

    /// <summary>The keys that were believed; null where none was.</summary>
    public ProjectTrust? Trust { get; init; }

    /// <summary>The entries of which only the leaf is here.</summary>
    internal IReadOnlyList<EntryReference> Leaves { get; init; } = [];

    /// <summary>The places of streams that had entries which are not here.</summary>
    internal IReadOnlyList<LostPlaces> Lost { get; init; } = [];

    /// <summary>How many streams there are.</summary>
    public required int Streams { get; init; }

    /// <summary>Whether only what some commits brought is told; then having nothing to tell is no fault.</summary>
    public bool IsPart { get; init; }

    /// <summary>The lowest code above zero that applies, or zero; see <see cref="VerifyExitCode"/>.</summary>
    public int ExitCode => Entries.Count == 0 && Findings.Count == 0
        ? (IsPart ? VerifyExitCode.Valid : VerifyExitCode.Incomplete)
        : Entries.Select(static e => e.Status).Concat(Findings.Select(static f => f.Status)).Select(VerifyExitCode.Of)
            .Append(Entries.Count == 0 && !IsPart ? VerifyExitCode.Incomplete : VerifyExitCode.Valid).Where(static c => c != VerifyExitCode.Valid).DefaultIfEmpty(VerifyExitCode.Valid).Min();

    // Only where somebody anchors: else every entry is unprotected, and that is no news.
    private string Window() => Entries.Count == 0 || Anchors is not { } anchors || !anchors.Anchors.Any(static a => a.Fault is null) ? "" : anchors.Unprotected == 0
        ? " Anchors cover all of it."
        : $" {anchors.Unprotected} {(anchors.Unprotected == 1 ? "entry" : "entries")} since the last anchor{(anchors.Since is { } since ? $" ({since.UtcDateTime:yyyy-MM-dd HH:mm})" : "")} could still be rewritten by their writers.";

    /// <summary>One line for a person.</summary>
    public string Summary
    {
        get
        {
            if (Entries.Count == 0 && Findings.Count == 0)
                return IsPart ? "These commits brought no entries." : "The log is empty: nothing is proven.";
            var bad = Entries.Where(static e => VerifyExitCode.Of(e.Status) != VerifyExitCode.Valid).GroupBy(static e => e.Status).Select(static g => $"{g.Count()} {g.Key}");
            var faults = Findings.GroupBy(static f => f.Status).Select(static g => $"{g.Count()} finding(s) {g.Key}");
            string[] all = [.. bad, .. faults];
            var archived = Entries.Count(static e => e.Status == EntryStatus.ValidArchived);
            var told = archived == 0 ? "" : $" Of {archived} only the leaf is here: archived, not checked any further.";
            return $"{Entries.Count} {(Entries.Count == 1 ? "entry" : "entries")} in {Streams} {(Streams == 1 ? "stream" : "streams")}: {(all.Length == 0 ? "all valid" : string.Join(", ", all))}.{told}{Window()}";
        }
    }
}
