using Colophon.Engine.Composition;
using Colophon.Kernel.Git;
using Colophon.Provenance;
using Colophon.Provenance.Approvals;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Verify;
using Colophon.Specs;
using Colophon.Specs.Approving;

namespace Colophon.Engine.Approvals;

/// <summary>Judges the verdicts on changes. The rules are read and the log is verified once, when first asked for; nothing is written.</summary>
internal sealed class ApprovalDesk(EngineParts parts, GitRepository? repository, SpecTree tree)
{
    private ApprovalPolicy? _policy;
    private ILookup<string, CommitAuthor>? _history;
    private IReadOnlyCollection<string>? _me;
    private (ProjectTrust? Trust, VerifyReport Report)? _log;

    internal async Task<ApprovalPolicy> PolicyAsync(CancellationToken cancellationToken) =>
        _policy ??= await ApprovalPolicy.ReadAsync(parts, repository, cancellationToken).ConfigureAwait(false);

    /// <summary>The verdicts on a change and what they come to; null where there are none and none are asked for.</summary>
    internal async Task<ApprovalStanding?> JudgeAsync(Change change, CancellationToken cancellationToken)
    {
        var rules = (await PolicyAsync(cancellationToken).ConfigureAwait(false)).Rules;
        if (repository is null)
            return rules.Required == 0 ? null : new ApprovalStanding { Verdicts = [], Doubt = "There is no git repository, so there is no log.", Candidates = [] };
        var name = NameOf(change);
        Entry[] verdicts = [.. parts.Log(repository).Verdicts(name)];
        if (verdicts.Length == 0 && rules.Required == 0)
            return null;
        var files = ChangeText.Read(tree, change);
        var (trust, report) = _log ??= await VerifyAsync(repository, cancellationToken).ConfigureAwait(false);
        return ApprovalJudge.Judge(verdicts, new ApprovalCase
        {
            Change = name,
            Text = Approved(files),
            Authors = rules.AllowAuthor ? [] : await NamesAsync(change, files, repository, cancellationToken).ConfigureAwait(false),
            AuthorHere = rules is { AllowAuthor: false, Required: > 0 } ? await HereAsync(change, files, repository, cancellationToken).ConfigureAwait(false) : [],
            Rules = rules,
            Trust = trust,
            Report = report,
            Now = parts.Overrides.Time.GetUtcNow(),
        });
    }

    internal async Task<ChangeAuthors> AuthorsAsync(Change change, IReadOnlyList<TextFile> files, CancellationToken cancellationToken) => repository is null
        ? new ChangeAuthors([], [], Uncommitted: true)
        : await ChangeAuthors.FindAsync(
            repository, await HistoryAsync(repository, cancellationToken).ConfigureAwait(false), [.. files.Where(static f => !f.IsTasks).Select(f => Path.GetRelativePath(repository.Root, Path.Combine(change.Directory, f.Path)))], cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyCollection<string>> NamesAsync(Change change, IReadOnlyList<TextFile> files, GitRepository here, CancellationToken cancellationToken)
    {
        var history = await HistoryAsync(here, cancellationToken).ConfigureAwait(false);
        var folder = Path.GetRelativePath(here.Root, change.Directory);
        return files.Where(static f => !f.IsTasks).SelectMany(f => history[$"{folder}/{f.Path}"]).Select(static a => a.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private async Task<ILookup<string, CommitAuthor>> HistoryAsync(GitRepository here, CancellationToken cancellationToken) =>
        _history ??= await ChangeAuthors.HistoryAsync(here, Path.GetRelativePath(here.Root, Path.Combine(tree.Root, "openspec", "changes")), cancellationToken).ConfigureAwait(false);

    // Git's name for whoever sits here and the trust file's may differ; `approve` refuses both.
    private async Task<IReadOnlyCollection<string>> HereAsync(Change change, IReadOnlyList<TextFile> files, GitRepository here, CancellationToken cancellationToken)
    {
        var person = await parts.PersonAsync(here, cancellationToken).ConfigureAwait(false);
        var authors = await AuthorsAsync(change, files, cancellationToken).ConfigureAwait(false);
        return await authors.IncludesMeAsync(here, person, cancellationToken).ConfigureAwait(false)
            ? _me ??= parts.Holder(here) is { } holder ? [person, holder] : [person]
            : [];
    }

    internal static IReadOnlyList<ApprovedFile> Approved(IEnumerable<TextFile> files) => [.. files.Select(static f => new ApprovedFile(f.Path, f.Sha256, f.IsTasks))];

    /// <summary>The name that the log knows a change by: an archived one without its date.</summary>
    internal static string NameOf(Change change) =>
        change.IsArchived && change.Name.Length > DateLength && change.Name[DateLength - 1] == '-' && DateOnly.TryParseExact(change.Name.AsSpan(0, DateLength - 1), "yyyy-MM-dd", out _)
            ? change.Name[DateLength..]
            : change.Name;

    private const int DateLength = 11;

    private async Task<(ProjectTrust?, VerifyReport)> VerifyAsync(GitRepository here, CancellationToken cancellationToken)
    {
        var folder = parts.Environment.ConfigurationDirectory;
        var report = await Verifier.VerifyAsync(here, new VerifyOptions { ConfigurationDirectory = folder, Archives = parts.AuditOptions.Archives, Subjects = false }, cancellationToken).ConfigureAwait(false);
        try
        {
            return (TrustStore.Load(here, folder).Trust, report);
        }
        catch (ProvenanceException)
        {
            // The report says why.
            return (null, report);
        }
    }
}
