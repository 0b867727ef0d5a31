using Colophon.Provenance.Attribution.Absent;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Attribution;

/// <summary>
/// What attribution needs to know of entries that are not here: those of which only the leaf is, and whose keys to believe where git's history still holds the bytes of one.
/// </summary>
public sealed class AbsentEntries
{
    private readonly EntryCheck? _check;

    private AbsentEntries(ProjectTrust? trust, IReadOnlyList<EntryReference> leaves, IReadOnlyList<LostPlaces> places) =>
        (_check, Leaves, Places) = (trust is null ? null : new EntryCheck(trust, null, strict: false), leaves, places);

    /// <summary>Where no verification is at hand: whatever comes from history is not believed.</summary>
    internal static AbsentEntries Unverified { get; } = new(null, [], []);

    /// <summary>The entries of which only the leaf is here.</summary>
    internal IReadOnlyList<EntryReference> Leaves { get; }

    /// <summary>The places that had entries of which nothing is here, and what shows it.</summary>
    internal IReadOnlyList<LostPlaces> Places { get; }

    /// <summary>Whether something is known to be missing, so that history is worth a search.</summary>
    internal bool IsAny => Leaves.Count > 0 || Places.Count > 0;

    /// <summary>What a verification knows of them.</summary>
    public static AbsentEntries In(VerifyReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new AbsentEntries(report.Trust, report.Leaves, [.. report.Lost.Where(static l => EntryPath.IsWithFiles(l.Change))]);
    }

    /// <summary>Whether these bytes are an entry that a trusted key signed for this place.</summary>
    internal bool IsAuthentic(string change, string stream, EntryName name, ReadOnlyMemory<byte> file)
    {
        if (_check is null)
            return false;
        var facts = new EntryFacts(new StreamFolder { Change = change, Stream = stream, Directory = "", Entries = [], Checkpoints = [], Oddities = [] }, name);
        _check.Judge(facts, file);
        return AuthenticEntries.IsAuthentic(facts.Status);
    }
}
