using Colophon.Provenance.Attribution;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Coverage;

/// <summary>Lines whose owner is unknown for one reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Lines">How many lines.</param>
/// <param name="Files">In how many files.</param>
public sealed record UnknownShare(UnknownReason Reason, long Lines, int Files)
{
    /// <summary>What a reader should know of them, in a sentence or two.</summary>
    public string Note => $"{Lines} {(Lines == 1 ? "line has" : "lines have")} an unknown owner: {Why}";

    private string Why => Reason switch
    {
        UnknownReason.HistoryNotHere => "the history or the earlier content that brought them is not in this clone. `git fetch --unshallow` brings the rest of a shallow clone, `git fetch --refetch --no-filter` that of a partial one.",
        UnknownReason.EntryNotValid => "only an entry that does not verify claims them. `colophon audit verify` says why.",
        UnknownReason.EntryArchived => "their commits brought entries that were archived and are found nowhere. Set retention.archive to the folder they were moved to.",
        UnknownReason.EntryPruned => "entries that were pruned claim them, or came with their commits.",
        UnknownReason.EntryUnreadable => "their commits brought entries that cannot be read. `colophon audit verify` names them.",
        _ => "their commits brought entries that were taken out of the log and are found nowhere. `colophon audit verify` names them.",
    };

    /// <summary>What to know of entries that lines rest on and that the log does not hold; null where there are none.</summary>
    internal static string? FromHistory(IEnumerable<string?> claiming, IReadOnlyList<Entry> fromHistory)
    {
        var count = fromHistory.Select(static e => e.Leaf).Intersect(claiming.OfType<string>(), StringComparer.Ordinal).Count();
        return count == 0 ? null : $"{count} {(count == 1 ? "entry" : "entries")} behind these lines {(count == 1 ? "is" : "are")} not in the log any more and {(count == 1 ? "was" : "were")} read from git's history.";
    }

    /// <summary>Adds runs up by their reasons.</summary>
    internal static IReadOnlyList<UnknownShare> Of(IEnumerable<(string Path, int Lines, UnknownCause? Cause)> runs) =>
    [
        .. runs.Where(static r => r.Cause is not null).GroupBy(static r => r.Cause?.Reason ?? default).OrderBy(static g => g.Key)
            .Select(static g => new UnknownShare(g.Key, g.Sum(static r => (long)r.Lines), g.Select(static r => r.Path).Distinct(StringComparer.Ordinal).Count())),
    ];
}
