using Colophon.Provenance.Attribution;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Approvals;

/// <summary>What there is to judge by.</summary>
public sealed record ApprovalCase
{
    /// <summary>The change's name.</summary>
    public required string Change { get; init; }

    /// <summary>Its text as it reads now.</summary>
    public required IReadOnlyList<ApprovedFile> Text { get; init; }

    /// <summary>The names of those who wrote it; only looked at where the rules do not let authors approve.</summary>
    public IReadOnlyCollection<string> Authors { get; init; } = [];

    /// <summary>Names of whoever sits here and wrote a part of it, as far as git knows: they are not proposed. What they said before is judged by <see cref="Authors"/>.</summary>
    public IReadOnlyCollection<string> AuthorHere { get; init; } = [];

    /// <summary>The rules.</summary>
    public required ApprovalRules Rules { get; init; }

    /// <summary>The project's trust; null where it does not hold.</summary>
    public required ProjectTrust? Trust { get; init; }

    /// <summary>How the log verifies.</summary>
    public required VerifyReport Report { get; init; }

    /// <summary>Now: keys that are not valid any more cannot approve.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>
/// Says which verdicts on a change count. A verdict is about a text and lapses with it; of one person only the newest counts, whatever key it was signed with; only genuine
/// entries by trusted keys count. Where a part of the change's log does not verify, none does: what is missing there might be a request for changes.
/// </summary>
public static class ApprovalJudge
{
    /// <summary>The name in <c>witnessed</c> under which an entry says that its giver wrote the text.</summary>
    public const string AuthorWitness = "author";

    /// <summary>Judges the verdicts among entries.</summary>
    /// <param name="entries">Entries of the log; those that are no verdict on the change are passed over.</param>
    /// <param name="asked">What to judge by.</param>
    public static ApprovalStanding Judge(IEnumerable<Entry> entries, ApprovalCase asked)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(asked);
        var genuine = AuthenticEntries.In(asked.Report);
        var statuses = asked.Report.Entries.DistinctBy(static e => e.Entry.Leaf).ToDictionary(static e => e.Entry.Leaf, static e => e.Status, StringComparer.Ordinal);
        var newest = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var verdicts = new List<StandingVerdict>();
        foreach (var entry in NewestFirst(entries.Where(e => e.Predicate.Approval is not null && e.Predicate.Change == asked.Change)))
        {
            var key = asked.Trust?.Find(entry.Predicate.Actor.KeyId);
            var changed = Changed(entry.Predicate.Approval?.Files ?? [], asked.Text);
            verdicts.Add(new StandingVerdict
            {
                Entry = entry,
                Key = key,
                Status = statuses.GetValueOrDefault(entry.Leaf, EntryStatus.Malformed),
                Standing = key is null || !genuine(entry) ? VerdictStanding.NotGenuine : StandingOf(entry, key, asked, changed, !newest.Add(key.Name)),
                ChangedFiles = changed,
            });
        }

        return new ApprovalStanding { Verdicts = verdicts, Doubt = Doubt(asked), Candidates = Candidates(verdicts, asked) };
    }

    /// <summary>The files in which two texts differ, in order.</summary>
    public static IReadOnlyList<string> Changed(IReadOnlyList<ApprovedFile> then, IReadOnlyList<ApprovedFile> now)
    {
        ArgumentNullException.ThrowIfNull(then);
        ArgumentNullException.ThrowIfNull(now);
        return [.. then.Except(now).Concat(now.Except(then)).Select(static f => f.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    // A key's holder goes by the name that the trust file gives: whoever rotated a key is still one person.
    private static VerdictStanding StandingOf(Entry entry, TrustedKey key, ApprovalCase asked, IReadOnlyList<string> changed, bool replaced) =>
        replaced ? VerdictStanding.Replaced
        : key.RevokedAt is not null ? VerdictStanding.KeyRevoked
        : !asked.Rules.Counts(key.Role) ? VerdictStanding.RoleExcluded
        : !asked.Rules.AllowAuthor && IsAuthor(entry, key, asked) ? VerdictStanding.Author
        : changed.Count > 0 ? VerdictStanding.Lapsed
        : VerdictStanding.Counts;

    private static bool IsAuthor(Entry entry, TrustedKey key, ApprovalCase asked) =>
        entry.Predicate.Witnessed.ContainsKey(AuthorWitness) || asked.Authors.Contains(key.Name, StringComparer.OrdinalIgnoreCase)
        || asked.Authors.Contains(entry.Predicate.Actor.Name, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<Entry> NewestFirst(IEnumerable<Entry> entries) => entries
        .OrderByDescending(static e => e.Predicate.RecordedAt).ThenByDescending(static e => e.Predicate.Seq).ThenBy(static e => e.Leaf, StringComparer.Ordinal);

    private static List<TrustedKey> Candidates(List<StandingVerdict> verdicts, ApprovalCase asked)
    {
        var settled = verdicts.Where(static v => v is { Standing: VerdictStanding.Counts, Approval.Verdict: ApprovalVerdict.Approved }).Select(static v => v.Who).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. (asked.Trust?.Keys ?? []).Where(k => k.RevokedAt is null && asked.Now >= k.ValidFrom && !(k.ValidUntil <= asked.Now) && asked.Rules.Counts(k.Role)
                && !settled.Contains(k.Name) && (asked.Rules.AllowAuthor || !asked.Authors.Concat(asked.AuthorHere).Contains(k.Name, StringComparer.OrdinalIgnoreCase)))
                .DistinctBy(static k => k.Name, StringComparer.OrdinalIgnoreCase).OrderBy(static k => k.Name, StringComparer.Ordinal),
        ];
    }

    private static string? Doubt(ApprovalCase asked)
    {
        if (asked.Trust is null)
            return asked.Report.Findings.FirstOrDefault(static f => f.Status == EntryStatus.PublicKeyNotTrusted)?.Message ?? "The project has no trust.";
        var folder = $".openspec/audit/v1/s/{asked.Change}/";
        bool Here(string path) => path.Replace('\\', '/').StartsWith(folder, StringComparison.Ordinal);
        if (asked.Report.Entries.FirstOrDefault(e => Unsettles(e.Status) && Here(e.Path)) is { } entry)
            return $"{entry.Path}: {entry.Status}. {entry.Message}";
        // What vouches for streams lies elsewhere and names them; what names none may be about any.
        return asked.Report.Findings.FirstOrDefault(f => Unsettles(f.Status) && (Here(f.Path) || f.Message.Contains($"'{asked.Change}/", StringComparison.Ordinal) || IsAboutAny(f))) is { } finding
            ? $"{finding.Path}: {finding.Status}. {finding.Message}"
            : null;
    }

    private static bool IsAboutAny(Finding finding) =>
        finding.Status != EntryStatus.Gap && !finding.Path.Contains("/v1/s/", StringComparison.Ordinal) && !finding.Path.Contains("/v1/disc/", StringComparison.Ordinal)
        && !finding.Message.Contains("stream '", StringComparison.Ordinal) && !finding.Message.Contains("entries of '", StringComparison.Ordinal);

    private static bool Unsettles(EntryStatus status) => status == EntryStatus.Gap || VerifyExitCode.Of(status) is VerifyExitCode.Integrity or VerifyExitCode.Signature;
}
