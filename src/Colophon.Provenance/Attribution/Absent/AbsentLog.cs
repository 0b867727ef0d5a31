using Colophon.Provenance.Log;

namespace Colophon.Provenance.Attribution.Absent;

/// <summary>The entries that commits brought and that are not in the log any more: those that history gave back, and those that are nowhere.</summary>
internal sealed record AbsentLog
{
    private static readonly HashSet<string> s_none = new(StringComparer.Ordinal);

    /// <summary>Nothing is missing, as far as anybody looked.</summary>
    public static AbsentLog NotSearched { get; } = new();

    /// <summary>Whether the whole history was searched: an entry that is not at hand then is nowhere.</summary>
    public bool IsComplete { get; init; }

    /// <summary>What history gave back.</summary>
    public IReadOnlyList<Entry> Recovered { get; init; } = [];

    /// <summary>The leaves of those of them that may speak for lines.</summary>
    public IReadOnlySet<string> Speaking { get; init; } = s_none;

    /// <summary>The leaves of those whose words were to go: what they wrote is theirs, but who they were is not told.</summary>
    public IReadOnlySet<string> Pruned { get; init; } = s_none;

    /// <summary>The entries whose bytes are nowhere, by file key or by the places that no commit filled, why, and how many they are.</summary>
    public IReadOnlyDictionary<string, (UnknownReason Reason, long Count)> Lost { get; init; } = new Dictionary<string, (UnknownReason Reason, long Count)>(StringComparer.Ordinal);

    /// <summary>Their keys by the commit that brought them.</summary>
    public ILookup<string, string> LostIn { get; init; } = Array.Empty<string>().ToLookup(static s => s, StringComparer.Ordinal);

    /// <summary>The files that tell of such entries where no commit had them as files of their own: their segments' leaves, and what shows that they were.</summary>
    public IReadOnlySet<string> LostNames { get; init; } = s_none;

    /// <summary>What a store notes, so that a lost entry which comes back is missed there.</summary>
    public IEnumerable<string> Notes => Lost.Keys.Select(static key => "lost " + key);

    /// <summary>Why the lines that a commit brought and nothing explains are nobody's.</summary>
    public UnknownCause Cause(string commit)
    {
        var reasons = LostIn[commit].Distinct(StringComparer.Ordinal).Select(key => Lost[key]).GroupBy(static l => l.Reason).OrderBy(static g => g.Key).Select(static g => (Reason: g.Key, Count: g.Sum(static l => l.Count))).ToArray();
        if (reasons.Length == 0)
            return new UnknownCause(UnknownReason.EntryDeleted, "an entry of this commit is not here");
        var all = reasons.Sum(static r => r.Count);
        var told = reasons.Length == 1 ? Word(reasons[0].Reason) : string.Join(", ", reasons.Select(static r => $"{r.Count} {Word(r.Reason)}"));
        return new UnknownCause(reasons[0].Reason, $"{all} {(all == 1 ? "entry of this commit is" : "entries of this commit are")} not here: {told}");
    }

    private static string Word(UnknownReason reason) => reason switch
    {
        UnknownReason.EntryArchived => "archived",
        UnknownReason.EntryPruned => "pruned",
        UnknownReason.EntryUnreadable => "cannot be read",
        _ => "deleted",
    };
}
